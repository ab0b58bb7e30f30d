/** Preloaded (`node --import`) into a script whose peak memory is wanted. */

import { writeFileSync } from 'node:fs';
import { peakMemory } from './peak-memory.js';

process.on('exit', () => writeFileSync(process.env.TOKENHUB_BENCH_PEAK, String(peakMemory())));

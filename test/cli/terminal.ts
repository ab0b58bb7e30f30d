import type { Io } from '../../src/cli/io.js';
import { memoryIo } from './memory-io.js';

/** A terminal whose clock goes on by `step` milliseconds whenever it is read. */
export function terminal(step: number, cwd = '/'): { io: Io; lines: string[] } {
  const lines: string[] = [];
  let time = 0;
  const now = () => {
    time += step;
    return time;
  };
  return { io: { ...memoryIo({ cwd }).io, now, progress: (line) => lines.push(line) }, lines };
}

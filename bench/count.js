/**
 * Counting, side by side: tokenhub, tiktoken, gpt-tokenizer, ai-tokenizer, js-tiktoken and `wc -w` on prose, code, many
 * scripts, data and hard inputs; cold start; peak memory. Then the bars, and exit code 1 when one does not hold.
 * What is measured and how: bench/README.md. Run on a quiet machine: npm run bench:count
 */

import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { judge } from './bars.js';
import { FULL, parts, QUICK } from './count-parts.js';
import { installPeers, PEER_NAMES } from './peers.js';
import { scratchFolder } from './scratch.js';
import { THROUGHPUT_LEGEND } from './throughput.js';

const { values } = parseArgs({
  options: {
    corpora: { type: 'string' },
    made: { type: 'boolean', default: false },
    part: { type: 'string', multiple: true, default: Object.keys(parts) },
    quick: { type: 'boolean', default: false },
  },
});
const unknown = values.part.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) fail(`no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
if (values.corpora !== undefined && !existsSync(values.corpora)) fail(`no folder ${values.corpora}`);

function fail(message) {
  console.error(message);
  process.exit(2);
}

const scratch = scratchFolder();
installPeers();
console.log(`tokenhub beside ${PEER_NAMES.join(', ')} and wc -w; Node ${process.version}\n${THROUGHPUT_LEGEND}\n`);
const bars = [];
for (const part of values.part) bars.push(...(await parts[part](scratch, values.quick ? QUICK : FULL, values)));
judge(bars, { isQuick: values.quick });

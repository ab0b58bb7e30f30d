/**
 * Start-up: `tokenhub --help` beside an empty Node script, in turn, as whole processes.
 * Prints both medians and the ratio of each pair's median. Run on a quiet machine: npm run bench:start
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUNS = 41;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scratch = mkdtempSync(join(tmpdir(), 'tokenhub-bench-'));
const empty = join(scratch, 'empty.js');
writeFileSync(empty, '');

/** Wall time of one process, in milliseconds. */
function time(words) {
  const start = process.hrtime.bigint();
  const { status } = spawnSync(process.execPath, words, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`${words.join(' ')} ended with ${status}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

const commands = [['--help'], ['--version'], ['count', '--help']];
for (const words of commands) {
  const pairs = Array.from({ length: RUNS }, () => [time([empty]), time([join(root, 'bin', 'tokenhub.js'), ...words])]);
  const [bare, ours] = [median(pairs.map(([a]) => a)), median(pairs.map(([, b]) => b))];
  const ratio = median(pairs.map(([a, b]) => b / a));
  console.log(
    `tokenhub ${words.join(' ').padEnd(14)} ${ours.toFixed(1)} ms   empty script ${bare.toFixed(1)} ms   ratio ${ratio.toFixed(2)}`,
  );
}
rmSync(scratch, { recursive: true, force: true });

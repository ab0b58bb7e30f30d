/**
 * A whole repository, as whole processes, in turn: `tokenhub count .` for the first time, again, and without its cache;
 * `wc -w` over the same files; an empty Node script. Then the bars, and exit code 1 when one does not hold.
 * What is measured and how: bench/README.md. Run on a quiet machine: npm run bench:repo
 */

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { atMost, judge } from './bars.js';
import { MEGABYTE } from './inputs.js';
import { median } from './median.js';
import { printTable } from './print-table.js';
import { makeRepository } from './repository.js';
import { bin } from './root.js';
import { nodeScript, peakOf, timeOf } from './run-child.js';
import { scratchFolder } from './scratch.js';
import { UTF8_LOCALE } from './word-count.js';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const { runs, megabytes } = values.quick ? { runs: 3, megabytes: 5 } : { runs: 11, megabytes: 32 };

const scratch = scratchFolder();
const { folder, paths, bytes, list } = makeRepository(scratch, { megabytes });
const empty = join(scratch, 'empty.js');
writeFileSync(empty, '');
const [cold, warm] = ['cold-cache', 'warm-cache'].map((name) => join(scratch, name));
const forget = () => rmSync(cold, { recursive: true, force: true });

const count = (cache, ...words) => ({
  words: nodeScript(bin, 'count', '.', ...words),
  options: { cwd: folder, env: { TOKENHUB_CACHE: cache } },
});
const commands = {
  'empty Node script': { words: nodeScript(empty) },
  'wc -w': { words: ['wc', '-w', `--files0-from=${list}`], options: { cwd: folder, env: UTF8_LOCALE } },
  'tokenhub count ., first run': { ...count(cold), prepare: forget },
  'tokenhub count ., second run': count(warm),
  'tokenhub count . --no-cache': count(cold, '--no-cache'),
};

/** Milliseconds of every command, one entry a round; the round before the first fills caches. */
function measure() {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = -1; run < runs; run++) {
    for (const [name, { words, options, prepare }] of Object.entries(commands)) {
      prepare?.();
      const ms = timeOf(words, options);
      if (run >= 0) times[name].push(ms);
    }
  }
  return times;
}

/** The peak of a tokenhub run in megabytes; null for commands that are not Node's. */
function peakMemoryOf({ words, options, prepare }) {
  if (words[0] !== process.execPath) return null;
  prepare?.();
  return peakOf(words, { ...options, scratch });
}

const times = measure();
const peaks = Object.entries(commands).map(([name, command]) => [name, peakMemoryOf(command)]);
console.log(
  `${paths.length} files, ${(bytes / MEGABYTE).toFixed(1)} MB, medians of ${runs} rounds; Node ${process.version}\n`,
);
printTable(
  ['', 'median', 'peak memory'],
  peaks.map(([name, peak]) => [
    name,
    `${median(times[name]).toFixed(1)} ms`,
    peak === null ? '' : `${peak.toFixed(0)} MB`,
  ]),
);

const {
  'empty Node script': bare,
  'wc -w': words,
  'tokenhub count ., first run': first,
  'tokenhub count ., second run': second,
} = times;
const ratio = (parts, wholes) => median(parts.map((part, round) => part / wholes[round]));
const floor = words.map((ms, round) => ms + bare[round]);
judge(
  [
    atMost('first run, times wc -w and an empty script', 2, ratio(first, floor), 'x'),
    atMost('second run, times the first', 0.5, ratio(second, first), 'x'),
    atMost('peak memory', 130, Math.max(...peaks.map(([, peak]) => peak ?? 0)), ' MB'),
  ],
  { isQuick: values.quick },
);

/**
 * 50 budgets over a whole repository, as whole processes, in turn: `tokenhub check`, and one `tokenhub count . --no-cache` of the same
 * files; beside them the same budgets over three encodings, with `--fail-fast`, and one small budget. Then the bar, and exit code 1
 * when it does not hold.
 * What is measured and how: bench/README.md. Run on a quiet machine: npm run bench:check
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { atMost, judge } from './bars.js';
import { MEGABYTE } from './inputs.js';
import { median } from './median.js';
import { printTable } from './print-table.js';
import { makeRepository } from './repository.js';
import { bin } from './root.js';
import { nodeScript, timeOf } from './run-child.js';
import { scratchFolder } from './scratch.js';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const { runs, megabytes } = values.quick ? { runs: 3, megabytes: 5 } : { runs: 11, megabytes: 32 };
const BUDGETS = 50;

const scratch = scratchFolder();
const { folder, paths, bytes } = makeRepository(scratch, { megabytes });

/** Globs over everything, over kinds of files, over every package, and over a package less a part of it: as configs have them. */
function globs() {
  const packages = [
    ...new Set(
      paths.map((path) =>
        path
          .slice(folder.length + 1)
          .split('/')
          .slice(0, 2)
          .join('/'),
      ),
    ),
  ];
  const everywhere = ['**/*', '**/*.md', '**/*.{js,cjs,mjs}', '**/*.json', '**/*.ts', '**/README*'].map((glob) => [
    glob,
  ]);
  const parts = Array.from({ length: BUDGETS - everywhere.length }, (_, i) => packages[i % packages.length]);
  return [
    ...everywhere,
    ...parts.map((part, i) => (i % 2 === 0 ? [`${part}/**`] : [`${part}/**/*.*`, `!${part}/**/*.map`])),
  ];
}

/** A config in a folder of its own, so that several can be of one repository; `max` is never passed. */
function config(name, { encodings = ['o200k_base'], max = '1G tokens' } = {}) {
  const file = join(folder, `${name}.yaml`);
  const budgets = globs().map((patterns, i) => {
    const paths = JSON.stringify([...patterns, '!*.yaml']);
    const encoding = encodings[i % encodings.length];
    return `  - { name: budget ${i + 1}, paths: ${paths}, scope: ${i % 2 === 0 ? 'file' : 'total'}, encoding: ${encoding}, max: ${max} }\n`;
  });
  writeFileSync(file, `budgets:\n${budgets.join('')}`);
  return file;
}

const cache = join(scratch, 'cache');
mkdirSync(cache);
const empty = join(folder, 'empty.config');
writeFileSync(empty, 'a');
const command = (...words) => ({
  words: nodeScript(bin, ...words),
  options: { cwd: folder, env: { TOKENHUB_CACHE: cache } },
});
const ENCODINGS = ['o200k_base', 'cl100k_base', 'qwen3'];
const check = (name, facts, ...flags) =>
  command('check', '--config', config(name, facts), '--fail-on', 'never', ...flags);
const commands = {
  'tokenhub count . --no-cache': command('count', '.', '--no-cache'),
  [`check of ${BUDGETS} budgets`]: check('one-encoding'),
  [`check of ${BUDGETS} budgets, 3 encodings`]: check('three-encodings', { encodings: ENCODINGS }),
  'the same, --fail-fast, all breached': check('breached', { encodings: ENCODINGS, max: '10 tokens' }, '--fail-fast'),
  'count of one small file': command('count', 'empty.config'),
  'check of one small file': command('check', 'empty.config', '--max', '8k tokens'),
};

/** Milliseconds of every command, one entry a round; the round before the first fills caches. */
function measure() {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = -1; run < runs; run++)
    for (const [name, { words, options }] of Object.entries(commands)) {
      const ms = timeOf(words, options);
      if (run >= 0) times[name].push(ms);
    }
  return times;
}

const times = measure();
console.log(
  `${paths.length} files, ${(bytes / MEGABYTE).toFixed(1)} MB, medians of ${runs} rounds; Node ${process.version}\n`,
);
printTable(
  ['', 'median'],
  Object.entries(times).map(([name, each]) => [name, `${median(each).toFixed(1)} ms`]),
);

const [count, checks] = Object.values(times);
const ratio = median(checks.map((ms, round) => ms / count[round]));
judge([atMost(`check of ${BUDGETS} budgets, times one count`, 1.3, ratio, 'x')], { isQuick: values.quick });

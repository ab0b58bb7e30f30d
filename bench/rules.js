/**
 * Changed rules over a ledger: the preview and the apply as whole commands, and a report before and after. Two changes: one
 * rule that moves few of a hundred events, and one that moves every event. Then the bars, and exit code 1 when one does not
 * hold. What is measured and how: bench/README.md. Run on a quiet machine: npm run bench:rules
 */

import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { atMost, judge } from './bars.js';
import { measured } from './measured-process.js';
import { median } from './median.js';
import { printTable, threeDigits } from './print-table.js';
import { showProgress } from './progress.js';
import { bin } from './root.js';
import { CHANGES, configOf, FIRST } from './rules-configs.js';
import { nodeScript } from './run-child.js';
import { scratchFolder } from './scratch.js';
import { JUDGED_FROM, sizesOf } from './sizes.js';
import { countText, usageLog } from './usage-log.js';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1m' }, rounds: { type: 'string', default: '5' } },
});
const [rows] = sizesOf([values.rows]);
const scratch = scratchFolder();
const env = { TOKENHUB_CACHE: join(scratch, 'cache') };
const [ledger, fresh] = ['tokenhub.db', 'fresh.db'].map((name) => join(scratch, name));

const tokenhub = (config, ...words) =>
  measured(nodeScript(bin, ...words, '--config', config, '--ledger', ledger, '--json'), { cwd: scratch, env });

function written(name, rules) {
  const path = join(scratch, `${name}.yaml`);
  writeFileSync(path, configOf(rules));
  return path;
}

/** One round on a copy of the ledger: milliseconds by what was done, and the share of events that moved. */
async function roundOf(config) {
  copyFileSync(fresh, ledger);
  const before = await tokenhub(config, 'report', '--by', 'unit');
  const preview = await tokenhub(config, 'units');
  const apply = await tokenhub(config, 'units', '--apply');
  const after = await tokenhub(config, 'report', '--by', 'unit');
  const sums = [before, after].map(({ stdout }) => JSON.stringify(JSON.parse(stdout).totals));
  if (sums[0] !== sums[1]) throw new Error('the totals changed with the rules');
  const moved = JSON.parse(apply.stdout).changed.events / rows;
  return { before: before.ms, preview: preview.ms, apply: apply.ms, after: after.ms, moved };
}

const first = written('first', FIRST);
await tokenhub(first, 'import', usageLog(rows).path);
copyFileSync(ledger, fresh);
const results = [];
for (const { name, rules } of CHANGES) {
  const config = written('changed', rules);
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    showProgress(`${name}, round ${round + 1} of ${values.rounds}`);
    rounds.push(await roundOf(config));
  }
  const of = (what) => median(rounds.map((round) => round[what]));
  results.push({ name, moved: rounds[0].moved, ms: ['before', 'preview', 'apply', 'after'].map(of) });
}

console.log(`\n${countText(rows)} rows, medians of ${values.rounds} rounds in milliseconds, whole commands`);
printTable(
  ['change', 'events moved', 'report before', 'units', 'units --apply', 'report after'],
  results.map(({ name, moved, ms }) => [name, `${(moved * 100).toFixed(1)}%`, ...ms.map(threeDigits)]),
);
judge(
  results.flatMap(({ name, ms: [before, preview, apply, after] }) => [
    atMost(`${name}: units`, 1000, preview, ' ms'),
    atMost(`${name}: units --apply`, 2000, apply, ' ms'),
    atMost(`${name}: report after, times before`, 1.25, after / before, 'x'),
  ]),
  { isQuick: rows < JUDGED_FROM },
);

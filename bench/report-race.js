/** One log in a ledger and beside it; every question asked of each in a process of its own. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { duckdbProcess } from './duckdb.js';
import { measured } from './measured-process.js';
import { median } from './median.js';
import { printTable, threeDigits } from './print-table.js';
import { showProgress } from './progress.js';
import { DUCKDB_QUESTIONS, isSame, QUESTIONS, SQLITE_QUESTIONS } from './questions.js';
import { bin, root } from './root.js';
import { nodeScript } from './run-child.js';
import { intoDuckdb, intoLedger, intoSqlite } from './usage-imports.js';
import { countText, periodOf, usageLog } from './usage-log.js';
import { priceTable } from './usage-models.js';

/** Milliseconds for the repetitions of one question. */
const PATIENCE = 3000;
const COMMAND_RUNS = 3;

const child = (name) => nodeScript(join(root, 'bench', name));

/**
 * Prints the table.
 * @returns `{ rows, ours, wrong }`: by question the median milliseconds in the store, or null; questions answered unlike SQLite
 */
export async function askLedgers(scratch, rows, { rounds, isAlone }) {
  const log = usageLog(rows);
  const prices = await priceTable(periodOf(rows));
  const pace = { patience: PATIENCE, rounds };
  const say = (what) => showProgress(`${countText(rows)} rows: ${what}`);

  say('tokenhub import');
  const ledger = await intoLedger(scratch, log.path);
  say('tokenhub report');
  const ours = await answersOf(child('store-child.js'), { path: ledger.path, ...pace });
  const commands = await commandTimes(scratch, ledger.path);
  rmSync(ledger.path);
  const theirs = isAlone ? {} : await peers(scratch, { log, prices, pace, say });

  print({ rows, ledger, ours, commands, theirs });
  const compared = isAlone ? [] : QUESTIONS.filter(({ isCompared }) => isCompared);
  return {
    rows,
    ours: Object.fromEntries(QUESTIONS.map(({ name }) => [name, ours[name]?.ms ?? null])),
    wrong: compared.map(({ name }) => name).filter((name) => !isSame(ours[name].rows, theirs.sqlite[name].rows)),
  };
}

/** By name of the peer its answers. */
async function peers(scratch, { log, prices, pace, say }) {
  say('DuckDB');
  const duck = await intoDuckdb(scratch, log.path, prices);
  const duckdb = await answersOf(duckdbProcess(), { path: duck.path, questions: DUCKDB_QUESTIONS, ...pace });
  rmSync(duck.path);
  say('SQLite');
  const { path } = await intoSqlite(scratch, log.path, prices);
  const sqlite = await answersOf(child('sqlite-child.js'), { path, questions: SQLITE_QUESTIONS, ...pace });
  rmSync(path);
  return { duckdb, sqlite };
}

const answersOf = async (words, work) => JSON.parse((await measured(words, { input: JSON.stringify(work) })).stdout);

/** By question the median of whole commands in ms; null for a question that is none. */
async function commandTimes(scratch, ledger) {
  const times = {};
  for (const { name, words } of QUESTIONS)
    times[name] = words === null ? null : await commandTime(scratch, ledger, words);
  return times;
}

async function commandTime(scratch, ledger, words) {
  const command = nodeScript(bin, 'report', ...words, '--ledger', ledger, '--json');
  const options = { cwd: scratch, env: { TOKENHUB_CACHE: join(scratch, 'cache') } };
  try {
    const times = [];
    for (let run = 0; run < COMMAND_RUNS; run++) times.push((await measured(command, options)).ms);
    return median(times);
  } catch (error) {
    if (error.message.includes('unknown option')) return null;
    throw error;
  }
}

function print({ rows, ledger, ours, commands, theirs }) {
  console.log(
    `\n${countText(rows)} rows, imported in ${threeDigits(ledger.ms / 1000)} s, ${ledger.size.toFixed(0)} MB; medians in milliseconds`,
  );
  const figure = (ms) => (ms === null || ms === undefined ? '' : threeDigits(ms));
  const beside = (answer, mine) =>
    answer === undefined
      ? ''
      : `${figure(answer.ms)}${mine === undefined ? '' : ` (${threeDigits(answer.ms / mine)}x)`}`;
  printTable(
    ['(ratio): times tokenhub in the store', 'tokenhub, in the store', 'whole command', 'DuckDB', 'SQLite, raw rows'],
    QUESTIONS.map(({ name }) => {
      const mine = ours[name]?.ms;
      const others = [theirs.duckdb, theirs.sqlite].map((peer) => beside(peer?.[name], mine));
      return [name, figure(mine) || 'cannot be asked', figure(commands[name]), ...others];
    }),
  );
}

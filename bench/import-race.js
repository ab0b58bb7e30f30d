/** One log, imported in every way, in turn (A B C A B C): times, memory, sizes, and whether the totals agree. */

import { median } from './median.js';
import { printTable, threeDigits } from './print-table.js';
import { showProgress } from './progress.js';
import { JUDGED_FROM } from './sizes.js';
import { totalsOf } from './total-sums.js';
import { intoDuckdb, intoFlatTable, intoLedger, intoSqlite, tokenhubImport } from './usage-imports.js';
import { countText, periodOf, usageLog } from './usage-log.js';
import { priceTable } from './usage-models.js';

export const [OURS, AGAIN, MIXED] = ['tokenhub import', 'the same rows again', 'in random order'];
export const [SQLITE, FLAT, DUCK] = ['sqlite3, the same work', 'sqlite3, one flat table', 'DuckDB, key and price'];

/**
 * Prints the table.
 * @returns `{ rows, lanes, wrong }`: by name `{ ms, peak, size, times }`, medians beside the times of all rounds; `wrong`: what is
 *   not as it must be, in words
 */
export async function raceImports(scratch, rows, { rounds }) {
  const log = usageLog(rows);
  const prices = await priceTable(periodOf(rows));
  const entrants = entrantsFor(scratch, log, prices);
  const runs = new Map(Object.keys(entrants).map((name) => [name, []]));
  const wrong = new Set();
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(entrants)) {
      showProgress(`${countText(rows)} rows, round ${round + 1} of ${rounds}: ${name}`);
      runs.get(name).push(await run());
    }
    for (const what of await mistakes(runs, log)) wrong.add(what);
  }
  const lanes = Object.fromEntries([...runs].map(([name, results]) => [name, laneOf(results)]));
  print(log, lanes, rounds);
  return { rows, lanes, wrong: [...wrong] };
}

/** Random order is tried up to a million rows: shuffling more takes more memory than the bench should. */
function entrantsFor(scratch, log, prices) {
  const again = log.again();
  const mixed = log.rows <= JUDGED_FROM ? log.mixed() : null;
  let ledger;
  const first = async () => {
    const result = await intoLedger(scratch, log.path);
    ledger = result.path;
    return result;
  };
  return {
    [OURS]: first,
    [AGAIN]: () => tokenhubImport(scratch, ledger, again),
    ...(mixed === null ? {} : { [MIXED]: () => intoLedger(scratch, mixed, 'mixed.db') }),
    [SQLITE]: () => intoSqlite(scratch, log.path, prices),
    [FLAT]: () => intoFlatTable(scratch, log.path, prices),
    [DUCK]: () => intoDuckdb(scratch, log.path, prices),
  };
}

const laneOf = (results) => ({
  ms: median(results.map(({ ms }) => ms)),
  peak: results.some(({ peak }) => peak === null) ? null : Math.max(...results.map(({ peak }) => peak)),
  size: results[0].size ?? null,
  times: results.map(({ ms }) => ms),
});

/** What the last round got wrong. */
async function mistakes(runs, { rows }) {
  const last = (name) => runs.get(name)?.at(-1) ?? null;
  const [first, again, mixed] = [OURS, AGAIN, MIXED].map(last);
  const theirs = await totalsOf.sqlite(last(SQLITE).path);
  const differs = async (run) => run !== null && (await totalsOf.ledger(run.path)) !== theirs;
  return [
    ...(first.added === rows && first.rejected === 0 ? [] : [`${first.added} rows added, ${first.rejected} rejected`]),
    ...(first.unpriced.length === 0 ? [] : ['usage without a price']),
    ...(again.read === rows && again.added === 0 && again.updated === 0 ? [] : [`${again.added} added again`]),
    ...((await differs(first)) ? ["totals unlike SQLite's"] : []),
    ...((await differs(mixed)) ? ["totals of the mixed log unlike SQLite's"] : []),
    ...((await totalsOf.duckdb(last(DUCK).path)) === theirs ? [] : ["DuckDB's totals unlike SQLite's"]),
  ];
}

function print({ rows, bytes }, lanes, rounds) {
  const ours = lanes[OURS].ms;
  console.log(`\n${countText(rows)} rows, ${(bytes / 1e6).toFixed(0)} MB of CSV, medians of ${rounds} rounds`);
  printTable(
    ['', 'seconds', 'rows/s', 'peak MB', 'file MB', 'times tokenhub'],
    Object.entries(lanes).map(([name, { ms, peak, size }]) => [
      name,
      threeDigits(ms / 1000),
      `${(rows / ms).toFixed(0)}k`,
      peak === null ? '' : peak.toFixed(0),
      size === null ? '' : size.toFixed(0),
      `${threeDigits(ms / ours)}x`,
    ]),
  );
}

/**
 * How a ledger is asked the questions of `questions.js` through its own port: everything a report asks it, in one snapshot.
 * The one place of the bench that knows that port.
 */

import { bundled } from './bundled.js';

const SOURCE = `
export { openSqliteLedger } from './src/ledger/sqlite/open.ts';
export { breakdown } from './src/report/breakdown.ts';
export { cellQueryOf } from './src/report/dimensions.ts';
export { periodFrom } from './src/report/period.ts';`;

/** Dimensions of each question; null: the port cannot be asked it (by agent it answers a cell per agent and day, a million). */
const BY = {
  totals: [],
  'by unit': ['unit'],
  'by day, model': ['day', 'model'],
  'by month, unit': ['month', 'unit'],
  'top 20 agents': null,
  'p95 latency by model': null,
};

/** `{ questions, rowsOf, close }`: by name a function that asks the ledger, and what its answer is in rows as those of the peers. */
export async function openStore(path) {
  const { openSqliteLedger, breakdown, cellQueryOf, periodFrom } = await bundled('store', SOURCE);
  const window = periodFrom({}, { now: 0, timeZone: 'UTC' });
  const ledger = await openSqliteLedger({ path, mode: 'read' });
  const queryBy = (by) => ({ window, by, cost: 'auto', units: null, models: null });
  const ask = (query) => () =>
    ledger.snapshot(async () => ({
      query,
      cells: await ledger.cells(cellQueryOf(query)),
      presence: await ledger.presence(query.window, query.cost),
      prices: await ledger.priceLists(query.window),
      incomplete: await ledger.incomplete(query.window),
      straddling: [],
      warnings: [],
    }));
  return {
    questions: Object.fromEntries(
      Object.entries(BY).map(([name, by]) => [name, by === null ? null : ask(queryBy(by))]),
    ),
    rowsOf: (name, facts) => rowsIn(breakdown(facts), BY[name]),
    close: () => ledger.close(),
  };
}

/** Lines of dimensions, currency, tokens, pico-units: one for each currency of a row, the first with the tokens of all. */
const rowsIn = ({ rows, totals }, by) =>
  (by.length === 0 ? [totals] : rows).flatMap((row) =>
    Object.entries(row.cost).map(([currency, cost], i) => [
      ...by.map((dimension) => row[dimension]),
      currency,
      i === 0 ? String(row.tokens.total) : '0',
      picoOf(cost),
    ]),
  );

/** Decimal text as a whole number of 10^-12, as text. */
function picoOf(cost) {
  const [whole, fraction = ''] = cost.split('.');
  return String(BigInt(`${whole}${fraction.padEnd(12, '0')}`));
}

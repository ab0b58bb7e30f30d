/**
 * How a ledger is asked the questions of `questions.js` through its own port: everything a report asks it, in one snapshot.
 * The one place of the bench that knows that port.
 */

import { bundled } from './bundled.js';

const SOURCE = `
export { reportFacts } from './src/cli/flows/report-facts.ts';
export { openSqliteLedger } from './src/ledger/sqlite/open.ts';
export { breakdown } from './src/report/breakdown.ts';
export { periodFrom } from './src/report/period.ts';`;

/** What each question asks of a report. */
const ASKED = {
  totals: { by: [] },
  'by unit': { by: ['unit'] },
  'by day, model': { by: ['day', 'model'] },
  'by month, unit': { by: ['month', 'unit'] },
  'top 20 agents': { by: ['agent'], top: 20, sort: { key: 'tokens', direction: 'desc' } },
  'p95 latency by model': { by: ['model'], latency: true },
};

const PLAIN = {
  cost: 'auto',
  sideBySide: false,
  units: null,
  models: null,
  filters: [],
  sort: null,
  top: null,
  latency: false,
};

const NOTHING_ELSE = { before: null, rules: null, accounts: {}, days: 'any', byUnit: false };

/** `{ questions, rowsOf, close }`: by name a function that asks the ledger, and what its answer is in rows as those of the peers. */
export async function openStore(path) {
  const { openSqliteLedger, breakdown, periodFrom, reportFacts } = await bundled('store', SOURCE);
  const window = periodFrom({}, { now: 0, timeZone: 'UTC' });
  const ledger = await openSqliteLedger({ path, mode: 'read' });
  const ask = (asked) => () =>
    ledger.snapshot(() => reportFacts(ledger, { ...NOTHING_ELSE, query: { ...PLAIN, ...asked, window } }));
  return {
    questions: Object.fromEntries(Object.entries(ASKED).map(([name, asked]) => [name, ask(asked)])),
    rowsOf: (name, facts) => rowsIn(breakdown({ ...facts, kpi: null, exchange: null }), ASKED[name].by),
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

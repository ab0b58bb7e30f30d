/**
 * Questions to a ledger, side by side: tokenhub in the store and as whole commands, DuckDB on its own file, SQLite over
 * raw rows; and whether the answers agree. Then the bars, and exit code 1 when one does not hold.
 * What is measured and how: bench/README.md. Run on a quiet machine: npm run bench:report
 */

import { parseArgs } from 'node:util';
import { judge } from './bars.js';
import { DUCKDB, installDuckdb } from './duckdb.js';
import { reportBars } from './report-bars.js';
import { askLedgers } from './report-race.js';
import { scratchFolder } from './scratch.js';
import { JUDGED_FROM, sizesOf } from './sizes.js';

const { values } = parseArgs({
  options: {
    alone: { type: 'boolean', default: false },
    rows: { type: 'string', multiple: true, default: ['1m', '10m'] },
    rounds: { type: 'string', default: '21' },
  },
});
const sizes = sizesOf(values.rows);
const scratch = scratchFolder();
if (!values.alone) installDuckdb();
console.log(
  `tokenhub report beside ${values.alone ? 'nobody' : `${DUCKDB} and SQLite over raw rows`}; Node ${process.version}`,
);
const results = [];
for (const rows of sizes)
  results.push(await askLedgers(scratch, rows, { rounds: Number(values.rounds), isAlone: values.alone }));
judge(reportBars(results, { isAlone: values.alone }), { isQuick: sizes.at(-1) < JUDGED_FROM });

/**
 * Importing a usage log, side by side: tokenhub, the sqlite3 shell doing the same work, DuckDB with a primary key and a
 * price; a log imported again, and one in random order; sizes, peak memory, and whether the totals agree. Then the bars,
 * and exit code 1 when one does not hold. What is measured and how: bench/README.md. Run on a quiet machine: npm run bench:import
 */

import { parseArgs } from 'node:util';
import { judge } from './bars.js';
import { DUCKDB, installDuckdb } from './duckdb.js';
import { importBars } from './import-bars.js';
import { raceImports } from './import-race.js';
import { scratchFolder } from './scratch.js';
import { JUDGED_FROM, sizesOf } from './sizes.js';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', multiple: true, default: ['1m', '10m'] },
    rounds: { type: 'string' },
  },
});
const sizes = sizesOf(values.rows);
const scratch = scratchFolder();
installDuckdb();
console.log(`tokenhub import beside the sqlite3 shell and ${DUCKDB}; Node ${process.version}`);
const results = [];
for (const rows of sizes) results.push(await raceImports(scratch, rows, { rounds: roundsFor(rows) }));
judge(importBars(results), { isQuick: sizes[0] < JUDGED_FROM });

/** Large logs take minutes, and vary less. */
function roundsFor(rows) {
  return Number(values.rounds ?? (rows > JUDGED_FROM ? 1 : 3));
}

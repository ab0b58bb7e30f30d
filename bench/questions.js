/** The questions of `bench:report`: home zone, no filter, all time; in the words of the command and in SQL. */

/** `isCompared`: the answers of all must be the same to the last digit. `words`: null where the command cannot be asked. */
export const QUESTIONS = [
  { name: 'totals', words: ['--by', 'stage'], isCompared: true },
  { name: 'by unit', words: ['--by', 'unit'], isCompared: true },
  { name: 'by day, model', words: ['--by', 'day,model'], isCompared: true },
  { name: 'by month, unit', words: ['--by', 'month,unit'], isCompared: true },
  { name: 'top 20 agents', words: ['--by', 'agent', '--top', '20', '--sort', 'tokens'], isCompared: false },
  { name: 'p95 latency by model', words: null, isCompared: false },
];

const SUMS = 'sum(input + cache_read + output) AS tokens, sum(computed) AS pico';

/** Rows of `event` in SQLite, as `sameWork` makes them; sums first, names afterwards. Amounts as text: they pass 2^53. */
export const SQLITE_QUESTIONS = {
  totals: sqlite([], []),
  'by unit': sqlite(['unit'], ['unit']),
  'by day, model': sqlite(['ts / 86400000 AS day', 'model'], ["date(day * 86400, 'unixepoch')", 'model']),
  'by month, unit': `
    SELECT month, unit.name, currency.name, CAST(sum(tokens) AS TEXT), CAST(sum(pico) AS TEXT)
    FROM (SELECT strftime('%Y-%m', day * 86400, 'unixepoch') AS month, unit, currency, tokens, pico
      FROM (SELECT ts / 86400000 AS day, unit, currency, ${SUMS} FROM event GROUP BY 1, 2, 3)) e
    JOIN unit ON unit.id = e.unit JOIN currency ON currency.id = e.currency GROUP BY 1, 2, 3`,
  'top 20 agents': `
    SELECT agent.name, CAST(tokens AS TEXT)
    FROM (SELECT agent, ${SUMS} FROM event GROUP BY agent ORDER BY tokens DESC LIMIT 20) e
    JOIN agent ON agent.id = e.agent`,
  'p95 latency by model': `
    WITH counted AS (SELECT model, latency_ms, count(*) AS calls FROM event GROUP BY 1, 2),
      ranked AS (SELECT model, latency_ms, sum(calls) OVER (PARTITION BY model ORDER BY latency_ms) AS below,
        sum(calls) OVER (PARTITION BY model) AS calls FROM counted)
    SELECT model.name, min(latency_ms) FROM ranked JOIN model ON model.id = ranked.model
    WHERE below * 100 >= calls * 95 GROUP BY 1`,
};

/** `shown` are the names of the grouped columns: a dictionary's, or an expression. */
function sqlite(grouped, shown) {
  const dictionaries = ['currency', ...shown.filter((name) => /^\w+$/.test(name))];
  const names = [...shown, 'currency'].map((name) => (dictionaries.includes(name) ? `${name}.name` : name));
  return `
    SELECT ${names}, CAST(tokens AS TEXT), CAST(pico AS TEXT)
    FROM (SELECT ${[...grouped, 'currency', SUMS]} FROM event GROUP BY ${numbers(grouped.length + 1)}) e
    ${dictionaries.map((name) => `JOIN ${name} ON ${name}.id = e.${name}`).join(' ')}`;
}

/** Rows of `event` in DuckDB, as `duckdbImport` makes them. */
export const DUCKDB_QUESTIONS = {
  totals: duckdb([]),
  'by unit': duckdb(['unit']),
  'by day, model': duckdb(["strftime(ts::DATE, '%Y-%m-%d')", 'model']),
  'by month, unit': duckdb(["strftime(date_trunc('month', ts), '%Y-%m')", 'unit']),
  'top 20 agents': `SELECT agent, CAST(tokens AS VARCHAR) FROM
    (SELECT agent, ${SUMS} FROM event GROUP BY agent ORDER BY tokens DESC LIMIT 20)`,
  'p95 latency by model': 'SELECT model, quantile_disc(latency_ms, 0.95) FROM event GROUP BY model',
};

function duckdb(grouped) {
  const columns = [...grouped, 'currency'];
  return `SELECT ${columns}, CAST(sum(input + cache_read + output) AS VARCHAR), CAST(sum(computed) AS VARCHAR)
    FROM event GROUP BY ${numbers(columns.length)}`;
}

function numbers(count) {
  return Array.from({ length: count }, (_, i) => i + 1).join(', ');
}

/** Whether two answers agree, in any order: lines of dimensions, currency, tokens, pico-units, added up over the currencies of one row. */
export const isSame = (one, other) => canonical(one) === canonical(other);

function canonical(lines) {
  const rows = new Map();
  for (const line of lines) {
    const [currency, tokens, pico] = line.slice(-3);
    const key = JSON.stringify(line.slice(0, -3));
    const row = rows.get(key) ?? { tokens: 0n, cost: {} };
    row.tokens += BigInt(tokens);
    row.cost[currency] = BigInt(pico);
    rows.set(key, row);
  }
  return [...rows]
    .map(([key, { tokens, cost }]) => `${key} ${tokens} ${costText(cost)}`)
    .sort()
    .join('\n');
}

const costText = (cost) =>
  Object.keys(cost)
    .sort()
    .map((currency) => `${currency} ${cost[currency]}`)
    .join(', ');

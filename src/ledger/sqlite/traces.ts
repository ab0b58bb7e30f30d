/** The events behind a figure, added up by what decided it. */

import type { Trace } from '../../hub/why/trace.js';
import type { Database } from '../../load-driver.js';
import type { Grain } from '../../report/grain.js';
import type { Charge } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import type { AlsoIn, RuleMatch, Selection, Traces } from '../trace-query.js';
import { filters, filterValues } from './cell-sql.js';
import { COSTS } from './cost-sql.js';
import { dayTexts } from './day-texts.js';
import { facetReader } from './facet-reader.js';
import { dateDaySql, localDaySql } from './local-day-sql.js';
import { rowObjects } from './row-objects.js';
import { type SumRow, sum, sumColumns, sumLimbs, sumsOfClasses } from './sums.js';
import { hasQuantities } from './top-values.js';
import { declareTraceRule, TRACE_RULE } from './trace-rule.js';
import { eventSql, windowValues } from './usage-rows.js';

/**
 * Totals of the events of a selection by recording, day, grain, charge, rule, unit, terms of the cost, import, and cost.
 *
 * Events are first added up by origin in SQL, so that rules are asked once for each of those and not for each event.
 */
export function readTraces(db: Database, selection: Selection, match: RuleMatch): Traces {
  declareTraceRule(db, match.ruleOf);
  const values = valuesOf(selection);
  const quantities = quantitiesByTrace(db, selection, match, values);
  const facetOf = facetReader(db);
  const textOf = dayTexts();
  const parts: Trace[] = [];
  for (const row of [...rowObjects<TraceRow>(db, tracesSql(db, selection, match), values)]) {
    const facet = facetOf(Number(row.facet));
    const { model, provider, mode, cacheKind, computed } = facet;
    parts.push({
      ...viewOf(row, textOf),
      rule: row.rule === null ? null : Number(row.rule),
      namesUnit: row.names_unit === 1n,
      unit: row.unit_name,
      ...{ model, provider, mode, cacheKind, isThinking: row.is_thinking === 1n, computed },
      import: Number(row.import),
      cost: row.currency === null ? null : { kind: row.kind, currency: row.currency, pico: sum(row, 'cost') },
      ...{ firstAt: Number(row.first_ts), lastAt: Number(row.last_ts) },
      ...{ firstLine: Number(row.first_record), lastLine: Number(row.last_record) },
      ...{ events: row.events, usedEvents: row.used_events },
      tokens: sumsOfClasses(row),
      quantities: Object.fromEntries(quantities.get(keyOf(row)) ?? []),
    });
  }
  return { parts, alsoIn: readAlsoIn(db, selection, values) };
}

type ViewRow = Recording & { day: bigint; days: bigint; grain: Grain; charge: Charge };

type TraceRow = SumRow &
  ViewRow & {
    rule: bigint | null;
    names_unit: bigint;
    unit_name: string | null;
    facet: bigint;
    is_thinking: bigint;
    import: bigint;
    currency: string | null;
    kind: 'billed' | 'computed' | 'claimed';
    first_ts: bigint;
    last_ts: bigint;
    first_record: bigint;
    last_record: bigint;
    events: bigint;
    used_events: bigint;
  };

const viewOf = ({ role, source, account, day, days, grain, charge }: ViewRow, textOf: ReturnType<typeof dayTexts>) => ({
  recording: { role, source, account },
  day: textOf(day, grain, days),
  grain,
  charge,
});

export const valuesOf = (selection: Selection): object => ({
  ...windowValues(selection.window),
  ...filterValues(conditionsOf(selection)),
});

/** Conditions are written for cells; what those are told apart by does not matter to them. */
export const conditionsOf = (selection: Selection) =>
  ({ ...selection, by: [], days: 'each', latency: false, top: null }) as const;

/** Columns of the rows `u` that traces are told apart by, but for the rule. */
const keysOf = ({ cost }: Selection): Readonly<Record<string, string>> => ({
  recording: 'u.recording',
  day: 'u.day',
  days: 'u.days',
  grain: 'u.grain',
  facet: 'u.facet',
  unit: 'u.unit',
  import: 'u.import',
  is_thinking: 'coalesce(u.reasoning, 0) > 0',
  currency_id: COSTS[cost].currency,
  kind: `coalesce(${COSTS[cost].kind}, '')`,
});

const COUNTS = ['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output', 'reasoning'] as const;

const figuresOf = ({ cost }: Selection): string[] => [
  'COUNT(*) AS events',
  'SUM(u.is_used) AS used_events',
  ...COUNTS.map((name) => sumColumns(name, `u.${name}`)),
  sumLimbs('cost', COSTS[cost].high, COSTS[cost].low),
  'min(u.ts) AS first_ts, max(u.ts) AS last_ts, min(u.record) AS first_record, max(u.record) AS last_record',
];

const SUMS_OF_FIGURES = [
  'SUM(u.events) AS events',
  'SUM(u.used_events) AS used_events',
  ...[...COUNTS, 'cost'].map((name) => sumLimbs(name, `u.${name}_high`, `u.${name}_low`)),
  'min(u.first_ts) AS first_ts, max(u.last_ts) AS last_ts',
  'min(u.first_record) AS first_record, max(u.last_record) AS last_record',
];

interface Folding {
  readonly figures: readonly string[];
  readonly sums: readonly string[];
  readonly join: string;
  readonly also: readonly string[];
}

/** Events by origin and the day rules go by, then by the rule that these lead to. */
function foldedSql(db: Database, selection: Selection, match: RuleMatch, folding: Folding): string {
  const keys = keysOf(selection);
  const names = [...Object.keys(keys), ...folding.also];
  const ruleDay = `iif(u.date IS NULL, ${localDaySql(db, match.timeZone)('u.ts')}, ${dateDaySql('u.date')})`;
  const byOrigin = `
    SELECT ${Object.entries(keys).map(([name, expression]) => `${expression} AS ${name}`)},
      ${[...folding.also.map((name) => `q.${name} AS ${name}`), 'u.origin AS origin', `${ruleDay} AS rule_day`]},
      ${folding.figures}
    FROM (${eventSql(db, selection.window)}) u ${folding.join}
    WHERE u.is_counted ${filters(conditionsOf(selection))}
    GROUP BY ${[...names, 'origin', 'rule_day'].map((_, i) => i + 1)}`;
  return `
    SELECT ${names.map((name) => `u.${name} AS ${name}`)}, ${TRACE_RULE} AS rule, o.unit IS NOT NULL AS names_unit,
      ${folding.sums}
    FROM (${byOrigin}) u JOIN recording r ON r.id = u.recording JOIN origin o ON o.id = u.origin
    JOIN facet f ON f.id = u.facet JOIN model ON model.id = f.model JOIN provider ON provider.id = f.provider
    GROUP BY ${[...names, 'rule', 'names_unit'].map((_, i) => i + 1)}`;
}

const tracesSql = (db: Database, selection: Selection, match: RuleMatch): string => `
  SELECT g.*, r.role, r.source, r.account, ch.name AS charge, c.name AS currency, unit.name AS unit_name
  FROM (${foldedSql(db, selection, match, { figures: figuresOf(selection), sums: SUMS_OF_FIGURES, join: '', also: [] })}) g
  JOIN recording r ON r.id = g.recording
  JOIN facet f ON f.id = g.facet
  JOIN charge ch ON ch.id = f.charge
  LEFT JOIN currency c ON c.id = g.currency_id
  LEFT JOIN unit ON unit.id = g.unit
  ORDER BY r.role, r.source, r.account, g.day, g.grain, g.days, g.facet, g.rule, g.names_unit, unit_name, g.import,
    g.is_thinking, currency, g.kind`;

/** Sums of quantities by name, for each trace that has any. */
function quantitiesByTrace(db: Database, selection: Selection, match: RuleMatch, values: object) {
  const traces = new Map<string, (readonly [string, bigint])[]>();
  if (!hasQuantities(db)) return traces;
  const sql = foldedSql(db, selection, match, {
    figures: [sumColumns('value', 'q.value')],
    sums: [sumLimbs('value', 'u.value_high', 'u.value_low')],
    join: 'JOIN quantity q ON q.ts = u.ts AND q.recording = u.recording AND q.id = u.id',
    also: ['name'],
  });
  for (const row of rowObjects<SumRow>(db, sql, values)) {
    const key = keyOf(row);
    if (!traces.has(key)) traces.set(key, []);
    traces.get(key)!.push([row.name as string, sum(row, 'value')]);
  }
  return traces;
}

const keyOf = (row: SumRow): string =>
  [
    ...[row.recording, row.day, row.days, row.grain, row.facet, row.unit, row.import, row.is_thinking],
    ...[row.currency_id, row.kind, row.rule, row.names_unit],
  ].join(' ');

type AlsoInRow = ViewRow & { import: bigint; other: bigint; events: bigint; first: bigint; last: bigint };

/** Which other imports hold records of the same events; where any two imports share an event. */
function readAlsoIn(db: Database, selection: Selection, values: object): AlsoIn[] {
  if (db.prepare('SELECT 1 FROM sighting LIMIT 1').get() === undefined) return [];
  const textOf = dayTexts();
  return db
    .prepare<unknown[], AlsoInRow>(
      `SELECT g.*, r.role, r.source, r.account, ch.name AS charge FROM (
         SELECT u.recording, u.day, u.days, u.grain, u.charge AS charge_id, u.import, s.import AS other,
           COUNT(*) AS events, min(s.record) AS first, max(s.record) AS last
         FROM (${eventSql(db, selection.window)}) u
         CROSS JOIN sighting s ON s.recording = u.recording AND s.id = u.id AND s.import <> u.import
         WHERE u.is_counted ${filters(conditionsOf(selection))} GROUP BY 1, 2, 3, 4, 5, 6, 7) g
       JOIN recording r ON r.id = g.recording JOIN charge ch ON ch.id = g.charge_id
       ORDER BY g.import, g.other, r.role, r.source, r.account, g.day, g.grain, g.days, charge`,
    )
    .all(values)
    .map((row) => ({
      ...viewOf(row, textOf),
      ...{ import: Number(row.import), other: Number(row.other), events: row.events },
      ...{ firstLine: Number(row.first), lastLine: Number(row.last) },
    }));
}

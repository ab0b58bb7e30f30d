/** What the rollups need of an event that gets another unit, beside what rules see of it. */

import type { Database } from '../../load-driver.js';
import type { Held, HeldColumn } from './held.js';
import { localDaySql } from './local-day-sql.js';
import { FIGURES } from './rollup-figures.js';
import { CLAIM_BIT, FOREIGN_BIT, USED_BIT } from './rollup-shape.js';
import { type NumberRow, numberAt } from './row-columns.js';
import { ruleDaySql } from './rule-facts.js';
import { hasQuantities } from './top-values.js';
import { daysSql, isForeignSql, totalOf, usedSql } from './usage-rows.js';

type Figure = Exclude<(typeof FIGURES)[number], 'events'>;
export type MovedColumn = Figure | 'agent' | 'bits' | 'homeDay' | 'homeDays';
type Places = Readonly<Record<MovedColumn, number>>;

/**
 * @param home   zone whose days the rollups have
 * @param rules  zone whose days the rules go by, which stand in the row already
 */
export function movedColumns(
  db: Database,
  held: Held,
  zones: { readonly home: string; readonly rules: string },
): Record<MovedColumn, string | null> {
  const day = localDaySql(db, zones.home);
  const isOther = zones.home !== zones.rules;
  return {
    agent: 'coalesce(e.agent, 0)',
    bits: bitsSql(db, held, day),
    homeDay: isOther ? ruleDaySql(db, zones.home) : null,
    homeDays: isOther && held.has('buckets') ? daysSql(day) : null,
    requests: 'e.requests',
    ...(Object.fromEntries(COUNTS.map((name) => [name, held.has(name) ? countSql(name) : null])) as Counts),
    ...limbs(held, 'billed'),
    ...limbs(held, 'claimed'),
    ...limbs(held, 'computed'),
  };
}

const COUNTS = ['input', 'cache_read', 'cache_write', 'output', 'reasoning'] as const;
type Counts = Record<(typeof COUNTS)[number], string | null>;

const countSql = (name: keyof Counts): string =>
  name === 'cache_write'
    ? 'iif(e.cache_write_1h IS NULL, e.cache_write_5m, coalesce(e.cache_write_5m, 0) + e.cache_write_1h)'
    : `e.${name}`;

function limbs<Name extends 'billed' | 'claimed' | 'computed'>(held: Held, name: Name) {
  const isHeld = held.has(name satisfies HeldColumn);
  return {
    [`${name}_high`]: isHeld ? `e.${name} >> 32` : null,
    [`${name}_low`]: isHeld ? `e.${name} & 4294967295` : null,
  } as Record<`${Name}_high` | `${Name}_low`, string | null>;
}

/** Of the bits of rollup-shape.ts those that numbers of the row do not tell; `null`: none can be set. */
function bitsSql(db: Database, held: Held, day: (ts: string) => string): string | null {
  const isUsed = hasQuantities(db) ? usedSql('e') : `(${totalOf('e')} > 0)`;
  const isKnown = `e.claimed <> 0 OR e.claimed_text IS NOT NULL OR NOT (${isUsed})`;
  const bits = [
    ...(hasQuantities(db) ? [`${USED_BIT} * (${isUsed})`] : []),
    ...(held.has('claimed') ? [`iif(e.claimed IS NULL, 0, ${CLAIM_BIT} * (${isKnown}))`] : []),
    ...(held.has('buckets') ? [`${FOREIGN_BIT} * ${isForeignSql(day)}`] : []),
  ];
  return bits.length === 0 ? null : bits.join(' + ');
}

/** @param at  places of the columns in a row */
export function movedReader(at: Places) {
  const { agent, bits, homeDay, homeDays, input, cache_read, cache_write, output, reasoning, requests } = at;
  const classes = COUNTS.flatMap((name, i) => (at[name] === -1 ? [] : [[at[name], 1 << i] as const]));
  const [places, reported] = [classes.map(([place]) => place), classes.map(([, bit]) => bit)];
  const figures = FIGURES.flatMap((name, i) => (name === 'events' || at[name] === -1 ? [] : [[at[name], i] as const]));
  const [from, to] = [figures.map(([place]) => place), figures.map(([, i]) => i)];

  /** All classes but reasoning, which is part of the output. */
  const tokensOf = (row: NumberRow): number =>
    (numberAt(row, input) ?? 0) +
    (numberAt(row, cache_read) ?? 0) +
    (numberAt(row, cache_write) ?? 0) +
    (numberAt(row, output) ?? 0);

  /** As `bitsOf` in rollup-shape.ts, without grain and unit. */
  function bitsOf(row: NumberRow, tokens: number): number {
    let all = numberAt(row, bits) ?? 0;
    for (let i = 0; i < places.length; i++) if (row[places[i]!] !== null) all |= reported[i]!;
    return tokens > 0 ? all | USED_BIT : all;
  }

  /** Adds the figures of a row to those at a place. */
  function addFigures(sums: Float64Array, place: number, row: NumberRow): void {
    sums[place]! += 1;
    for (let i = 0; i < to.length; i++) sums[place + to[i]!]! += row[from[i]!] ?? 0;
  }

  return {
    ...{ tokensOf, bitsOf, addFigures },
    agentOf: (row: NumberRow): number => row[agent]!,
    /** `null`: as the rules have it. */
    homeDayOf: (row: NumberRow): number | null => numberAt(row, homeDay),
    homeDaysOf: (row: NumberRow): number | null => numberAt(row, homeDays),
    /** All counts, added: what bounds each sum. */
    countsOf: (row: NumberRow, tokens: number): number => tokens + (numberAt(row, reasoning) ?? 0) + row[requests]!,
  };
}

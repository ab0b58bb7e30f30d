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

/** Bits of a row, but for grain and unit: the classes reported, in the order of `COUNTS`, come first. */
export function bitsIn(row: NumberRow, at: Places): number {
  let bits = numberAt(row, at.bits) ?? 0;
  for (let i = 0; i < COUNTS.length; i++) if (numberAt(row, at[COUNTS[i]!]) !== null) bits |= 1 << i;
  return tokensIn(row, at) > 0 ? bits | USED_BIT : bits;
}

/** All classes but reasoning, which is part of the output. */
export const tokensIn = (row: NumberRow, at: Places): number =>
  (numberAt(row, at.input) ?? 0) +
  (numberAt(row, at.cache_read) ?? 0) +
  (numberAt(row, at.cache_write) ?? 0) +
  (numberAt(row, at.output) ?? 0);

/** All counts of a row, added: what bounds each sum. */
export const countedIn = (row: NumberRow, at: Places): number =>
  tokensIn(row, at) + (numberAt(row, at.reasoning) ?? 0) + row[at.requests]!;

/** Adds the figures of a row to those at a place. */
export function figureAdder(at: Places): (figures: Float64Array, place: number, row: NumberRow) => void {
  const added = FIGURES.flatMap((name, i) => (name === 'events' || at[name] === -1 ? [] : [[i, at[name]] as const]));
  const [to, from] = [added.map(([i]) => i), added.map(([, column]) => column)];
  return (figures, place, row) => {
    figures[place]! += 1;
    for (let i = 0; i < to.length; i++) figures[place + to[i]!]! += row[from[i]!] ?? 0;
  };
}

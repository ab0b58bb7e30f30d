/** Events that get another unit, some at a time, with what the rollups need of each. */

import type { Database } from '../../load-driver.js';
import { GRAINS, grainOf } from '../../report/grain.js';
import { localDaySql } from './local-day-sql.js';
import { BLOCK } from './rollup-block.js';
import { FIGURES } from './rollup-figures.js';
import type { Kind } from './rollup-kind.js';
import { ASSIGNED_BIT, CLAIM_BIT, FOREIGN_BIT, GRAIN_SHIFT, USED_BIT } from './rollup-shape.js';
import { ruleDaySql } from './rule-facts.js';
import { hasQuantities } from './top-values.js';
import { daysSql, isForeignSql, totalOf, usedSql } from './usage-rows.js';

const limbs = (name: string): string[] => [`e.${name} >> 32`, `e.${name} & 4294967295`];

/** Numbers of an event for `movedRow`, but for the day a rule goes by, which may be of another zone. */
export function movedColumns(db: Database, homeZone: string): string[] {
  const day = localDaySql(db, homeZone);
  return [
    ...['e.recording', 'e.facet', 'e.origin', 'coalesce(e.unit, 0)', 'coalesce(e.agent, 0)'],
    ...[ruleDaySql(db, homeZone), daysSql(day), 'e.until - e.ts', `(${bitsSql(db, day)})`],
    ...['e.requests', 'e.input', 'e.cache_read', 'coalesce(e.cache_write_5m, 0) + coalesce(e.cache_write_1h, 0)'],
    ...['e.output', 'e.reasoning', ...limbs('billed'), ...limbs('claimed'), ...limbs('computed')],
  ];
}

/**
 * As `bitsOf` in rollup-shape.ts, without grain and unit. A subquery would make SQLite gather the keys of all rows before it
 * changes the first one, so there is none in a ledger without quantities.
 */
function bitsSql(db: Database, day: (ts: string) => string): string {
  const isUsed = hasQuantities(db) ? usedSql('e') : `(${totalOf('e')} > 0)`;
  return `(e.input IS NOT NULL) + 2 * (e.cache_read IS NOT NULL)
    + 4 * (e.cache_write_5m IS NOT NULL OR e.cache_write_1h IS NOT NULL)
    + 8 * (e.output IS NOT NULL) + 16 * (e.reasoning IS NOT NULL) + ${USED_BIT} * (${isUsed})
    + iif(e.claimed IS NULL, 0, ${CLAIM_BIT} * (e.claimed <> 0 OR e.claimed_text IS NOT NULL OR NOT (${isUsed})))
    + ${FOREIGN_BIT} * ${isForeignSql(day)}`;
}

/** The numbers of `movedColumns`. */
export type MovedRow = readonly (number | null)[];
/** Place of the first figure in `MovedRow`; before it stands what tells the event's cells. */
export const FIRST_FIGURE = 9;

/** The bits of the shape of an event under a unit; 0 is none. */
export const bitsUnder = (unit: number, bits: number, length: number | null): number =>
  bits | (unit === 0 ? 0 : ASSIGNED_BIT) | (GRAINS.indexOf(grainOf(0, length)) << GRAIN_SHIFT);

/** Rows gone through once for each rollup, as those of a `RollupBlock`. */
export interface MovedRows {
  size: number;
  readonly days: Float64Array<ArrayBuffer>;
  readonly units: Float64Array<ArrayBuffer>;
  readonly agents: Float64Array<ArrayBuffer>;
  readonly kinds: Kind[];
  readonly figures: Float64Array<ArrayBuffer>;
}

/** The same rows as they are and as they will be: they differ in unit and kind. */
export function movedPair(): readonly [before: MovedRows, after: MovedRows] {
  const before = {
    size: 0,
    days: new Float64Array(BLOCK),
    units: new Float64Array(BLOCK),
    agents: new Float64Array(BLOCK),
    kinds: [],
    figures: new Float64Array(BLOCK * FIGURES.length),
  };
  return [before, { ...before, units: new Float64Array(BLOCK), kinds: [] }];
}

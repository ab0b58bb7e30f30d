/** Two or three recordings of the same tokens, and why they differ. */

import type { CallRecord, Recorded, Side } from './call-record.js';
import { type AskedTime, commonTime, placeIn, type Span } from './common-time.js';
import type { Declared } from './differing.js';
import { finestGrid, type Grid, type GridName, gridOf } from './grid.js';
import { lateFinding, type Outside } from './late-bill.js';
import { comparePair, type Pair } from './pair.js';
import type { PriceRules } from './price-rules.js';

export interface ReconcileQuestion {
  /** Two or three, in the order of the sides. */
  readonly recordings: readonly Recorded[];
  readonly asked: AskedTime;
  /** Zone of days, where no recording has days of its issuer's. */
  readonly timeZone: string;
  /** Buckets of this size, also where request ids are shared; `null`: requests, else the finest that all have. */
  readonly bucket: 'hour' | 'day' | null;
  readonly declared: Declared;
  readonly prices: PriceRules;
  readonly isPreliminary: (record: CallRecord) => boolean;
}

export interface Reconciled {
  readonly grid: Grid;
  /** What was compared. */
  readonly compared: readonly Recorded[];
  readonly outside: ReadonlyMap<Side, Outside>;
  /** The first with the second, the second with the third: their differences add up. */
  readonly pairs: readonly Pair[];
}

/** Why nothing was compared. */
type NotReconciled = { readonly tooFine: GridName } | { readonly apart: true };

/**
 * Compares recordings over the time all of them cover.
 *
 * @returns `tooFine`: buckets were asked for that are finer than the buckets of a recording; `apart`: no time in common
 */
export function reconcile(question: ReconcileQuestion): Reconciled | NotReconciled {
  const { recordings, asked, timeZone, bucket } = question;
  const all = recordings.flatMap(({ records }) => records);
  const finest = finestGrid(all);
  if (bucket !== null && SIZES[bucket] < SIZES[finest]) return { tooFine: finest };
  const grid = gridOf(bucket ?? finest, all, timeZone);
  const time = commonTime(recordings, grid, asked);
  if (time === null) return { apart: true };
  const { compared, outside } = split(recordings, grid, time);
  return { grid, compared, outside, pairs: pairsOf(compared, grid, outside, question) };
}

const SIZES: Readonly<Record<GridName, number>> = { hour: 0, day: 1, period: 2 };

function pairsOf(
  compared: readonly Recorded[],
  grid: Grid,
  outside: Reconciled['outside'],
  { declared, prices, isPreliminary, bucket }: ReconcileQuestion,
): Pair[] {
  return compared.slice(1).map((right, i) => {
    const left = compared[i]!;
    const before = compared[i - 1] ?? null;
    const pair = comparePair(left, right, {
      ...{ grid, declared, prices, isPreliminary, before, bucketed: bucket !== null },
    });
    const late =
      right.side === 'bill'
        ? lateFinding(outside.get(left.side)!.after, (record) => `${grid.textOf(grid.cellOf(record))}, ${record.name}`)
        : null;
    return late === null ? pair : { ...pair, findings: [...pair.findings, late] };
  });
}

/** A record outside of the common time is compared all the same where a recording has its request inside. */
function split(recordings: readonly Recorded[], grid: Grid, time: Span): Pick<Reconciled, 'compared' | 'outside'> {
  const ids = new Set<string>();
  for (const { records } of recordings)
    for (const record of records)
      if (record.id !== null && placeIn(time, grid, record) === 'inside') ids.add(record.id);
  const outside = new Map<Side, { before: CallRecord[]; after: CallRecord[] }>();
  const compared = recordings.map(({ side, records }) => {
    const beyond = { before: [] as CallRecord[], after: [] as CallRecord[] };
    outside.set(side, beyond);
    const inside = records.filter((record) => {
      const place = placeIn(time, grid, record);
      if (place === 'inside' || (record.id !== null && ids.has(record.id))) return true;
      beyond[place].push(record);
      return false;
    });
    return { side, records: inside };
  });
  return { compared, outside };
}

import type { Database } from '../../load-driver.js';
import type { EntryBatch } from '../entry-batch.js';

type Times = Pick<EntryBatch, 'size' | 'days'> & { readonly numbers: Pick<EntryBatch['numbers'], 'ts'> };

/** Keeps first and last instant, and first and last calendar date of the buckets, of what an import brought. */
export function spanKeeper(db: Database): (importId: number, batch: Times) => void {
  const widen = db.prepare(`UPDATE import SET
    first_ts = min(coalesce(first_ts, $firstTs), coalesce($firstTs, first_ts)),
    last_ts = max(coalesce(last_ts, $lastTs), coalesce($lastTs, last_ts)),
    first_day = min(coalesce(first_day, $firstDay), coalesce($firstDay, first_day)),
    last_day = max(coalesce(last_day, $lastDay), coalesce($lastDay, last_day)) WHERE id = $importId`);
  return (importId, batch) => {
    if (batch.size > 0) widen.run({ importId, ...spanOf(batch) });
  };
}

function spanOf({ size, numbers, days }: Times) {
  let [firstTs, lastTs] = [numbers.ts[0]!, numbers.ts[0]!];
  for (let row = 1; row < size; row++) {
    const ts = numbers.ts[row]!;
    if (ts < firstTs) firstTs = ts;
    if (ts > lastTs) lastTs = ts;
  }
  const dates = [...days.values()].sort();
  return { firstTs, lastTs, firstDay: dates[0] ?? null, lastDay: dates.at(-1) ?? null };
}

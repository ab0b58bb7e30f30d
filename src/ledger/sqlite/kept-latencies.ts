import type { Database } from '../../load-driver.js';
import type { LatencyHistogram } from '../../report/latency.js';
import type { CellQuery } from '../../report/query.js';
import type { CellRow } from './cells.js';
import { isSeenTwice } from './twins.js';
import { keepsDaysOf } from './usage-rows.js';

type LatencyRow = { recording: number; model: number; bucket: number; events: bigint };

/**
 * Histograms of latencies from the totals kept at import, which tell recording and model over all time; `null` for any
 * other question. Cells of one recording and model that differ in currency share a histogram: the first of them has it.
 */
export function keptLatencies(
  db: Database,
  { window, by, units, models, filters, days }: CellQuery,
): ((row: CellRow) => LatencyHistogram) | null {
  const isPlain = units === null && models === null && filters.length === 0 && by.every((each) => each === 'model');
  const isAllTime = window.from === null && window.to === null;
  if (!isPlain || !isAllTime || days !== 'all' || !keepsDaysOf(db, window) || isSeenTwice(db)) return null;
  const isByModel = by.length > 0;
  const histograms = readHistograms(db, isByModel);
  return (row) => {
    const key = `${row.key_recording} ${isByModel ? row.key_0 : ''}`;
    const histogram = row.key_grain === 'request' ? histograms.get(key) : undefined;
    if (histogram !== undefined) histograms.delete(key);
    return histogram ?? new Map();
  };
}

function readHistograms(db: Database, isByModel: boolean): Map<string, Map<number, bigint>> {
  const model = isByModel ? 'model' : "''";
  const rows = db
    .prepare<unknown[], LatencyRow>(
      `SELECT recording, ${model} AS model, bucket, SUM(events) AS events FROM rollup_latency GROUP BY 1, 2, 3`,
    )
    .all();
  const histograms = new Map<string, Map<number, bigint>>();
  for (const { recording, model: of, bucket, events } of rows) {
    const key = `${recording} ${of}`;
    const histogram = histograms.get(key) ?? new Map<number, bigint>();
    histograms.set(key, histogram.set(Number(bucket), events));
  }
  return histograms;
}

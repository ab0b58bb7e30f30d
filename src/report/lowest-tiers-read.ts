import type { LowestTier } from './cell.js';
import type { ReportBody } from './report-body.js';

/** Of the models of whose buckets the computed cost is a lower bound: all, where a report reads any computed cost. */
export const lowestTiersRead = (
  { query: { costKinds } }: ReportBody,
  tiers: readonly LowestTier[],
): readonly LowestTier[] => (Object.values(costKinds).some(({ computed }) => computed !== undefined) ? tiers : []);

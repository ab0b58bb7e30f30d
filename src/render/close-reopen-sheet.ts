/** What opening a period again did, as a sheet. */

import { column, type Sheet } from './sheet.js';

/** The body of `close --reopen --format json`. */
export interface ReopenBody {
  readonly period: string;
  /** Of the closing, which stays listed. */
  readonly hash: string;
  readonly reason: string;
  readonly dryRun: boolean;
}

export const reopenSheet = ({ period, hash, reason, dryRun }: ReopenBody): Sheet => ({
  title: null,
  columns: [
    column('period', 'period', 'text'),
    column('hash', 'hash', 'text', 'export'),
    column('reason', 'reason', 'text'),
  ],
  rows: [[period, hash, reason]],
  totals: null,
  above: [],
  below: [dryRun ? `would be open again: ${period}` : `open again: ${period}; close it anew: tokenhub close ${period}`],
});

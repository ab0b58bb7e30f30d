/**
 * Requests that compact a session's history. They are billed, but some versions of Codex leave them out of the running
 * totals: what they used then stands in a `token_usage_record`, and the `compacted` line beside it names it by its id.
 * Source: https://github.com/openai/codex/issues/47003
 */

import type { RecordTime } from '../time/record-time.js';
import { sameTotals, type Totals } from './totals.js';

/** A request by its `token_usage_record`. */
export interface CodexRequest {
  readonly id: string;
  readonly used: Totals;
  /** The session's running total with it, where the record states one. */
  readonly total: Totals | null;
  readonly time: RecordTime;
  /** As stated; the turn's model where the record names none. */
  readonly model: unknown;
}

/** The last record and the last compaction that wait for each other. */
export interface CompactionState {
  request: CodexRequest | null;
  compactedBy: string | null;
}

/** The request when it is that of a compaction already read; else it waits for one. */
export function readRequest(state: CompactionState, request: CodexRequest): CodexRequest | null {
  if (state.compactedBy !== request.id) {
    state.request = request;
    return null;
  }
  state.compactedBy = null;
  return request;
}

/** The request that a `compacted` line names, when its record was read before and no total has counted it. */
export function readCompaction(state: CompactionState, id: string): CodexRequest | null {
  const { request } = state;
  state.request = null;
  if (request?.id === id) return request;
  state.compactedBy = id;
  return null;
}

/** Forgets the waiting request when the running total has counted it, as it does every other one. */
export function readAdvance(state: CompactionState, used: Totals, total: Totals | null): void {
  const { request } = state;
  if (request === null) return;
  const isCounted = sameTotals(used, request.used) || (total !== null && sameAs(request.total, total));
  if (isCounted) state.request = null;
}

const sameAs = (a: Totals | null, b: Totals): boolean => a !== null && sameTotals(a, b);

/** The records of two recordings by request id. */

import type { CallRecord } from './call-record.js';

/** What two recordings have of one request; either list may be empty, not both. */
export interface RequestGroup {
  readonly id: string;
  readonly left: readonly CallRecord[];
  readonly right: readonly CallRecord[];
}

/** In order of first appearance, left before right; records without an id are in none. */
export function groupByRequest(left: readonly CallRecord[], right: readonly CallRecord[]): Iterable<RequestGroup> {
  const groups = new Map<string, { id: string; left: CallRecord[]; right: CallRecord[] }>();
  const add = (records: readonly CallRecord[], side: 'left' | 'right'): void => {
    for (const record of records) {
      if (record.id === null) continue;
      const met = groups.get(record.id);
      if (met !== undefined) met[side].push(record);
      else groups.set(record.id, { id: record.id, left: [], right: [], [side]: [record] });
    }
  };
  add(left, 'left');
  add(right, 'right');
  return groups.values();
}

/** Whether the two can be paired by request id: one id, at least, is in both. */
export function shareIds(left: readonly CallRecord[], right: readonly CallRecord[]): boolean {
  const ids = new Set<string>();
  for (const { id } of left) if (id !== null) ids.add(id);
  return ids.size > 0 && right.some(({ id }) => id !== null && ids.has(id));
}

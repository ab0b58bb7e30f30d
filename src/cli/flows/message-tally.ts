/** What was counted of messages with one model: rows, their sums, and what keeps the count from being exact or whole. */

import type { ChatCount, ChatRow } from '../../tokenizer/chat/chat-format.js';
import { type Counter, counterFacts } from './counters.js';

export interface MessageRow extends Omit<ChatRow, 'part'> {
  /** `request`: all of a request, where a file holds many. */
  readonly part: ChatRow['part'] | 'request';
  readonly path: string;
  readonly line: number;
  readonly tokens: number;
}

export interface Tally {
  readonly counter: Counter;
  readonly format: string;
  readonly rows: MessageRow[];
  readonly doubts: Set<string>;
  readonly files: Map<string, number>;
  requests: number;
}

export interface CountedRequest {
  readonly path: string;
  readonly bytes: number;
  readonly line: number;
  readonly isOneOfMany: boolean;
}

/** Adds a request: a row for each of its parts, or one for all of it where a file holds many. */
export function addRequest(tally: Tally, { path, bytes, line, isOneOfMany }: CountedRequest, count: ChatCount): void {
  const rows = isOneOfMany ? [{ part: 'request' as const, ...NO_PART, ...sumOf(count.rows) }] : count.rows;
  for (const { part, index, role, text, images, overhead, uncounted } of rows) {
    const tokens = text + images + overhead;
    tally.rows.push({ path, line, part, index, role, tokens, text, images, overhead, uncounted });
  }
  for (const doubt of count.doubts) tally.doubts.add(doubt);
  tally.files.set(path, bytes);
  tally.requests++;
}

const NO_PART = { index: null, role: null } as const;

interface Sums {
  readonly text: number;
  readonly images: number;
  readonly overhead: number;
  readonly uncounted: number;
}

export const sumOf = (rows: readonly Sums[]): Sums => ({
  text: rows.reduce((sum, { text }) => sum + text, 0),
  images: rows.reduce((sum, { images }) => sum + images, 0),
  overhead: rows.reduce((sum, { overhead }) => sum + overhead, 0),
  uncounted: rows.reduce((sum, { uncounted }) => sum + uncounted, 0),
});

/** One element of `counts` in the JSON body. */
export function messageCount({ counter, format, rows, doubts, files, requests }: Tally) {
  const { model, encoding, isDefault, band, source, exactWith } = counterFacts(counter);
  const sums = sumOf(rows);
  return {
    model,
    encoding,
    default: isDefault,
    method: counter.method === 'exact' && doubts.size === 0 ? ('exact' as const) : ('approximate' as const),
    band,
    source,
    exactWith,
    format,
    doubts: [...doubts],
    complete: sums.uncounted === 0,
    total: {
      tokens: sums.text + sums.images + sums.overhead,
      ...sums,
      requests,
      files: files.size,
      bytes: [...files.values()].reduce((sum, bytes) => sum + bytes, 0),
    },
    rows,
  };
}

export type MessageCount = ReturnType<typeof messageCount>;

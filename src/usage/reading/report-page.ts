/**
 * Pages of the usage and cost reports of OpenAI and Anthropic: `{ data: [bucket] }`, a bucket being
 * `{ <times>, results: [result] }`. One record is a page, or one bucket alone.
 */

import { badRecord } from '../../errors/usage-records.js';
import type { UsageEvent } from '../event.js';
import type { Decoded, Source } from '../source.js';
import type { RecordTime } from '../time/record-time.js';
import type { ColumnNames } from './columns.js';
import { decodeParts, eventsOr, partsIn } from './document.js';
import { type Fields, isFields, valueAt } from './fields.js';
import { type Row, rowReader } from './row.js';

/** How one report reads its buckets. */
export interface Report<Time extends string, Name extends string> {
  readonly times: ColumnNames<Time>;
  readonly timeOf: (bucket: Row<Time>) => RecordTime;
  readonly columns: ColumnNames<Name>;
  /** No events: the result holds no usage. */
  readonly eventsOf: (result: Row<Name>, time: RecordTime) => readonly UsageEvent[];
}

/**
 * A decoder of pages. A result that must be rejected, or a whole bucket, does not keep the others from being read: its
 * error names the field by its path, such as `data.3.results.0.input_tokens`. BAD_RECORD: the record is neither a page
 * nor a bucket.
 */
export const decodePages =
  <Time extends string, Name extends string>(report: Report<Time, Name>): Source['decoder'] =>
  () => {
    const [readBucket, readResult] = [rowReader(report.times), rowReader(report.columns)];
    const decodeBucket = (bucket: unknown): Decoded => {
      const results = resultsIn(bucket);
      if (results === null) throw badRecord('is no bucket of results', AS_IT_CAME);
      if (results.length === 0) return { skipped: EMPTY };
      const time = report.timeOf(readBucket({ value: bucket }));
      const decode = (result: unknown) => eventsOr(report.eventsOf(readResult({ value: result }), time), EMPTY);
      return decodeParts(partsIn(results, 'results'), decode, EMPTY);
    };
    return ({ value }) => decodePage(value, decodeBucket);
  };

function decodePage(value: unknown, decodeBucket: (bucket: unknown) => Decoded): Decoded {
  const data = isFields(value) ? valueAt(value, 'data') : null;
  if (Array.isArray(data)) return decodeParts(partsIn(data, 'data'), decodeBucket, EMPTY);
  if (resultsIn(value) === null) throw badRecord('is no page of buckets', AS_IT_CAME);
  return decodeBucket(value);
}

const AS_IT_CAME = 'save the answer of the API as it came';
const EMPTY = 'no usage in its buckets';

/** `null`: the value is no bucket. */
function resultsIn(bucket: unknown): readonly unknown[] | null {
  const results = isFields(bucket) ? valueAt(bucket, 'results') : null;
  return Array.isArray(results) ? results : null;
}

/**
 * What tells reports apart: the first bucket of a page, and the first result in any of its buckets. `null` for what is
 * no page, and a `result` of `null` where all buckets are empty.
 */
export function firstOf(value: Fields): { readonly bucket: Fields; readonly result: Fields | null } | null {
  const data = valueAt(value, 'data');
  const buckets: readonly unknown[] = Array.isArray(data) ? data : [value];
  const [bucket] = buckets.filter(isFields);
  if (bucket === undefined || resultsIn(bucket) === null) return null;
  const firsts = buckets.map((each) => resultsIn(each)?.[0]);
  return { bucket, result: firsts.find(isFields) ?? null };
}

/**
 * Pages of the usage and cost reports of OpenAI and Anthropic: `{ data: [bucket] }`, a bucket being
 * `{ <times>, results: [result] }`. One record is a page, or one bucket alone.
 */

import { badRecord, type TokenhubError } from '../../errors.js';
import type { UsageEvent } from '../event.js';
import type { Decoded } from '../source.js';
import type { RecordTime } from '../time/record-time.js';
import { type Fields, isFields, valueAt } from './fields.js';
import { orReject } from './reject-part.js';

/** How one report reads its buckets. */
export interface BucketReader {
  readonly timeOf: (bucket: Fields) => RecordTime;
  /** No events: the result holds no usage. */
  readonly eventsOf: (result: Fields, time: RecordTime) => readonly UsageEvent[];
}

/**
 * Decodes every result of a page. One that must be rejected, or a whole bucket, does not keep the others from being
 * read: its error names the field by its path, such as `data.3.results.0.input_tokens`.
 *
 * @throws BAD_RECORD when the record is neither a page nor a bucket
 */
export function decodePage(value: unknown, reader: BucketReader): Decoded {
  const buckets = isFields(value) ? bucketsOf(value) : null;
  if (buckets === null) throw badRecord('is no page of buckets', 'save the answer of the API as it came');
  const events: UsageEvent[] = [];
  const rejects: TokenhubError[] = [];
  for (const [path, bucket] of buckets) readBucket(bucket, path, reader, events, rejects);
  return events.length + rejects.length === 0 ? { skipped: 'no usage in its buckets' } : { events, rejects };
}

function readBucket(
  bucket: unknown,
  path: string,
  { timeOf, eventsOf }: BucketReader,
  events: UsageEvent[],
  rejects: TokenhubError[],
): void {
  orReject(path, rejects, () => {
    const results = isFields(bucket) ? valueAt(bucket, 'results') : null;
    if (!isFields(bucket) || !Array.isArray(results)) throw badRecord('is no bucket of results', AS_IT_CAME);
    const time = results.length === 0 ? null : timeOf(bucket);
    results.forEach((result: unknown, index) => {
      orReject(`${path}results.${index}.`, rejects, () => {
        if (!isFields(result)) throw badRecord('is no result', AS_IT_CAME);
        events.push(...eventsOf(result, time!));
      });
    });
  });
}

const AS_IT_CAME = 'save the answer of the API as it came';

/** Buckets with the path to their fields; `null` for what is no page. */
function bucketsOf(value: Fields): readonly (readonly [string, unknown])[] | null {
  const data = valueAt(value, 'data');
  if (Array.isArray(data)) return data.map((bucket: unknown, index) => [`data.${index}.`, bucket] as const);
  return Array.isArray(valueAt(value, 'results')) ? [['', value]] : null;
}

/**
 * What tells reports apart: the first bucket of a page, and the first result in any of its buckets. `null` for what is
 * no page, and a `result` of `null` where all buckets are empty.
 */
export function firstOf(value: unknown): { readonly bucket: Fields; readonly result: Fields | null } | null {
  if (!isFields(value)) return null;
  const buckets = (bucketsOf(value) ?? []).map(([, bucket]) => bucket).filter(isFields);
  const [bucket] = buckets;
  if (bucket === undefined || !Array.isArray(valueAt(bucket, 'results'))) return null;
  for (const each of buckets) {
    const results = valueAt(each, 'results');
    const result: unknown = Array.isArray(results) ? results[0] : undefined;
    if (isFields(result)) return { bucket, result };
  }
  return { bucket, result: null };
}

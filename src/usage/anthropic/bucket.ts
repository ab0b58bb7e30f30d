/** What the usage and cost exports of an Anthropic organisation have in common. */

import { badField, missingField } from '../../errors.js';
import type { Mode } from '../../pricing/price.js';
import { type Fields, textOf, valueAt } from '../reading/fields.js';
import { bucketTime } from '../time/bucket-time.js';
import { parseTime, type RecordTime } from '../time/record-time.js';

/** The time of a bucket of the Admin API. Throws BAD_FIELD, MISSING_FIELD. */
export const anthropicBucketTime = (bucket: Fields): RecordTime =>
  bucketTime(instantAt(bucket, 'starting_at'), instantAt(bucket, 'ending_at'), 'UTC', 'ending_at');

function instantAt(bucket: Fields, name: string): number {
  const value = valueAt(bucket, name);
  if (value === undefined || value === null) throw missingField(name, 'save the answer of the API as it came');
  return parseTime(value, 'UTC', name).at;
}

/**
 * Words of `usage_type` (Console) and `service_tier` (API), and the mode each is billed under. `message` says what was
 * billed and no tier; `priority_on_demand` and `flex_discount` are kinds of their first word.
 */
const SERVICES: ReadonlyMap<string, Mode> = new Map([
  ['standard', 'standard'],
  ['message', 'standard'],
  ['not_available', 'standard'],
  ['batch', 'batch'],
  ['flex', 'flex'],
  ['flex_discount', 'flex'],
  ['priority', 'priority'],
  ['priority_on_demand', 'priority'],
]);

/** The mode of a kind of service; `null`: the word is not known. */
export const serviceMode = (word: string | null): Mode | null =>
  SERVICES.get(word?.toLowerCase() ?? 'standard') ?? null;

/**
 * The mode of usage. Speed `fast` decides over the kind of service.
 *
 * @param field  name of the field that holds the kind of service
 * @throws BAD_FIELD at `field` or `speed` for a word not known: it must not be priced as standard
 */
export function anthropicMode(fields: Fields, field: string): Mode {
  const word = textOf(valueAt(fields, field), field);
  const mode = serviceMode(word);
  if (mode === null) throw badField(field, word, 'is not known', `known are ${[...SERVICES.keys()].join(', ')}`);
  return isFast(fields) ? 'fast' : mode;
}

/** Throws BAD_FIELD at `speed`. */
export function isFast(fields: Fields): boolean {
  const speed = textOf(valueAt(fields, 'speed'), 'speed')?.toLowerCase() ?? 'standard';
  if (!['standard', 'fast', 'not_available'].includes(speed))
    throw badField('speed', speed, 'is not known', 'known are standard and fast');
  return speed === 'fast';
}

/** Where inference ran, when the export says so: `global`, `us`. */
export function inferenceGeo(fields: Fields): string | null {
  const geo = textOf(valueAt(fields, 'inference_geo'), 'inference_geo');
  return geo === 'not_available' ? null : geo;
}

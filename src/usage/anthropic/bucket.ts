/** What the usage and cost exports of an Anthropic organisation have in common. */

import { badField, missingField } from '../../errors/usage-records.js';
import type { Mode } from '../../pricing/price.js';
import { columnsNamed } from '../reading/columns.js';
import type { Row } from '../reading/row.js';
import { bucketTime } from '../time/bucket-time.js';
import { parseTime, type RecordTime } from '../time/record-time.js';

/** Fields of a bucket of the Admin API. */
export const ANTHROPIC_TIMES = columnsNamed(['starting_at', 'ending_at']);
type TimeRow = Row<keyof typeof ANTHROPIC_TIMES>;

/** Throws BAD_FIELD, MISSING_FIELD. */
export const anthropicBucketTime = (bucket: TimeRow): RecordTime =>
  bucketTime(instantAt(bucket, 'starting_at'), instantAt(bucket, 'ending_at'), 'UTC', 'ending_at');

function instantAt(bucket: TimeRow, name: 'starting_at' | 'ending_at'): number {
  const value = bucket.cell(name);
  if (value === undefined || value === null) throw missingField(name, 'save the answer of the API as it came');
  return parseTime(value, 'UTC', name).at;
}

/** Columns of every export, as the Console names them and as the API does. */
export const ANTHROPIC_COLUMNS = {
  date: ['usage_date_utc'],
  model: ['model_version', 'model'],
  workspace: ['workspace', 'workspace_id'],
  mode: ['usage_type', 'service_tier'],
  speed: ['speed'],
  geo: ['inference_geo'],
  context: ['context_window'],
} as const;
type BilledRow = Row<keyof typeof ANTHROPIC_COLUMNS>;

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
 * @throws BAD_FIELD for a word not known: it must not be priced as standard
 */
export function anthropicMode(row: BilledRow): Mode {
  const word = row.text('mode');
  const mode = serviceMode(word);
  const known = `known are ${[...SERVICES.keys()].join(', ')}`;
  if (mode === null) throw badField(row.field('mode'), word, 'is not known', known);
  return isFast(row) ? 'fast' : mode;
}

/** Throws BAD_FIELD at `speed`. */
export function isFast(row: BilledRow): boolean {
  const speed = row.text('speed')?.toLowerCase() ?? 'standard';
  if (!['standard', 'fast', 'not_available'].includes(speed))
    throw badField(row.field('speed'), speed, 'is not known', 'known are standard and fast');
  return speed === 'fast';
}

/** Where inference ran, when the export says so: `global`, `us`. */
export function inferenceGeo(row: BilledRow): string | null {
  const geo = row.text('geo');
  return geo === 'not_available' ? null : geo;
}

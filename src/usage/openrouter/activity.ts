import { badRecord } from '../../errors.js';
import { totalTokens } from '../../pricing/token-classes.js';
import { NO_ORIGIN, usageEvent } from '../event.js';
import { decodeParts, partsIn } from '../reading/document.js';
import { isFields, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import type { ReadRow } from '../reading/row.js';
import { tagsOf } from '../reading/tags.js';
import type { Decoded } from '../source.js';
import { bucketStarting } from '../time/bucket-time.js';
import type { OPENROUTER_COLUMNS, OpenrouterRow } from './columns.js';
import { spendIn, tokensIn } from './figures.js';

/** One bucket of the activity, a row of the CSV or an object of the API. Throws BAD_FIELD, MISSING_FIELD. */
export function decodeActivity(row: OpenrouterRow): Decoded {
  const tokens = tokensIn(row);
  const requests = row.count('requests') ?? 0;
  if (requests === 0 && totalTokens(tokens) === 0) return { skipped: 'an empty bucket' };
  const event = usageEvent({
    ...bucketStarting(row.cell('date'), row.field('date')),
    model: modelOf([row.cell('model'), row.cell('otherModel')], row.field('model')),
    provider: 'openrouter',
    origin: { ...NO_ORIGIN, tags: tagsOf({ provider_name: row.text('upstream') }) },
    requests,
    tokens,
    statedCost: spendIn(row),
  });
  return { events: [event] };
}

/**
 * A whole answer `{ data: [bucket] }`, or one bucket. A bucket that must be rejected does not keep the others from being
 * read; its error names the field by its path, `data.3.requests`.
 *
 * @throws BAD_RECORD, and BAD_FIELD, MISSING_FIELD of a bucket alone
 */
export function decodeAnswer(value: unknown, read: ReadRow<keyof typeof OPENROUTER_COLUMNS>): Decoded {
  if (!isFields(value)) throw badRecord('is no answer of the activity API', 'save the answer of the API as it came');
  const data = valueAt(value, 'data');
  const decode = (bucket: unknown) => decodeActivity(read(bucket));
  return Array.isArray(data) ? decodeParts(partsIn(data, 'data'), decode, 'no usage in its buckets') : decode(value);
}

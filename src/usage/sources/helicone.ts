import { badField } from '../../errors.js';
import { NO_TOKENS } from '../../pricing/token-classes.js';
import { NO_ORIGIN, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { type Fields, isFields, shown, textOf } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { hasColumns, jsonCell, type Row, rowReader } from '../reading/row.js';
import { amountAt } from '../reading/stated-cost.js';
import { tagsOf } from '../reading/tags.js';
import type { Decoded, Source } from '../source.js';
import { latencyOf } from '../time/latency.js';
import { parseTime } from '../time/record-time.js';

const COLUMNS = ['response_id', 'request_created_at', 'model', 'prompt_tokens', 'completion_tokens', 'latency', 'cost'];
/** Properties that are sessions rather than tags. */
const SESSION = 'Helicone-Session-Id';

/**
 * Helicone's export of requests (CSV). `request_properties` is a JSON object of the caller's own properties, which
 * become tags; `cost` is what Helicone reckons, in US dollars; `latency` is in milliseconds. The export has no columns of
 * the cache and of reasoning, so those are not reported, and cached input is part of `prompt_tokens`. Times without an
 * offset are UTC.
 */
export const helicone: Source = {
  name: 'helicone',
  title: 'Helicone request export',
  kind: 'table',
  role: 'gateway',
  documentation: 'https://docs.helicone.ai/tools/export',
  account: null,
  reads: [...COLUMNS, 'response_created_at', 'response_status', 'request_properties', 'request_user_id'],
  key: 'response_id',
  recognises: (sample) =>
    'columns' in sample &&
    hasColumns(sample.columns, 'response_id', 'request_created_at', 'request_properties', 'model'),
  decoder: () => {
    const read = rowReader();
    return (record) => decodeRow(read(record.value));
  },
};

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeRow(row: Row): Decoded {
  const [input, output] = [row.count('prompt_tokens'), row.count('completion_tokens')];
  if ((input ?? 0) + (output ?? 0) === 0) return { skipped: 'no tokens' };
  const model = modelOf([row.cell('model')], 'model');
  const cost = row.text('cost');
  const properties = propertiesOf(row);
  const { [SESSION]: session, ...tags } = properties;
  return {
    events: [
      usageEvent({
        id: row.text('response_id'),
        ...instantOf(row),
        model,
        provider: providerOf(model, null),
        origin: { ...NO_ORIGIN, user: row.text('request_user_id'), tags: tagsOf(tags) },
        session: textOf(session, SESSION),
        tokens: { ...NO_TOKENS, input, output },
        status: row.text('response_status'),
        latencyMs: latencyOf(row.cell('latency')),
        statedCost: cost === null ? null : amountAt('cost', cost, 'USD'),
      }),
    ],
  };
}

function instantOf(row: Row) {
  const field = row.text('request_created_at') === null ? 'response_created_at' : 'request_created_at';
  return parseTime(row.cell(field), 'UTC', field);
}

function propertiesOf(row: Row): Fields {
  const properties = jsonCell(row.cell('request_properties'), 'request_properties') ?? {};
  if (!isFields(properties))
    throw badField('request_properties', shown(properties), 'is no object', 'export it as Helicone does');
  return properties;
}

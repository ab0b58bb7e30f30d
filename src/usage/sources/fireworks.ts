import { NO_TOKENS } from '../../pricing/token-classes.js';
import { NO_ORIGIN, usageEvent } from '../event.js';
import { quantityOf } from '../reading/count.js';
import { modelOf } from '../reading/model-name.js';
import { NO_MODEL } from '../reading/no-model.js';
import { hasColumns, type Row, rowReader } from '../reading/row.js';
import type { Decoded, Source } from '../source.js';
import { bucketTime } from '../time/bucket-time.js';
import { parseTime } from '../time/record-time.js';

const COLUMNS = [
  ...['email', 'start_time', 'end_time', 'usage_type', 'accelerator_type', 'accelerator_seconds', 'base_model_name'],
  ...['model_bucket', 'prompt_tokens', 'completion_tokens'],
];

/**
 * The billing metrics of Fireworks (CSV): one row per user, model, kind of usage and bucket of UTC. It states tokens and
 * seconds of accelerators but no money. Cached input is part of `prompt_tokens` and not told apart. The e-mail address is
 * all that names the user. A row without a base model has its price bucket as model, and
 * seconds of accelerators may have none.
 */
export const fireworks: Source = {
  name: 'fireworks',
  title: 'Fireworks billing metrics',
  kind: 'table',
  role: 'bill',
  documentation: 'https://docs.fireworks.ai/accounts/exporting-billing-metrics',
  account: null,
  reads: COLUMNS,
  key: 'bucket and all its dimensions',
  recognises: (sample) =>
    'columns' in sample &&
    hasColumns(sample.columns, 'start_time', 'end_time', 'usage_type', 'base_model_name', 'prompt_tokens'),
  decoder: () => {
    const read = rowReader();
    return (record) => decodeRow(read(record.value));
  },
};

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeRow(row: Row): Decoded {
  const [input, output] = [row.count('prompt_tokens'), row.count('completion_tokens')];
  const seconds = quantityOf(row.text('accelerator_seconds'), 'accelerator_seconds') ?? 0n;
  const tokens = (input ?? 0) + (output ?? 0);
  if (tokens === 0 && seconds === 0n) return { skipped: 'an empty bucket' };
  const [start, end] = ['start_time', 'end_time'].map((name) => parseTime(row.cell(name), 'UTC', name).at);
  const usageType = row.text('usage_type') ?? '';
  const [accelerator, user] = [row.text('accelerator_type'), row.text('email')];
  return {
    events: [
      usageEvent({
        ...bucketTime(start!, end!, 'UTC', 'end_time'),
        model: modelOf(
          [row.cell('base_model_name'), row.cell('model_bucket'), tokens === 0 ? NO_MODEL : null],
          'base_model_name',
        ),
        provider: 'fireworks',
        origin: {
          ...NO_ORIGIN,
          user,
          tags: { ...(accelerator === null ? {} : { accelerator }), ...(usageType === '' ? {} : { usage: usageType }) },
        },
        requests: 0,
        tokens: { ...NO_TOKENS, input, output },
        quantities: seconds === 0n ? {} : { accelerator_second: seconds },
        mode: /batch/i.test(usageType) ? 'batch' : 'standard',
      }),
    ],
  };
}

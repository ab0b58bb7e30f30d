import { NO_TOKENS } from '../../pricing/token-classes.js';
import { NO_ORIGIN, usageEvent } from '../event.js';
import { columnsNamed, hasColumns, namesIn } from '../reading/columns.js';
import { quantityOf } from '../reading/count.js';
import { modelOf, NO_MODEL } from '../reading/model-name.js';
import { tables } from '../reading/recognise.js';
import { decodeRows, type Row } from '../reading/row.js';
import { tagsOf } from '../reading/tags.js';
import type { Decoded, Source } from '../source.js';
import { bucketTime } from '../time/bucket-time.js';
import { parseTime } from '../time/record-time.js';

const COLUMNS = columnsNamed([
  ...(['email', 'start_time', 'end_time', 'usage_type', 'accelerator_type', 'accelerator_seconds'] as const),
  ...(['base_model_name', 'model_bucket', 'prompt_tokens', 'completion_tokens'] as const),
]);
type MetricRow = Row<keyof typeof COLUMNS>;

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
  reads: namesIn(COLUMNS),
  key: 'bucket and all its dimensions',
  recognises: tables((headers) =>
    hasColumns(headers, 'start_time', 'end_time', 'usage_type', 'base_model_name', 'prompt_tokens'),
  ),
  decoder: decodeRows(COLUMNS, decodeRow),
};

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeRow(row: MetricRow): Decoded {
  const [input, output] = [row.count('prompt_tokens'), row.count('completion_tokens')];
  const seconds = quantityOf(row.text('accelerator_seconds'), row.field('accelerator_seconds')) ?? 0n;
  const tokens = (input ?? 0) + (output ?? 0);
  if (tokens === 0 && seconds === 0n) return { skipped: 'an empty bucket' };
  const usage = row.text('usage_type');
  return {
    events: [
      usageEvent({
        ...bucketTime(timeAt(row, 'start_time'), timeAt(row, 'end_time'), 'UTC', row.field('end_time')),
        model: modelOf(
          [row.cell('base_model_name'), row.cell('model_bucket'), tokens === 0 ? NO_MODEL : null],
          row.field('base_model_name'),
        ),
        provider: 'fireworks',
        origin: {
          ...NO_ORIGIN,
          user: row.text('email'),
          tags: tagsOf({ accelerator: row.text('accelerator_type'), usage }),
        },
        requests: 0,
        tokens: { ...NO_TOKENS, input, output },
        quantities: seconds === 0n ? {} : { accelerator_second: seconds },
        mode: /batch/i.test(usage ?? '') ? 'batch' : 'standard',
      }),
    ],
  };
}

const timeAt = (row: MetricRow, name: 'start_time' | 'end_time'): number =>
  parseTime(row.cell(name), 'UTC', row.field(name)).at;

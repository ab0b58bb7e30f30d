import { NO_TOKENS } from '../../pricing/token-classes.js';
import { NO_ORIGIN, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { columnsNamed, hasColumns, namesIn } from '../reading/columns.js';
import { textOf } from '../reading/fields.js';
import { objectCell } from '../reading/json-cell.js';
import { modelOf } from '../reading/model-name.js';
import { tables } from '../reading/recognise.js';
import { decodeRows, type Row } from '../reading/row.js';
import { dollarsOf } from '../reading/stated-cost.js';
import { tagsOf } from '../reading/tags.js';
import type { Decoded, Source } from '../source.js';
import { latencyOf } from '../time/latency.js';
import { parseTime } from '../time/record-time.js';

const COLUMNS = columnsNamed([
  ...(['response_id', 'request_created_at', 'model', 'prompt_tokens', 'completion_tokens', 'latency', 'cost'] as const),
  ...(['response_created_at', 'response_status', 'request_properties', 'request_user_id'] as const),
]);
type RequestRow = Row<keyof typeof COLUMNS>;
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
  reads: namesIn(COLUMNS),
  key: 'response_id',
  recognises: tables((headers) =>
    hasColumns(headers, 'response_id', 'request_created_at', 'request_properties', 'model'),
  ),
  decoder: decodeRows(COLUMNS, decodeRow),
};

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeRow(row: RequestRow): Decoded {
  const [input, output] = [row.count('prompt_tokens'), row.count('completion_tokens')];
  if ((input ?? 0) + (output ?? 0) === 0) return { skipped: 'no tokens' };
  const model = modelOf([row.cell('model')], row.field('model'));
  const { [SESSION]: session, ...tags } = objectCell(row.cell('request_properties'), row.field('request_properties'));
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
        latencyMs: latencyOf(row.cell('latency'), row.field('latency')),
        statedCost: dollarsOf(row.cell('cost'), row.field('cost')),
      }),
    ],
  };
}

function instantOf(row: RequestRow) {
  const name = row.text('request_created_at') === null ? 'response_created_at' : 'request_created_at';
  return parseTime(row.cell(name), 'UTC', row.field(name));
}

import type { Mode } from '../../pricing/price.js';
import { type TokenClasses, totalTokens } from '../../pricing/token-classes.js';
import { type UsageEvent, usageEvent } from '../event.js';
import { columnsNamed } from '../reading/columns.js';
import { freshInput, quantityOf } from '../reading/count.js';
import { isTrue } from '../reading/fields.js';
import { modeOf } from '../reading/mode.js';
import { modelOf, NO_MODEL } from '../reading/model-name.js';
import type { Row } from '../reading/row.js';
import type { RecordTime } from '../time/record-time.js';
import { OPENAI_ORIGINS, OPENAI_TIMES, openaiOrigin } from './bucket.js';

/** Quantities by the column that states them. */
const QUANTITIES = {
  input_audio_tokens: 'audio_input_tokens',
  input_image_tokens: 'image_input_tokens',
  output_audio_tokens: 'audio_output_tokens',
  images: 'image',
  characters: 'character',
  seconds: 'second',
  num_sessions: 'call:code_interpreter',
} as const;
const QUANTITY_COLUMNS = Object.keys(QUANTITIES) as readonly (keyof typeof QUANTITIES)[];

/** Columns of the CSV, and fields of a result of the API. */
export const OPENAI_USAGE_COLUMNS = {
  ...OPENAI_TIMES,
  ...OPENAI_ORIGINS,
  ...columnsNamed(['object', 'model', 'batch', 'service_tier', 'num_model_requests', 'num_requests', 'input_tokens']),
  ...columnsNamed(['input_cached_tokens', 'input_cache_write_tokens', 'input_uncached_tokens', 'output_tokens']),
  ...columnsNamed(QUANTITY_COLUMNS),
};
type UsageRow = Row<Exclude<keyof typeof OPENAI_USAGE_COLUMNS, keyof typeof OPENAI_TIMES>>;

/**
 * The event of one row or result; none where it counts nothing.
 *
 * @throws BAD_FIELD
 */
export function openaiUsageEvents(row: UsageRow, time: RecordTime): readonly UsageEvent[] {
  const tokens = tokensOf(row);
  const quantities = quantitiesOf(row);
  const requests = row.count('num_model_requests') ?? 0;
  if (requests === 0 && totalTokens(tokens) === 0 && Object.keys(quantities).length === 0) return [];
  const model = modelOf([row.cell('model'), NO_MODEL], row.field('model'));
  const origin = openaiOrigin(row);
  return [usageEvent({ ...time, model, provider: 'openai', origin, requests, tokens, quantities, mode: modeAt(row) })];
}

function tokensOf(row: UsageRow): TokenClasses {
  const [cacheRead, cacheWrite5m] = [row.count('input_cached_tokens'), row.count('input_cache_write_tokens')];
  const fresh = freshInput(
    row.count('input_tokens'),
    (cacheRead ?? 0) + (cacheWrite5m ?? 0),
    row.field('input_tokens'),
    'export it again',
  );
  const input = fresh ?? row.count('input_uncached_tokens');
  return { input, cacheRead, cacheWrite5m, cacheWrite1h: null, output: row.count('output_tokens'), reasoning: null };
}

/** Zeros are left out: they say no more than their absence. */
function quantitiesOf(row: UsageRow): Readonly<Record<string, bigint>> {
  const stated = QUANTITY_COLUMNS.map((name) => [QUANTITIES[name], quantityAt(row, name)] as const);
  const calls = [toolOf(row), quantityAt(row, 'num_requests')] as const;
  return Object.fromEntries([...stated, calls].filter(([, amount]) => amount !== 0n));
}

const quantityAt = (row: UsageRow, name: keyof typeof QUANTITIES | 'num_requests'): bigint =>
  quantityOf(row.cell(name), row.field(name)) ?? 0n;

/** `organization.usage.web_search_calls.result` counts calls of a tool. */
const toolOf = (row: UsageRow): string =>
  `call:${/^organization\.usage\.([a-z_]+)_calls\.result$/.exec(String(row.cell('object')))?.[1] ?? 'tool'}`;

/** `batch` decides over the tier. JSON has a boolean there, a CSV its text. */
const modeAt = (row: UsageRow): Mode =>
  isTrue(row.cell('batch'), row.field('batch')) ? 'batch' : (modeOf(row.cell('service_tier'), null) ?? 'standard');

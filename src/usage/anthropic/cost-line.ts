import type { Amount } from '../../pricing/money.js';
import { creditKind } from '../bills/credit-kind.js';
import { type Origin, type UsageEvent, usageEvent } from '../event.js';
import { isNegative, isZero, subtractAmounts } from '../reading/amounts.js';
import { type Fields, textOf, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { NOT_GROUPED } from '../reading/not-grouped.js';
import { tagsOf } from '../reading/tags.js';
import type { RecordTime } from '../time/record-time.js';
import { inferenceGeo, isFast, serviceMode } from './bucket.js';
import { contextTierOf } from './context-window.js';
import { claudeModelId } from './display-name.js';

/** A line of a cost export: what is owed, and what it costs by the price list where the export says so. */
export interface AnthropicCost {
  readonly owed: Amount;
  readonly listed: Amount | null;
  readonly origin: Origin;
  /** Name of the field that holds the kind of service. */
  readonly modeName: string;
}

/** Words of `cost_type` for tokens; the others are `web_search`, `code_execution`, `session_usage`. */
const TOKEN_COSTS: readonly string[] = ['token', 'tokens'];

/**
 * The events of one line: the usage at the price list's amount, and what was taken off it (a discount) or added to it,
 * so that both together are what is owed; none where the line costs nothing by either. What it is a cost of is a tag,
 * since the export has no token counts. A cost without a model (web searches, code execution) is named by its type. A kind
 * of service not known is kept as a tag and does no harm: without tokens nothing is priced by it.
 *
 * @throws BAD_FIELD
 */
export function anthropicCostEvents(
  fields: Fields,
  time: RecordTime,
  { owed, listed, origin, modeName }: AnthropicCost,
): readonly UsageEvent[] {
  const text = (name: string) => textOf(valueAt(fields, name), name);
  const type = text('cost_type');
  const other = type === null || TOKEN_COSTS.includes(type) ? null : type;
  const model = claudeModelId(modelOf([valueAt(fields, 'model'), other, NOT_GROUPED], 'model'));
  const service = text(modeName);
  const mode = serviceMode(service);
  const tags = tagsOf({
    token_type: text('token_type'),
    cost_type: other,
    usage_type: mode === null ? service : null,
    inference_geo: inferenceGeo(fields),
  });
  const line = {
    ...time,
    model,
    provider: 'anthropic',
    origin: { ...origin, tags: { ...origin.tags, ...tags } },
    requests: 0,
    mode: isFast(fields) ? 'fast' : (mode ?? 'standard'),
    tierUpTo: contextTierOf(valueAt(fields, 'context_window'), 'context_window'),
  };
  return chargesOf(owed, listed, text('description')).map((charge) => usageEvent({ ...line, ...charge }));
}

type Charged = Pick<UsageEvent, 'charge' | 'statedCost'>;

function chargesOf(owed: Amount, listed: Amount | null, words: string | null): readonly Charged[] {
  if (isNegative(owed)) return [{ charge: creditKind(words), statedCost: owed }];
  const usage = listed ?? owed;
  const difference = subtractAmounts(owed, usage);
  const charges: readonly Charged[] = [
    { charge: 'usage', statedCost: usage },
    { charge: isNegative(difference) ? 'discount' : 'other', statedCost: difference },
  ];
  return charges.filter(({ statedCost }) => statedCost !== null && !isZero(statedCost));
}

import type { Amount } from '../../pricing/money.js';
import { creditKind } from '../bills/credit-kind.js';
import { NO_ORIGIN, type UsageEvent, usageEvent } from '../event.js';
import { isNegative, isZero, subtractAmounts } from '../reading/amounts.js';
import { modelOf, NO_MODEL } from '../reading/model-name.js';
import type { Row } from '../reading/row.js';
import { tagsOf } from '../reading/tags.js';
import type { RecordTime } from '../time/record-time.js';
import { ANTHROPIC_COLUMNS, inferenceGeo, isFast, serviceMode } from './bucket.js';
import { contextTierOf } from './context-window.js';
import { claudeModelId } from './display-name.js';

/** As the Console names them, and as the API does; the Console's list price tells the usage from its discount. */
export const COST_COLUMNS = {
  ...ANTHROPIC_COLUMNS,
  keyName: ['api_key'],
  keyId: ['api_key_id'],
  tokenType: ['token_type'],
  costType: ['cost_type'],
  description: ['description'],
  cost: ['cost_usd'],
  listed: ['list_price_usd'],
  amount: ['amount'],
  currency: ['currency'],
} as const;
export type CostRow = Row<keyof typeof COST_COLUMNS>;

/** What a line says is owed, and what it costs by the price list where the export says so. */
export interface AnthropicCost {
  readonly owed: Amount;
  readonly listed: Amount | null;
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
export function anthropicCostEvents(row: CostRow, time: RecordTime, cost: AnthropicCost): readonly UsageEvent[] {
  const type = row.text('costType');
  const other = type === null || TOKEN_COSTS.includes(type) ? null : type;
  const service = row.text('mode');
  const mode = serviceMode(service);
  const tags = tagsOf({
    token_type: row.text('tokenType'),
    cost_type: other,
    usage_type: mode === null ? service : null,
    inference_geo: inferenceGeo(row),
  });
  const line = {
    ...time,
    model: claudeModelId(modelOf([row.cell('model'), other, NO_MODEL], row.field('model'))),
    provider: 'anthropic',
    origin: { ...NO_ORIGIN, key: row.firstText('keyName', 'keyId'), workspace: row.text('workspace'), tags },
    requests: 0,
    mode: isFast(row) ? 'fast' : (mode ?? 'standard'),
    tierUpTo: contextTierOf(row.cell('context'), row.field('context')),
  };
  return chargesOf(cost, row.text('description')).map((charge) => usageEvent({ ...line, ...charge }));
}

type Charged = Pick<UsageEvent, 'charge' | 'statedCost'>;

function chargesOf({ owed, listed }: AnthropicCost, words: string | null): readonly Charged[] {
  if (isNegative(owed)) return [{ charge: creditKind(words), statedCost: owed }];
  const usage = listed ?? owed;
  const difference = subtractAmounts(owed, usage);
  const charges: readonly Charged[] = [
    { charge: 'usage', statedCost: usage },
    { charge: isNegative(difference) ? 'discount' : 'other', statedCost: difference },
  ];
  return charges.filter(({ statedCost }) => statedCost !== null && !isZero(statedCost));
}

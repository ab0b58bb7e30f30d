import type { Amount } from '../../pricing/money.js';
import { NO_TOKENS } from '../../pricing/token-classes.js';
import { creditKind } from '../bills/credit-kind.js';
import { type Origin, type UsageEvent, usageEvent } from '../event.js';
import { isNegative, isZero } from '../reading/amounts.js';
import { countOf, millionthsOfCount, quantityOf } from '../reading/count.js';
import { type Fields, textOf, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { NOT_GROUPED } from '../reading/not-grouped.js';
import { tagsOf } from '../reading/tags.js';
import type { RecordTime } from '../time/record-time.js';
import { openaiOrigin } from './bucket.js';
import { type LineItem, lineItemOf } from './line-item.js';

/** What is read of a row of the CSV, or of a result of the API, beside its amount. */
export const OPENAI_COST_FIELDS: readonly string[] = [
  ...['quantity', 'quantity_unit', 'line_item', 'project_id', 'user_id', 'api_key_id', 'organization_id'],
];

/**
 * The event of one line; none where it charges nothing. A negative amount takes something off the bill and is no usage.
 *
 * @throws BAD_FIELD
 */
export function openaiCostEvents(fields: Fields, amount: Amount | null, time: RecordTime): readonly UsageEvent[] {
  const stated = textOf(valueAt(fields, 'line_item'), 'line_item');
  const item = lineItemOf(stated ?? NOT_GROUPED);
  const isCredit = amount !== null && isNegative(amount);
  const used = isCredit ? NOTHING : usedOf(fields, item);
  if ((amount === null || isZero(amount)) && used === NOTHING) return [];
  const event = usageEvent({
    ...time,
    model: modelOf([item.model], 'line_item'),
    provider: 'openai',
    origin: originOf(fields, item),
    requests: 0,
    ...used,
    mode: item.mode,
    charge: isCredit ? creditKind(stated) : 'usage',
    statedCost: amount,
  });
  return [event];
}

type Used = Pick<UsageEvent, 'tokens' | 'quantities'>;
const NOTHING: Used = { tokens: NO_TOKENS, quantities: {} };

/** Units of `quantity` besides tokens, by the quantity they are. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['duration_seconds', 'second'],
  ['seconds', 'second'],
  ['images', 'image'],
  ['characters', 'character'],
]);

/** What the line charges for; a quantity without a unit counts tokens where the line item names a class of them. */
function usedOf(fields: Fields, item: LineItem): Used {
  const quantity = valueAt(fields, 'quantity');
  const unit = textOf(valueAt(fields, 'quantity_unit'), 'quantity_unit')?.toLowerCase() ?? 'tokens';
  if (unit === 'tokens') return item.tokens === null ? NOTHING : tokensOf(quantity, item.tokens, item.part);
  const name = UNITS.get(unit);
  const amount = name === undefined ? null : quantityOf(quantity, 'quantity');
  return name === undefined || amount === null ? NOTHING : { ...NOTHING, quantities: { [name]: amount } };
}

function tokensOf(quantity: unknown, tokens: NonNullable<LineItem['tokens']>, part: string | null): Used {
  const count = countOf(quantity, 'quantity');
  if (count === null) return NOTHING;
  return {
    tokens: { ...NO_TOKENS, [tokens]: count },
    quantities: part === null || count === 0 ? {} : { [part]: millionthsOfCount(count, 'quantity') },
  };
}

const originOf = (fields: Fields, { isLongContext }: LineItem): Origin => ({
  ...openaiOrigin(fields),
  tags: tagsOf({ organization: valueAt(fields, 'organization_id'), context: isLongContext ? 'long' : null }),
});

import type { Amount } from '../../pricing/money.js';
import { NO_TOKENS } from '../../pricing/token-classes.js';
import { creditKind } from '../bills/credit-kind.js';
import { type Origin, type UsageEvent, usageEvent } from '../event.js';
import { isNegative, isZero } from '../reading/amounts.js';
import { columnsNamed } from '../reading/columns.js';
import { millionthsOfCount, quantityOf } from '../reading/count.js';
import { modelOf, NO_MODEL } from '../reading/model-name.js';
import type { Row } from '../reading/row.js';
import { tagsOf } from '../reading/tags.js';
import type { RecordTime } from '../time/record-time.js';
import { OPENAI_ORIGINS, OPENAI_TIMES, openaiOrigin } from './bucket.js';
import { type LineItem, lineItemOf } from './line-item.js';

/** Columns of the CSV, and fields of a result of the API, which has an object `amount`. */
export const OPENAI_COST_COLUMNS = {
  ...OPENAI_TIMES,
  ...OPENAI_ORIGINS,
  ...columnsNamed(['quantity', 'quantity_unit', 'line_item', 'organization_id']),
  ...columnsNamed(['amount_value', 'amount_currency', 'amount']),
};
export type OpenaiCostRow = Row<Exclude<keyof typeof OPENAI_COST_COLUMNS, keyof typeof OPENAI_TIMES>>;

/**
 * The event of one line; none where it charges nothing. A negative amount takes something off the bill and is no usage.
 *
 * @throws BAD_FIELD
 */
export function openaiCostEvents(row: OpenaiCostRow, amount: Amount | null, time: RecordTime): readonly UsageEvent[] {
  const stated = row.text('line_item');
  const item = lineItemOf(stated ?? NO_MODEL);
  const isCredit = amount !== null && isNegative(amount);
  const used = isCredit ? NOTHING : usedOf(row, item);
  if ((amount === null || isZero(amount)) && used === NOTHING) return [];
  const event = usageEvent({
    ...time,
    model: modelOf([item.model], row.field('line_item')),
    provider: 'openai',
    origin: originOf(row, item),
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
function usedOf(row: OpenaiCostRow, item: LineItem): Used {
  const unit = row.text('quantity_unit')?.toLowerCase() ?? 'tokens';
  if (unit === 'tokens') return item.tokens === null ? NOTHING : tokensOf(row, item.tokens, item.part);
  const name = UNITS.get(unit);
  const amount = name === undefined ? null : quantityOf(row.cell('quantity'), row.field('quantity'));
  return name === undefined || amount === null ? NOTHING : { ...NOTHING, quantities: { [name]: amount } };
}

function tokensOf(row: OpenaiCostRow, tokens: NonNullable<LineItem['tokens']>, part: string | null): Used {
  const count = row.count('quantity');
  if (count === null) return NOTHING;
  return {
    tokens: { ...NO_TOKENS, [tokens]: count },
    quantities: part === null || count === 0 ? {} : { [part]: millionthsOfCount(count, row.field('quantity')) },
  };
}

const originOf = (row: OpenaiCostRow, { isLongContext }: LineItem): Origin => ({
  ...openaiOrigin(row),
  tags: tagsOf({ organization: row.text('organization_id'), context: isLongContext ? 'long' : null }),
});

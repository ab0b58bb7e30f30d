import { badField, badRecord, TokenhubError } from '../../errors.js';
import { BILL_COLUMNS, billItem, billRows, hasBillColumns, isBillItem } from '../alibaba-bill/columns.js';
import { type BillContext, decodeBillLine } from '../alibaba-bill/line.js';
import type { UsageEvent } from '../event.js';
import { fieldsAt, isFields, shown, textOf, valueAt } from '../reading/fields.js';
import type { DecodeContext, Decoded, RawRecord, Source } from '../source.js';

const COMMON = {
  name: 'alibaba-bill',
  role: 'bill',
  documentation: 'https://www.alibabacloud.com/help/en/model-studio/bill-query-and-cost-management',
  account: null,
  reads: Object.values(BILL_COLUMNS).flat(),
  key: 'hour, day or month (UTC+8) and all dimensions: account, instance, tags, tier, kind of charge',
} as const;

/**
 * Bills of Bailian (Model Studio) exported as CSV: `consumedetailbill_v2` with headers `组/列`, or the English export, by
 * hour, day or month. One line is one type of tokens of one key, workspace, model and channel, all in the instance id (see
 * `billInstance`); lines of one bucket add up. Cached tokens are lines of their own. The usage is in units such as
 * `1K tokens` and becomes whole tokens; free quotas and plans cover the part that was deducted. Usage costs the list
 * total; discounts, coupons, tax and what else leads to the amount payable are charges of their own. Times are UTC+8.
 * A month is final at noon of the 3rd of the next one; until then its lines grow.
 */
export const alibabaBillCsv: Source = {
  ...COMMON,
  title: 'Bailian (Model Studio) bill',
  kind: 'table',
  recognises: (sample) => 'columns' in sample && hasBillColumns(sample.columns),
  decoder: ({ at }) => {
    const rows = billRows();
    return ({ value }) => {
      if (!isFields(value)) throw badRecord('is no row of a table', 'export the bill as CSV');
      return decodeBillLine(rows(value), { cycle: null, at });
    };
  },
};

/**
 * The same bill by the billing API: `DescribeInstanceBill`, whole answers (`Data.Items`) or one item a line. Without a
 * granularity of days an item is its billing month, which only the answer around it names.
 */
export const alibabaBillJson: Source = {
  ...COMMON,
  title: 'Bailian (Model Studio) bill, billing API',
  kind: 'json',
  recognises: (sample) => 'value' in sample && (isBillItem(sample.value) || itemsIn(sample.value).some(isBillItem)),
  decoder: (context) => (record) => decodeDocument(record, context),
};

/** `Data.Items`, which the older operations wrap once more, as `Data.Items.Item`. */
function itemsIn(value: unknown): readonly unknown[] {
  const data = isFields(value) ? fieldsAt(value, 'Data') : null;
  const items = data === null ? undefined : valueAt(data, 'Items');
  const list = isFields(items) ? valueAt(items, 'Item') : items;
  return Array.isArray(list) ? list : [];
}

function decodeDocument({ value }: RawRecord, { at }: DecodeContext): Decoded {
  if (!isFields(value))
    throw badRecord('is no JSON object', 'a bill is an answer of the billing API, or one item a line');
  const data = fieldsAt(value, 'Data');
  if (data === null) return decodeBillLine(billItem(value), { cycle: null, at });
  const cycle = textOf(valueAt(data, 'BillingCycle'), 'Data.BillingCycle');
  return decodeItems(itemsIn(value), { cycle, at });
}

function decodeItems(items: readonly unknown[], context: BillContext): Decoded {
  const events: UsageEvent[] = [];
  const rejects: TokenhubError[] = [];
  for (const [index, item] of items.entries()) {
    const decoded = decodeItem(item, `Data.Items.${index}`, context);
    if (decoded instanceof TokenhubError) rejects.push(decoded);
    else if ('events' in decoded) events.push(...decoded.events);
  }
  return events.length + rejects.length === 0 ? { skipped: 'no usage and no amount' } : { events, rejects };
}

/** An error of an item names the item too. */
function decodeItem(item: unknown, path: string, context: BillContext): Decoded | TokenhubError {
  try {
    if (!isFields(item)) throw badField(path, shown(item), 'is no object', 'keep the answer of the API as it is');
    return decodeBillLine(billItem(item), context);
  } catch (error) {
    if (!(error instanceof TokenhubError)) throw error;
    const { field } = error.place;
    return field === undefined || field === path ? error : error.movedTo({ ...error.place, field: `${path}.${field}` });
  }
}

import { BILL_COLUMNS, billRows, hasBillColumns, isBillItem } from '../alibaba-bill/columns.js';
import { decodeBillLine } from '../alibaba-bill/line.js';
import { namesIn } from '../reading/columns.js';
import { decodeParts, partsIn } from '../reading/document.js';
import { type Fields, fieldsAt, fieldsOf, isFields, textOf, valueAt } from '../reading/fields.js';
import { objects, tables } from '../reading/recognise.js';
import type { DecodeContext, Decoded, RawRecord, Source } from '../source.js';

const COMMON = {
  name: 'alibaba-bill',
  role: 'bill',
  documentation: 'https://www.alibabacloud.com/help/en/model-studio/bill-query-and-cost-management',
  account: null,
  reads: namesIn(BILL_COLUMNS),
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
  recognises: tables(hasBillColumns),
  decoder: ({ at }) => {
    const read = billRows();
    return (record) => decodeBillLine(read(record), { cycle: null, at });
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
  recognises: objects((value) => isBillItem(value) || itemsIn(value).some(isBillItem)),
  decoder: documentDecoder,
};

/** `Data.Items`, which the older operations wrap once more, as `Data.Items.Item`. */
function itemsIn(answer: Fields): readonly unknown[] {
  const data = fieldsAt(answer, 'Data');
  const items = data === null ? undefined : valueAt(data, 'Items');
  const list = isFields(items) ? valueAt(items, 'Item') : items;
  return Array.isArray(list) ? list : [];
}

function documentDecoder({ at }: DecodeContext): (record: RawRecord) => Decoded {
  const read = billRows();
  return ({ value }) => {
    const answer = fieldsOf(value, 'a bill is an answer of the billing API, or one item a line');
    const data = fieldsAt(answer, 'Data');
    if (data === null) return decodeBillLine(read({ value }), { cycle: null, at });
    const cycle = textOf(valueAt(data, 'BillingCycle'), 'Data.BillingCycle');
    const decode = (item: unknown) => decodeBillLine(read({ value: item }), { cycle, at });
    return decodeParts(partsIn(itemsIn(answer), 'Data.Items'), decode, 'no usage and no amount');
  };
}

/** Columns of Alibaba Cloud's bills, in the spellings of its exports and of its billing API. */

import { plainHeader } from '../own-fields.js';
import { type Fields, isFields } from '../reading/fields.js';
import { type Columns, findColumns, openRow, type Row, rowOpener } from '../reading/table-row.js';

export const BILL_COLUMNS = {
  month: ['账单月份', '账期', 'Billing Month', 'Billing Cycle'],
  date: ['账单日期', 'Billing Date', 'Billing Date (UTC+8)'],
  hour: ['Hour', '小时'],
  time: ['消费时间', 'Consumption Time', 'Usage Time'],
  from: ['服务开始时间', 'Service Start Time'],
  to: ['服务结束时间', 'Service End Time'],
  fee: ['费用类型', 'Line Item Type', 'Fee Type', 'Item'],
  account: ['资源购买账号ID', 'Resource Purchase Account ID', 'BillAccountID', '账号ID', 'Account ID'],
  product: ['产品名称', 'Product Name'],
  commodity: ['商品名称', 'Commodity Name', 'Product Detail'],
  itemCode: ['计费项Code', 'Billable Item Code', 'Billing Item Code'],
  item: ['计费项名称', 'Billable Item', 'Billing Item'],
  instance: ['实例ID（出账粒度）', '资产/资源实例ID', '实例ID', 'Instance ID'],
  tags: ['实例标签', '资源标签', 'Instance Tags', 'Instance Tag', 'Tag'],
  region: ['地域Code', 'Region Code', 'Region ID', '地域', 'Region'],
  before: ['抵扣前用量', 'Usage Before Deduction'],
  deducted: ['抵扣用量', 'Deducted Usage', 'Usage Deducted'],
  usage: ['用量', 'Usage'],
  packaged: ['资源包抵扣', 'DeductedByResourcePackage'],
  unit: ['用量单位', 'Usage Unit'],
  currency: ['定价币种', '币种', 'Currency'],
  list: ['目录总价', 'Catalogue Gross Amount', 'Pretax Gross Amount'],
  discount: ['优惠金额', 'Discount Amount', 'Invoice Discount'],
  coupons: ['优惠券抵扣金额', '优惠券抵扣', 'Coupon Deduction', 'Deducted By Coupons'],
  reduced: ['优惠后金额', 'Amount After Reduction', 'Amount After Price Reduction', 'After Discount Amount'],
  tax: ['税额', '税金', '税费', 'Tax', 'Tax Amount'],
  payable: ['应付金额（含税）', '应付金额', 'Payable Amount', 'Pretax Amount'],
} as const;
export type BillColumn = keyof typeof BILL_COLUMNS;
export type BillRow = Row<BillColumn>;

/** Chinese exports put a group before each name, `用量信息/用量`, and write parentheses full width. */
const plain = (header: string): string =>
  plainHeader(
    header
      .slice(header.lastIndexOf('/') + 1)
      .replace(/（/g, '(')
      .replace(/）/g, ')'),
  );

/** Opens the rows of one CSV file. */
export const billRows = (): ((fields: Fields) => BillRow) => rowOpener(BILL_COLUMNS, plain);

/** Opens one item of the billing API, which leaves out what it has nothing to say of. */
export const billItem = (item: Fields): BillRow =>
  openRow(item, findColumns(Object.keys(item), BILL_COLUMNS, plain), BILL_COLUMNS);

/** A bill by instance says which one, how much was used and in which unit. */
export function hasBillColumns(columns: readonly string[]): boolean {
  const found = findColumns(columns, BILL_COLUMNS, plain);
  return (['instance', 'usage', 'unit'] as const).every((name) => found.has(name)) && hasTime(found);
}

const hasTime = (found: Columns<BillColumn>): boolean =>
  (['month', 'date', 'time'] as const).some((name) => found.has(name));

/** Names of an item of `DescribeInstanceBill` or `QueryInstanceBill`. */
export const isBillItem = (value: unknown): value is Fields =>
  isFields(value) &&
  Object.hasOwn(value, 'InstanceID') &&
  ['UsageUnit', 'PretaxAmount', 'PretaxGrossAmount'].some((name) => Object.hasOwn(value, name));

/** Columns of Alibaba Cloud's bills, in the spellings of its exports and of its billing API. */

import type { Decimal } from '../../pricing/decimal.js';
import { findColumns, plainHeader } from '../reading/columns.js';
import { decimalOf } from '../reading/decimals.js';
import { isFields } from '../reading/fields.js';
import { type ReadRow, type Row, rowReader } from '../reading/row.js';

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

/** Reads the rows of one CSV file, or items of the billing API, which leave out what they have nothing to say of. */
export const billRows = (): ReadRow<BillColumn> => rowReader(BILL_COLUMNS, plain);

/** A bill by instance says which one, how much was used, in which unit and when. */
export function hasBillColumns(headers: readonly string[]): boolean {
  const found = findColumns(headers, BILL_COLUMNS, plain);
  const isTimed = found.has('month') || found.has('date') || found.has('time');
  return isTimed && found.has('instance') && found.has('usage') && found.has('unit');
}

/** Names of an item of `DescribeInstanceBill` or `QueryInstanceBill`. */
export const isBillItem = (value: unknown): boolean =>
  isFields(value) &&
  Object.hasOwn(value, 'InstanceID') &&
  ['UsageUnit', 'PretaxAmount', 'PretaxGrossAmount'].some((name) => Object.hasOwn(value, name));

/** An exact number; `null` when the cell is absent, blank, `-` or `NULL`. Throws BAD_FIELD. */
export function decimalAt(row: BillRow, name: BillColumn): Decimal | null {
  const text = row.text(name);
  return text === null || text === '-' || text.toUpperCase() === 'NULL' ? null : decimalOf(text, row.field(name));
}

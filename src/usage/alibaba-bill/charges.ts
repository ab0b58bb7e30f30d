/** The money of a line of Alibaba Cloud's bills. */

import { addDecimals, type Decimal } from '../../pricing/decimal.js';
import type { Charge } from '../event.js';
import { minus, negative } from '../reading/decimals.js';
import { type BillRow, decimalAt } from './columns.js';

export interface BillCharge {
  readonly charge: Charge;
  readonly amount: Decimal;
}

/** What a line costs: usage at list price, and what is taken off and added beside it; together what is payable. */
export interface BillMoney {
  readonly usage: Decimal;
  readonly beside: readonly BillCharge[];
  /** Sum of all: what is payable. */
  readonly due: Decimal;
}

/**
 * The amounts of a line. The list total is the usage; discount, coupons and tax are lines of their own; whatever else
 * lies between them and the amount payable (rounding down, columns not exported) is one more, so that the sum is payable
 * exactly. A bill without list totals states the amount payable alone.
 *
 * @returns `null` when the line states no amount
 * @throws BAD_FIELD
 */
export function billMoney(row: BillRow): BillMoney | null {
  const [list, reduced, payable] = [decimalAt(row, 'list'), decimalAt(row, 'reduced'), decimalAt(row, 'payable')];
  const due = payable ?? reduced;
  if (list === null) return due === null ? null : { usage: due, beside: [], due };
  const discount = decimalAt(row, 'discount') ?? (reduced === null ? null : minus(list, reduced));
  const beside: BillCharge[] = [
    ...charge('discount', discount === null ? null : negative(discount)),
    ...charge('credit', negativeOf(decimalAt(row, 'coupons'))),
    ...charge('tax', decimalAt(row, 'tax')),
  ];
  const sum = beside.reduce((total, { amount }) => addDecimals(total, amount), list);
  if (due !== null) beside.push(...charge(discount === null ? 'discount' : 'other', minus(due, sum)));
  return { usage: list, beside, due: due ?? sum };
}

const negativeOf = (amount: Decimal | null): Decimal | null => (amount === null ? null : negative(amount));

const charge = (kind: Charge, amount: Decimal | null): readonly BillCharge[] =>
  amount === null || amount.units === 0n ? [] : [{ charge: kind, amount }];

/**
 * What kind of line the fee type says it is. Types of the exports: 云资源按量费用, 免费额度, 订阅预付费用, 订阅后付费用,
 * 订阅退订费用, 保底封顶费用, 佣金费用, 调账费用, 抹零费用; of the API: PayAsYouGoBill, SubscriptionOrder, Refund, Adjustment.
 */
export function chargeOf(fee: string | null): Charge {
  const text = fee ?? '';
  if (/退|refund/i.test(text)) return 'refund';
  if (/订阅|subscription|upfront/i.test(text)) return 'purchase';
  return /保底|佣金|调账|抹零|adjustment|rounding|commission|coverage/i.test(text) ? 'other' : 'usage';
}

/** A free quota covers all of such a line. */
export const isFreeQuota = (fee: string | null): boolean => /免费额度|free (?:quota|tier)/i.test(fee ?? '');

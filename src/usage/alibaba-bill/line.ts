/** A line of Alibaba Cloud's bills as usage events. */

import { missingField } from '../../errors/usage-records.js';
import { type Decimal, formatDecimal } from '../../pricing/decimal.js';
import type { Amount } from '../../pricing/money.js';
import { type Charge, NO_ORIGIN, type UsageEvent, usageEvent } from '../event.js';
import { modelOf } from '../reading/model-name.js';
import { amountAt } from '../reading/stated-cost.js';
import type { Decoded } from '../source.js';
import { type BillMoney, billMoney, chargeOf, isFreeQuota } from './charges.js';
import type { BillRow } from './columns.js';
import { type BillInstance, billInstance } from './instance.js';
import { type BillUsage, billCounts, billUsage } from './quantities.js';
import { billProvider } from './region.js';
import { billTags } from './tags.js';
import { billTime } from './time.js';
import { billMode, billTier } from './token-type.js';

/** Products and commodities of Bailian; a bill of the whole account has other products too. */
const PRODUCT = /百炼|大模型|灵积|模型服务|model ?studio|bailian|dashscope/i;

/** What a decoder of bills knows beside the line. */
export interface BillContext {
  /** Billing month of the document around the line; `null`: none. */
  readonly cycle: string | null;
  /** `--at`. */
  readonly at: number | null;
}

/**
 * One line of a bill: an event for the usage that is owed, at its list price; one for the usage that a free quota or a
 * plan covered; and one for each amount taken off or added. Refunds are money given back for tokens that were used all
 * the same: they take no tokens away, whatever usage they state.
 *
 * @throws BAD_FIELD, MISSING_FIELD
 */
export function decodeBillLine(row: BillRow, context: BillContext): Decoded {
  const instance = billInstance(row.text('instance') ?? '');
  if (instance === null && !isOfBailian(row)) return { skipped: 'another product than Model Studio' };
  const money = billMoney(row);
  const usage = billUsage(row);
  const charge = chargeAt(row, money, usage);
  const events =
    charge === 'usage' && instance !== null
      ? usageEvents(row, lineOf(row, context, instance), instance, money, usage)
      : plainEvents(row, () => lineOf(row, context, instance), charge, money);
  return events.length === 0 ? { skipped: 'no usage and no amount' } : { events };
}

function isOfBailian(row: BillRow): boolean {
  const names = [row.text('product'), row.text('commodity')].filter((name) => name !== null);
  return names.length === 0 || names.some((name) => PRODUCT.test(name));
}

/** A line of usage that gives money back, or takes usage back, is a refund. */
function chargeAt(row: BillRow, money: BillMoney | null, { owed, covered }: BillUsage): Charge {
  const charge = chargeOf(row.text('fee'));
  const amounts = [money?.due, money?.usage, owed, covered];
  return charge === 'usage' && amounts.some((amount) => (amount?.units ?? 0n) < 0n) ? 'refund' : charge;
}

/** Lines that are no usage are one amount: what is payable. */
function plainEvents(row: BillRow, line: () => UsageEvent, charge: Charge, money: BillMoney | null) {
  if (money === null || money.due.units === 0n) return [];
  return [{ ...line(), charge: charge === 'usage' ? 'other' : charge, statedCost: amountOf(row, money.due) }];
}

function usageEvents(
  row: BillRow,
  line: UsageEvent,
  instance: BillInstance,
  money: BillMoney | null,
  usage: BillUsage,
): readonly UsageEvent[] {
  const { owed, covered } = isFreeQuota(row.text('fee')) ? allCovered(usage) : usage;
  const events: UsageEvent[] = [];
  if (isSome(owed) || isSome(money?.usage ?? null)) {
    const counts = owed === null ? {} : billCounts(row, instance, owed);
    events.push({ ...line, ...counts, statedCost: money === null ? null : amountOf(row, money.usage) });
  }
  if (covered !== null && isSome(covered))
    events.push({ ...line, ...billCounts(row, instance, covered), plan: planOf(row.text('fee')) });
  for (const { charge, amount } of money?.beside ?? [])
    events.push({ ...line, charge, statedCost: amountOf(row, amount) });
  return events;
}

const isSome = (amount: Decimal | null): boolean => amount !== null && amount.units !== 0n;

/** A free quota states what it covers as deducted, or as usage that costs nothing. */
const allCovered = ({ owed, covered }: BillUsage): BillUsage =>
  isSome(covered) ? { owed, covered } : { owed: null, covered: owed };

const planOf = (fee: string | null): string => (isFreeQuota(fee) ? 'free quota' : 'resource plan');

/**
 * Time and dimensions of a line, without any figure. A bill tells nothing of calls. Lines that are of no model, such as
 * subscriptions, have the name of the commodity in its place.
 */
function lineOf(row: BillRow, { cycle, at }: BillContext, instance: BillInstance | null): UsageEvent {
  const names = [row.text('commodity'), row.text('item'), row.text('product')];
  const types = [instance?.type ?? null, row.text('itemCode'), row.text('item')];
  return usageEvent({
    ...billTime(row, cycle, at),
    model: modelOf([instance?.model, ...names], row.field('instance')),
    provider: billProvider(row.text('region') ?? instance?.region ?? null),
    account: row.text('account'),
    origin: {
      ...NO_ORIGIN,
      key: instance?.key ?? null,
      workspace: instance?.workspace ?? null,
      tags: billTags(row.text('tags'), instance?.channel ?? null),
    },
    requests: 0,
    mode: billMode([...types, row.text('commodity'), instance?.channel ?? null]),
    tierUpTo: billTier(types),
  });
}

function amountOf(row: BillRow, amount: Decimal): Amount {
  const currency = row.text('currency');
  if (currency === null) throw missingField(row.field('currency'), 'export the bill again with its currency');
  return amountAt(row.field('payable'), formatDecimal(amount), currency);
}

/** How much a line of Alibaba Cloud's bills says was used, and how much of it a free quota or a plan covered. */

import { badField } from '../../errors/usage-records.js';
import { addDecimals, type Decimal, formatDecimal, multiplyDecimals } from '../../pricing/decimal.js';
import { NO_TOKENS } from '../../pricing/token-classes.js';
import type { UsageEvent } from '../event.js';
import { countOf, millionthsOfCount, quantityOf } from '../reading/count.js';
import { minus } from '../reading/decimals.js';
import { type BillRow, decimalAt } from './columns.js';
import type { BillInstance } from './instance.js';
import { type BillTokenType, billTokenType } from './token-type.js';
import { type BillUnit, billUnit } from './unit.js';

/** In the bill's unit; `null`: not stated. */
export interface BillUsage {
  readonly owed: Decimal | null;
  readonly covered: Decimal | null;
}

/**
 * Usage that is owed, and usage that was deducted from it. `抵扣前用量` is both together and `用量` what is left. The API
 * states the whole as `Usage`, and what a resource plan took off as `DeductedByResourcePackage`.
 *
 * @throws BAD_FIELD where the three do not add up
 */
export function billUsage(row: BillRow): BillUsage {
  const [before, deducted, usage] = [decimalAt(row, 'before'), decimalAt(row, 'deducted'), decimalAt(row, 'usage')];
  const packaged = before === null && deducted === null ? decimalAt(row, 'packaged') : null;
  if (packaged !== null) return { owed: usage === null ? null : minus(usage, packaged), covered: packaged };
  if (before === null) return { owed: usage, covered: deducted };
  const covered = deducted ?? (usage === null ? null : minus(before, usage));
  const owed = usage ?? (covered === null ? before : minus(before, covered));
  if (covered !== null && minus(before, addDecimals(owed, covered)).units !== 0n)
    throw badField(row.field('before'), row.text('before'), 'is not what was deducted and what is left together', HINT);
  return { owed, covered };
}

const HINT = 'export the bill again';

type Counted = Pick<UsageEvent, 'tokens' | 'quantities' | 'cacheKind'>;
const NOTHING: Counted = { tokens: NO_TOKENS, quantities: {}, cacheKind: null };

/**
 * An amount of the line's unit as tokens or quantities. Tokens are whole: `1203.411` of `1K tokens` are 1,203,411.
 * Units that are none of ours (hours of a deployed model) count nothing.
 *
 * @throws BAD_FIELD for fractions of a token, for types of tokens and units of tokens that are not known
 */
export function billCounts(row: BillRow, instance: BillInstance, amount: Decimal): Counted {
  const text = row.text('unit') ?? '';
  const unit = billUnit(text);
  if (unit === null) {
    if (/token/i.test(text)) throw badField(row.field('unit'), text, 'is no unit known', 'report it with the bill');
    return NOTHING;
  }
  if (unit.measure !== 'token') return { ...NOTHING, quantities: quantities(row, instance, unit, amount) };
  const type = billTokenType(instance.type) ?? billTokenType(row.text('itemCode') ?? row.text('item') ?? '');
  if (type === null)
    throw badField(row.field('instance'), instance.type, 'is no type of tokens known', 'report it with the bill');
  return tokensOf(type, wholeTokens(row, amount, unit), row.field('usage'));
}

function tokensOf({ tokenClass, cacheKind, part }: BillTokenType, count: number, field: string): Counted {
  const parts = part === null || count === 0 ? {} : { [part]: millionthsOfCount(count, field) };
  return { tokens: { ...NO_TOKENS, [tokenClass]: count }, quantities: parts, cacheKind };
}

function wholeTokens(row: BillRow, amount: Decimal, { factor }: BillUnit): number {
  return countOf(formatDecimal(multiplyDecimals(amount, { units: factor, scale: 0 })), row.field('usage'))!;
}

function quantities(row: BillRow, { model, type }: BillInstance, unit: BillUnit, amount: Decimal) {
  const whole = formatDecimal(multiplyDecimals(amount, { units: unit.factor, scale: 0 }));
  const quantity = quantityOf(whole, row.field('usage'));
  const isVideo = /video/i.test(type) || /^wan|video|[ti]2v/i.test(model);
  const name =
    unit.measure === 'second' && isVideo ? 'video_second' : unit.measure === 'call' ? `call:${type}` : unit.measure;
  return quantity === null || quantity === 0n ? {} : { [name]: quantity };
}

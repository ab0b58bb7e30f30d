/** Which months of the invoice lines of a config a window holds, and which it cuts. */

import type { ConfigAllocation } from '../../files/config-type.js';
import { type InvoiceAllocation, isInForce } from '../../hub/allocation/allocation.js';
import type { InvoiceMonth } from '../../hub/allocation/day-groups.js';
import { daysOfMonth, monthsOf } from '../../report/calendar.js';
import type { DaySpan } from '../../report/day-text.js';
import type { Window } from '../../report/query.js';
import type { CutInvoice } from './allocations.js';

/**
 * Months that lie in the window whole, by place of the allocation.
 *
 * @param span  days of the window, of an open end those of the usage; empty texts where there are none
 */
export const invoicesIn = (
  allocations: readonly ConfigAllocation[],
  window: Window,
  span: DaySpan,
): ReadonlyMap<number, readonly InvoiceMonth[]> =>
  new Map(
    invoiceLines(allocations).map((line) => [
      line.place,
      monthsAsked(line, span).filter((month) => isIn(month, window)),
    ]),
  );

/** Months of which the window holds a part. */
export const cutInvoices = (
  allocations: readonly ConfigAllocation[],
  window: Window,
  span: DaySpan,
): readonly CutInvoice[] =>
  invoiceLines(allocations).flatMap((line) =>
    monthsAsked(line, span)
      .filter((month) => !isIn(month, window) && touches(month, window) && isInForce(line, month.first))
      .map(({ month }) => ({ name: line.name, month, currency: line.currency, pico: line.pico })),
  );

const invoiceLines = (allocations: readonly ConfigAllocation[]): InvoiceAllocation[] =>
  allocations.filter((each) => each.kind === 'invoice');

function monthsAsked({ month }: InvoiceAllocation, { first, last }: DaySpan): InvoiceMonth[] {
  const months = month !== null ? [month] : first === '' || last === '' ? [] : monthsOf(first, last);
  return months.map((each) => ({ month: each, ...daysOfMonth(each) }));
}

const isIn = ({ first, last }: InvoiceMonth, { firstDay, lastDay }: Window): boolean =>
  (firstDay === null || firstDay <= first) && (lastDay === null || last <= lastDay);

const touches = ({ first, last }: InvoiceMonth, { firstDay, lastDay }: Window): boolean =>
  (firstDay === null || firstDay <= last) && (lastDay === null || first <= lastDay);

/** How shared cost was split, and what of it no unit was given, in sentences. */

import type { ReportAllocation } from '../report/allocated.js';
import type { CostTexts } from '../report/figures.js';
import type { ReportBody } from '../report/report-body.js';
import { amountText } from './amount-text.js';
import { picoOf } from './pico-of.js';

/** Each split with whom it went to, which a config may leave to the usage. */
export const splitNotes = ({ allocation }: ReportBody): string[] => [
  ...(allocation?.splits ?? []).map(splitText),
  ...invoicedNotes(allocation?.invoiced ?? {}),
  ...(allocation?.cut ?? []).map(
    ({ name, month, amount }) =>
      `not split: ${amountsText(amount)} for ${name} in ${month}, as an edge of the period cuts the month`,
  ),
];

/** What is in no ledger makes totals after it higher, a credit lower. */
function invoicedNotes(invoiced: CostTexts): string[] {
  const note = (isOfThese: (pico: bigint) => boolean, effect: string): string[] => {
    const costs = Object.entries(invoiced).filter(([currency]) => isOfThese(picoOf(invoiced, currency) ?? 0n));
    if (costs.length === 0) return [];
    const amounts = amountsText(Object.fromEntries(costs));
    return [`invoiced: ${amounts} of the split cost is in no ledger, so totals after it are ${effect}`];
  };
  return [...note((pico) => pico > 0n, 'higher'), ...note((pico) => pico < 0n, 'lower')];
}

function splitText({ from, name, month, amount, by, to, unknown }: ReportAllocation['splits'][number]): string {
  const whose = from === null ? `${name} (invoice, ${month})` : name === null ? from : `${from} (${name})`;
  const way = by === 'share' ? 'by fixed shares' : by === 'even' ? 'evenly' : `by ${by}`;
  const over =
    unknown.length > 0
      ? `nobody, as not all ${by} are known`
      : to.length === 0
        ? 'nobody, as no unit used any'
        : to.join(', ');
  return `split: ${Object.keys(amount).length === 0 ? 'nothing' : amountsText(amount)} of ${whose} ${way} over ${over}`;
}

/** The key figure of splitting: what no unit was given. */
export function unallocatedNotes({ allocation }: ReportBody): string[] {
  if (allocation === undefined) return [];
  const { unallocated, unallocatedShare, shared } = allocation;
  const parts = Object.keys(unallocated)
    .filter((currency) => picoOf(unallocated, currency) !== 0n)
    .map(
      (currency) =>
        `${amountText(unallocated, currency)}${ofShared(unallocatedShare[currency] ?? null)} of ${amountText(shared, currency)} shared`,
    );
  return [`unallocated: ${parts.length === 0 ? 'none' : parts.join('; ')}`];
}

const ofShared = (share: string | null): string => (share === null ? '' : `, ${(Number(share) * 100).toFixed(1)}%`);

const amountsText = (cost: CostTexts): string =>
  Object.keys(cost)
    .map((currency) => amountText(cost, currency))
    .join(', ');

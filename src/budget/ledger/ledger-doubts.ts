/** What stands in the way of judging what the ledger holds. */

import { CODES } from '../codes.js';
import { pluralOf } from '../quantity.js';
import { count, placeOf, type Verdict } from '../verdict.js';
import { gaugeOf, type LedgerBudget } from './ledger-budget.js';
import type { LedgerMeasure } from './ledger-measure.js';
import { reportOf } from './report-text.js';

export type Doubt = Pick<Verdict, 'code' | 'message' | 'hint'>;

/** `null`: nothing is in doubt. */
export function doubtAbout(budget: LedgerBudget, measure: LedgerMeasure): Doubt | null {
  const gauge = gaugeOf(budget);
  const doubt = doubtAboutPeriod(budget, measure);
  if (doubt !== null || !('cost' in gauge)) return doubt;
  return doubtAboutCost(budget, measure, gauge.cost.currency);
}

/** A verdict short of a breach is unknown where it is in doubt: what is missing can only add to a breach. */
export const underDoubt = (verdict: Verdict, doubt: Doubt | null): Verdict =>
  doubt === null || verdict.level === 'error' ? verdict : { ...verdict, level: 'unknown', ...doubt };

/** What puts the whole period in doubt, whoever's usage is asked for; `null`: nothing does. */
export function doubtAboutPeriod(budget: LedgerBudget, measure: LedgerMeasure): Doubt | null {
  const { period, recorded, unheardOf, reported, namedBy, rejected } = measure;
  if (!recorded)
    return {
      code: CODES.noUsage,
      message: `no usage recorded for ${period}`,
      hint: 'import the logs of that period, or judge another one with --at <date>',
    };
  if (unheardOf !== null) {
    const { what, name, near } = unheardOf;
    return {
      code: CODES.unheardOf,
      message: `no usage of ${what} "${name}" was ever recorded, so the name may be wrong`,
      hint: `${near === null ? '' : `did you mean ${near}? `}mend \`${what}\` at ${placeOf(budget)}`,
    };
  }
  if (rejected > 0)
    return {
      code: CODES.rejectedRows,
      message: `${count(BigInt(rejected))} rows over ${period} were rejected by their import, so the sum may be too low`,
      hint: 'mend the rows named in the rejects file and import them again',
    };
  if (namedBy.length > 0)
    return {
      code: CODES.unassigned,
      message: `usage read over ${period} is of no unit, and what was left out, ${namedBy.join(', ')}, has usage of unit "${budget.unit}", so it may not be none`,
      hint: 'write rules that map the keys or workspaces of what is read to units, see: tokenhub units; or accept it with --allow-unknown',
    };
  const gauge = gaugeOf(budget);
  return 'quantity' in gauge && !reported ? doubtAboutQuantity(period, gauge.quantity) : null;
}

const doubtAboutQuantity = (period: string, quantity: string): Doubt =>
  quantity === 'request'
    ? {
        code: CODES.notReported,
        message: `usage read over ${period} does not tell of requests, so they may be more`,
        hint: 'bills do not count requests: set the limit in tokens, or accept it with --allow-unknown',
      }
    : {
        code: CODES.notReported,
        message: `no record over ${period} tells of ${pluralOf(quantity)}, so they may not be none`,
        hint: 'import what counts them, see: tokenhub sources; or accept it with --allow-unknown',
      };

function doubtAboutCost(budget: LedgerBudget, measure: LedgerMeasure, currency: string): Doubt | null {
  const { period, events, unpricedEvents, unsplitDays, cost, report } = measure;
  if (unsplitDays.length > 0)
    return {
      code: CODES.unsplitBill,
      message: `the bill of ${daysText(unsplitDays)} cannot be split by ${filterText(budget)}`,
      hint: `give its rows what says which ${filterText(budget)} they are for (unit, model, or a key or workspace that a rule names), take the import back (tokenhub imports undo) and import again, or accept it with --allow-unknown; at list price: ${reportOf(report, '--cost computed')}`,
    };
  if (unpricedEvents > 0n)
    return {
      code: CODES.unpriced,
      message: `${count(unpricedEvents)} of ${count(events)} events over ${period} have no price`,
      hint: 'add the missing price to a price file (config key `prices`), then: tokenhub reprice --apply; or accept it with --allow-unknown',
    };
  const others = Object.keys(cost).filter((other) => other !== currency);
  if (others.length > 0)
    return {
      code: CODES.otherCurrency,
      message: `part of the cost over ${period} is in ${others.join(', ')}, which a limit in ${currency} cannot judge`,
      hint: `give a budget in ${others.join(', ')} as well, or accept it with --allow-unknown`,
    };
  return null;
}

const DAYS_NAMED = 3;

/** `2026-10-05, 2026-10-06`, or of many the first ones and how many more. */
function daysText(days: readonly string[]): string {
  const named = days.slice(0, DAYS_NAMED).join(', ');
  return days.length > DAYS_NAMED ? `${named} and ${days.length - DAYS_NAMED} more days` : named;
}

const filterText = ({ unit, model, where, each }: LedgerBudget): string => {
  const fields = where.map((condition) => condition.replace(/[=~!].*$/s, ''));
  const all = [unit === null ? [] : 'unit', model === null ? [] : 'model', fields, each ?? []].flat();
  return [...new Set(all)].join(' and ');
};

/** Reports that hints name. */

import { shellWord } from '../../errors/wording.js';
import type { LedgerBudget } from './ledger-budget.js';

/** Which days a report is of, as flags. */
export interface ReportDays {
  /** `--period 2026-10`, or `--from 2026-10-05 --to 2026-10-11`. */
  readonly period: string;
  /** `--tz Asia/Tokyo`; `null`: that of reports without it. */
  readonly zone: string | null;
}

/** @param flags  all others */
export const reportOf = ({ period, zone }: ReportDays, flags: string): string =>
  `tokenhub report ${period}${zone === null ? '' : ` ${zone}`} ${flags}`;

/**
 * The report of what a budget measures.
 *
 * @param holder  whose quota it is; `null`: of no quota
 */
export function reportText({ unit, where, each }: LedgerBudget, days: ReportDays, holder: string | null = null) {
  const whose = each === null || holder === null ? [] : [`${each}=${valueText(holder)}`];
  const conditions = [...where, ...whose].map((condition) => ` --where ${shellWord(condition)}`).join('');
  return reportOf(days, `--by model,day${unit === null ? '' : ` --unit ${shellWord(unit)}`}${conditions}`);
}

/** As a condition holds a value, which commas would part. */
const valueText = (value: string): string => (/[,"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

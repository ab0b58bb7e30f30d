/** Hints of verdicts that name a report. */

import type { Verdict } from '../../budget/verdict.js';
import { periodFlags } from '../../render/period-flags.js';
import type { Window } from '../../report/query.js';
import { isoText } from '../../report/query-echo.js';

/**
 * The verdict with the report that its hint names over the days it was judged by.
 *
 * @param window    with two ends
 * @param timeZone  that reports have without being told one
 */
export function withDatedHint(verdict: Verdict, window: Window, timeZone: string): Verdict {
  const { from, to, timeZone: tz } = window;
  const period = periodFlags({ from: isoText(from)!, to: isoText(to)!, tz });
  const zone = tz === timeZone ? '' : ` --tz ${tz}`;
  const dated = (report: string, own: string | undefined) => `${report}${own === undefined ? ` ${period}` : ''}${zone}`;
  return { ...verdict, hint: verdict.hint.replace(REPORT, dated) };
}

/** With a period of its own, where it is not the one judged. */
const REPORT = /tokenhub report( --period \S+)?/;

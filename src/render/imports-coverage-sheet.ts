/** Which days each recording covers, as a sheet: ranges for people, every gap a row for machines. */

import type { Covered, Gap } from '../report/coverage-gaps.js';
import type { Recording } from '../usage/recording.js';
import { counted } from './counted.js';
import { type Column, column, type Sheet } from './sheet.js';

/** Body of `imports --coverage --format json`. */
export interface CoverageBody {
  /** First and last day looked at, both inclusive; `null`: where a recording begins or ends. */
  readonly query: { readonly from: string | null; readonly to: string | null; readonly tz: string };
  readonly recordings: readonly (Recording & Covered)[];
}

/** A line per recording and day, in order; a day in a gap has no events. */
export const coverageRows = ({ recordings }: CoverageBody) =>
  recordings.flatMap(({ role, source, account, days }) => days.map((day) => ({ role, source, account, ...day })));

/** Gaps named for people, per recording. */
const GAPS_SHOWN = 20;

export function coverageSheet({ query, recordings }: CoverageBody): Sheet {
  return {
    title: `Days with events, ${rangeText(query)} (${query.tz})`,
    columns: COLUMNS,
    rows: recordings.map(({ role, source, account, events, days, gaps }) => [
      ...[source, role, account, days[0]?.day ?? null, days.at(-1)?.day ?? null, days.length],
      gaps.reduce((sum, gap) => sum + gap.days, 0),
      events,
      gaps.map(gapText).join(' '),
    ]),
    totals: null,
    above: [],
    below: [
      ...(recordings.length === 0 ? ['the ledger holds no usage'] : []),
      ...recordings.filter(({ gaps }) => gaps.length > 0).map(gapLine),
    ],
  };
}

const rangeText = ({ from, to }: CoverageBody['query']): string =>
  from === null && to === null
    ? 'all recorded time'
    : to === null
      ? `from ${from}`
      : from === null
        ? `until ${to}`
        : `${from} to ${to}`;

function gapLine({ role, source, account, gaps }: Recording & Covered): string {
  const more = gaps.length > GAPS_SHOWN ? `, and ${counted(BigInt(gaps.length - GAPS_SHOWN), 'gap')} more: --json` : '';
  return `no events: ${role} ${source} of account ${account}: ${gaps.slice(0, GAPS_SHOWN).map(gapText).join(', ')}${more}`;
}

const gapText = ({ from, to }: Gap): string => (from === to ? from : `${from}..${to}`);

const COLUMNS: readonly Column[] = [
  ...['source', 'role', 'account'].map((key) => column(key, key, 'text')),
  ...[column('first', 'first day', 'text'), column('last', 'last day', 'text')],
  ...[column('days', 'days', 'count'), column('missing', 'missing', 'count'), column('events', 'events', 'count')],
  column('gaps', 'gaps', 'text', 'export'),
];

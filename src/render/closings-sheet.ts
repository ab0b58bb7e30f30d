/** Closings as a sheet: a line each, reopened ones too. */

import type { CorrectionsBody } from './close-body.js';
import { correctionsText } from './corrections-text.js';
import { type Column, column, type Sheet } from './sheet.js';

/** One closing in the body of `close --list --format json`. */
export interface ClosingBody {
  readonly period: string;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly tz: string;
  /** `damaged`: what was frozen is not what its hash stands for. */
  readonly state: 'closed' | 'reopened' | 'damaged';
  readonly hash: string;
  /** ISO 8601. */
  readonly closedAt: string;
  readonly note: string | null;
  /** Why it was opened again. */
  readonly reason: string | null;
  /** Frozen; `null`: it is damaged. */
  readonly lines: number | null;
  /** Checks whose findings were accepted. */
  readonly accepted: readonly string[];
  /** Of periods closed before, which it took up. */
  readonly corrections: readonly CorrectionsBody[];
  /** Corrections no closed period has taken up, and the open period that shows them; `null`: it is not closed. */
  readonly pending: (CorrectionsBody & { readonly shownIn: string }) | null;
  /** Corrections of it that closed periods took up, each with the name of the one that did. */
  readonly takenUp: readonly (Omit<CorrectionsBody, 'period'> & { readonly in: string })[];
}

export const closingsSheet = (closings: readonly ClosingBody[]): Sheet => ({
  title: null,
  columns: COLUMNS,
  rows: closings.map(({ period, state, closedAt, lines, accepted, pending, takenUp, hash, note, reason }) => [
    ...[period, state, closedAt.slice(0, 10), lines, accepted.join(', ') || null],
    ...[pending?.lines.length ?? null, pending === null ? null : linesOf(takenUp), hash, note, reason],
  ]),
  totals: null,
  above: [],
  below:
    closings.length === 0 ? ['no period was closed yet: tokenhub close 2026-10'] : closings.flatMap(correctionLines),
});

const COLUMNS: readonly Column[] = [
  ...['period', 'state', 'closed_at'].map((key) => column(key, key.replace('_', ' '), 'text')),
  column('lines', 'lines', 'count'),
  column('accepted', 'accepted', 'text'),
  column('pending', 'pending', 'count'),
  column('taken_up', 'taken up', 'count'),
  ...['hash', 'note', 'reason'].map((key) => column(key, key, 'text', key === 'hash' ? 'always' : 'wide')),
];

const linesOf = (takenUp: ClosingBody['takenUp']): number => takenUp.reduce((sum, { lines }) => sum + lines.length, 0);

/** Of a closing in force: what changed in it since, and what it took up of others. */
function correctionLines({ period, state, pending, takenUp, corrections }: ClosingBody): string[] {
  if (state !== 'closed') return [];
  return [
    ...corrections.map((of) => `${period}: took up ${correctionsText(of)} of ${of.period}, ${causeText(of)}`),
    ...takenUp.map((of) => `${period}: ${correctionsText(of)} taken up by ${of.in}, ${causeText(of)}`),
    ...(pending === null || pending.lines.length === 0
      ? []
      : [`${period}: ${correctionsText(pending)} in ${pending.shownIn}, ${causeText(pending)}`]),
  ];
}

function causeText({ cause: { added, removed } }: Pick<CorrectionsBody, 'cause'>): string {
  const causes = [
    ...added.map(({ id, path }) => `import ${id} ${path}`),
    ...removed.map(({ id, path }) => `import ${id} ${path}, taken back`),
  ];
  return `from ${causes.join('; ') || 'no import that is still there'}`;
}

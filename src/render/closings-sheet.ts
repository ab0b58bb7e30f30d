/** Closings as a sheet: a line each, reopened ones too. */

import type { CorrectionsBody } from './close-body.js';
import { counted } from './counted.js';
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
  /** Corrections no closed period has taken up, and the open period that shows them; `null`: it is not closed. */
  readonly pending: (CorrectionsBody & { readonly shownIn: string }) | null;
}

export const closingsSheet = (closings: readonly ClosingBody[]): Sheet => ({
  title: null,
  columns: COLUMNS,
  rows: closings.map(({ period, state, closedAt, lines, accepted, pending, hash, note, reason }) => [
    ...[period, state, closedAt.slice(0, 10), lines, accepted.join(', ') || null],
    ...[pending?.lines.length ?? null, hash, note, reason],
  ]),
  totals: null,
  above: [],
  below: closings.length === 0 ? ['no period was closed yet: tokenhub close 2026-10'] : closings.flatMap(pendingLines),
});

const COLUMNS: readonly Column[] = [
  ...['period', 'state', 'closed_at'].map((key) => column(key, key.replace('_', ' '), 'text')),
  column('lines', 'lines', 'count'),
  column('accepted', 'accepted', 'text'),
  column('corrections', 'corrections', 'count'),
  ...['hash', 'note', 'reason'].map((key) => column(key, key, 'text', key === 'hash' ? 'always' : 'wide')),
];

function pendingLines({ period, pending }: ClosingBody): string[] {
  if (pending === null || pending.lines.length === 0) return [];
  const { added, removed } = pending.cause;
  const causes = [
    ...added.map(({ id, path }) => `import ${id} ${path}`),
    ...removed.map(({ id, path }) => `import ${id} ${path}, taken back`),
  ];
  return [
    `${period}: ${counted(BigInt(pending.lines.length), 'correction line')} in ${pending.shownIn}, from ${causes.join('; ') || 'no import that is still there'}`,
  ];
}

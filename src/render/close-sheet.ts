/** What stands in the way of closing a period, as a sheet. */

import type { CloseBody, CloseFinding } from './close-body.js';
import { correctionsText } from './corrections-text.js';
import { counted } from './counted.js';
import { type Column, column, type Sheet } from './sheet.js';

/** @param flags  that closing anew needs too, ready to type after the period */
export function closeSheet(body: CloseBody, flags: string): Sheet {
  const { query, findings } = body;
  return {
    title: `Closing ${query.period}, ${query.firstDay} to ${query.lastDay} (${query.tz})`,
    columns: COLUMNS,
    rows: findings.map((finding) => [
      ...[finding.check, finding.accepted ? 'accepted' : 'open', finding.subject],
      ...[finding.message, finding.command],
    ]),
    totals: null,
    above: [],
    below: [
      ...findings.flatMap(findingLines),
      ...correctionLines(body),
      ...frozenLines(body),
      outcomeLine(body, flags),
    ],
  };
}

/** Messages and commands must not be cut, so that tables have them below the rows. */
const COLUMNS: readonly Column[] = [
  column('check', 'check', 'text'),
  column('state', 'state', 'text'),
  column('subject', 'of', 'text'),
  column('message', 'message', 'text', 'export'),
  column('command', 'command', 'text', 'export'),
];

const findingLines = ({ check, message, command, accepted }: CloseFinding): string[] =>
  accepted ? [`${check}: ${message}`] : [`${check}: ${message}`, `  ${command}`];

const correctionLines = ({ corrections }: CloseBody): string[] =>
  corrections.map((of) => `takes up ${correctionsText(of)} of ${of.period}`);

const frozenLines = ({ frozen, hash }: CloseBody): string[] => [
  `${counted(BigInt(frozen.lines), 'line')} of ${counted(BigInt(frozen.imports), 'import')}; hash ${hash}`,
];

function outcomeLine({ query: { period }, closed, findings }: CloseBody, flags: string): string {
  if (closed) return `closed: ${period}`;
  const found = [...new Set(findings.map(({ check }) => check))];
  const accept = found.length === 0 ? '' : ` --accept ${found.join(',')}`;
  const command = `tokenhub close ${period}${accept}${flags}`;
  if (findings.some(({ accepted }) => !accepted)) return `not closed: mend what is open, or accept it: ${command}`;
  return found.length === 0 ? `nothing stands in the way: ${command}` : `all that was found is accepted: ${command}`;
}

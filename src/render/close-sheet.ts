/** What stands in the way of closing a period, as a sheet. */

import type { CloseBody, CloseFinding } from './close-body.js';
import { counted } from './counted.js';
import { type Column, column, type Sheet } from './sheet.js';

export function closeSheet(body: CloseBody): Sheet {
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
    below: [...findings.flatMap(findingLines), ...correctionLines(body), ...frozenLines(body), outcomeLine(body)],
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
  corrections.map(({ period, lines }) => `takes up ${counted(BigInt(lines.length), 'correction line')} of ${period}`);

const frozenLines = ({ frozen, hash }: CloseBody): string[] => [
  `${counted(BigInt(frozen.lines), 'line')} of ${counted(BigInt(frozen.imports), 'import')}; hash ${hash}`,
];

function outcomeLine({ query: { period, dryRun }, closed, findings }: CloseBody): string {
  const open = [...new Set(findings.flatMap(({ check, accepted }) => (accepted ? [] : [check])))];
  if (closed) return `closed: ${period}`;
  if (open.length > 0)
    return `not closed: mend what is open, or accept it: tokenhub close ${period} --accept ${open.join(',')}`;
  return dryRun ? `nothing stands in the way: tokenhub close ${period}` : `not closed: ${period}`;
}

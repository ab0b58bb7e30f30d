/** Verdicts as a sheet: what broke a limit first. */

import { haveGrown } from '../budget/parts.js';
import { quantityText } from '../budget/quantity.js';
import type { Figure, Level, Part, Verdict } from '../budget/verdict.js';
import { formatPico } from '../pricing/money.js';
import type { CheckReport } from './check-report.js';
import { counted, separated } from './counted.js';
import type { Column, Sheet } from './sheet.js';

const ORDER: readonly Level[] = ['error', 'unknown', 'warn', 'ok'];

export function checkSheet({ verdicts, passed, notes }: CheckReport): Sheet {
  const ordered = [...verdicts].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
  const count = (level: Level) => verdicts.filter((verdict) => verdict.level === level).length;
  return {
    title: null,
    columns: columnsOf(verdicts.some(({ quota }) => quota !== undefined)),
    rows: ordered.map(({ level, code, budget, path, quota, measured, limit, message }) => [
      level,
      code,
      budget,
      path,
      figureText(measured),
      figureText(limit),
      message,
      quota === undefined ? null : (quota.value ?? `(${counted(BigInt(quota.values), quota.each)})`),
    ]),
    totals: null,
    above: [],
    below: [
      ...ordered.filter(({ level }) => level !== 'ok').flatMap(findingLines),
      ...notes,
      `${passed ? 'passed' : 'failed'}: ${ORDER.map((level) => `${count(level)} ${level}`).join(', ')}`,
    ],
  };
}

const column = (key: string, facts: Partial<Column> = {}): Column => ({
  key,
  title: key,
  align: 'left',
  kind: 'text',
  show: 'always',
  ...facts,
});

const columnsOf = (hasQuotas: boolean): Column[] => [
  column('level'),
  column('code'),
  column('budget'),
  column('path', { title: 'file' }),
  column('measured', { align: 'right' }),
  column('limit', { align: 'right' }),
  column('message', { show: 'export' }),
  column('quota', { title: 'of', show: hasQuotas ? 'always' : 'export' }),
];

/** What was found and what to do, on lines that no narrow terminal cuts. */
const findingLines = ({ code, budget, message, hint, parts }: Verdict): string[] => [
  `${code} ${budget}: ${message}`,
  ...(parts.length === 0 ? [] : [`  ${partsLine(parts)}`]),
  `  ${hint}`,
];

const SHOWN_PARTS = 3;

/** `grew most: a.md +1,204 (5,310), b.md +3 (12)`, or what is largest where nothing grew. */
function partsLine(parts: readonly Part[]): string {
  const what = haveGrown(parts) ? 'grew most' : 'largest';
  return `${what}: ${parts.slice(0, SHOWN_PARTS).map(partText).join(', ')}`;
}

function partText({ name, tokens, delta }: Part): string {
  const size = separated(tokens.toString());
  return delta !== null && delta > 0n ? `${name} +${separated(delta.toString())} (${size})` : `${name} (${size})`;
}

function figureText(figure: Figure | null): string | null {
  if (figure === null) return null;
  if (typeof figure === 'bigint') return counted(figure, 'token');
  return 'pico' in figure ? `${separated(formatPico(figure.pico))} ${figure.currency}` : quantityText(figure);
}

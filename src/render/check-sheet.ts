/** Verdicts as a sheet: what broke a limit first. */

import type { Level, Verdict } from '../budget/budget.js';
import { type Amount, formatPico } from '../pricing/money.js';
import type { Column, Sheet } from './sheet.js';

const ORDER: readonly Level[] = ['error', 'unknown', 'warn', 'ok'];

export function checkSheet(verdicts: readonly Verdict[], passed: boolean): Sheet {
  const ordered = [...verdicts].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
  const count = (level: Level) => verdicts.filter((verdict) => verdict.level === level).length;
  return {
    title: null,
    columns: COLUMNS,
    rows: ordered.map(({ level, code, budget, path, measured, limit, message }) => [
      level,
      code,
      budget,
      path,
      figureText(measured),
      figureText(limit),
      message,
    ]),
    totals: null,
    above: [],
    below: [
      ...ordered.filter(({ hint }) => hint !== '').map(({ code, budget, hint }) => `${code} ${budget}: ${hint}`),
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

const COLUMNS: readonly Column[] = [
  column('level'),
  column('code'),
  column('budget'),
  column('path', { show: 'export' }),
  column('measured', { align: 'right', show: 'export' }),
  column('limit', { align: 'right', show: 'export' }),
  column('message', { title: 'finding' }),
];

function figureText(figure: bigint | Amount | null): string | null {
  if (figure === null) return null;
  return typeof figure === 'bigint' ? `${figure}` : `${formatPico(figure.pico)} ${figure.currency}`;
}

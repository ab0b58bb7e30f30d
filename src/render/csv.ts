/** CSV after RFC 4180, with `\n` line ends. */

import { exactCell } from './printed-sheet.js';
import type { Sheet } from './sheet.js';

/**
 * The header and the rows of a sheet, all columns, exact: no separators, no rounding, no totals row, no notes.
 *
 * A text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a line break, full
 * width forms included) gets a leading apostrophe, unless it is a number; control characters other than tab and line
 * breaks are written as `\x1b`. So such texts, and only they, do not read back as they were.
 *
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function renderCsv({ columns, rows, exported = rows }: Sheet): string {
  const lines = [
    columns.map(({ key }) => key),
    ...exported.map((row) => columns.map(({ kind }, i) => exactCell(kind, row[i] ?? null))),
  ];
  return lines.map((cells) => `${cells.map(csvCell).join(',')}\n`).join('');
}

const NUMBER = /^[+-]?\d+(\.\d+)?$/;
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

function csvCell(text: string): string {
  const shown = text.replace(CONTROL, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
  const harmless = FORMULA.test(shown) && !NUMBER.test(shown) ? `'${shown}` : shown;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

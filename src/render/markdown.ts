/** A sheet as a GitHub-flavoured Markdown table. */

import { printSheet } from './printed-sheet.js';
import { type Column, keepColumns, type Sheet } from './sheet.js';
import { visible } from './visible.js';

/** Title, notes and table; every text is escaped, so that none becomes markup, a link or an HTML element. */
export function renderMarkdown(whole: Sheet): string {
  const sheet = keepColumns(whole, ({ show }) => show !== 'export');
  const { rows, totals } = printSheet(sheet);
  const table = [
    line(sheet.columns.map(({ title }) => escaped(visible(title)))),
    line(sheet.columns.map(rule)),
    ...rows.map((row) => line(row.map((text) => indented(escaped(text))))),
    ...(totals === null ? [] : [line(totals.map((text) => bold(escaped(text))))]),
  ].join('\n');
  const blocks = [
    sheet.title === null ? '' : `### ${escaped(visible(sheet.title))}`,
    list(sheet.above),
    table,
    list(sheet.below),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** Blanks before a text, which Markdown would drop. */
const indented = (text: string): string => text.replace(/^ +/, (blanks) => '&nbsp;'.repeat(blanks.length));

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const rule = ({ align }: Column): string => (align === 'right' ? '--:' : '---');
const bold = (text: string): string => (text === '' ? '' : `**${text}**`);
/** A line that begins with blanks stands beneath the one before it. */
const list = (notes: readonly string[]): string =>
  notes.map((note) => escaped(visible(note)).replace(/^ */, (blanks) => `${blanks}- `)).join('\n');

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

/** Backslash escapes work for punctuation (CommonMark 0.31, 2.4); in tables a pipe needs one as well (GFM 4.10). */
const escaped = (text: string): string => text.replace(/[\\|`*_[\]~&<>]/g, (mark) => ENTITIES.get(mark) ?? `\\${mark}`);

/** The first row of a CSV file: delimiter, quote and column names. */

import { badHeader } from '../errors/file-formats.js';
import { quoted } from '../errors/wording.js';
import type { Dialect } from './csv-rows.js';

/** Characters; a header of more is no header. */
const LONGEST_HEADER = 1024 * 1024;
const CHECK = 'check that this is a CSV file with column names in its first row';
/** On equal counts the earlier one is taken. */
const DELIMITERS = [',', '\t', ';', '|'];
const BLANK_LINES = /^(?:[^\S\n]*\n)*/;
/** A first line of `sep=;` is how a file tells Excel its delimiter. */
const STATED_DELIMITER = /^(?:[^\S\n]*\n)*sep=([^\w\s"']|\t)\r?\n/i;

export interface HeaderText {
  readonly dialect: Dialect;
  /** Line the header stands on, from 1. */
  readonly line: number;
  /** Offset in the text where it begins. */
  readonly start: number;
}

/**
 * Finds the first row that is not blank and the delimiter, which is stated before it (`sep=;`) or the one that occurs in
 * it most often outside quotes.
 *
 * @param text     the file from its beginning, as much as is known
 * @param isWhole  true when nothing follows
 * @returns        `null`: more text is needed, or, when `isWhole`, the file is empty
 * @throws BAD_HEADER
 */
export function findHeader(text: string, isWhole: boolean, name: string): HeaderText | null {
  const [before, stated] = STATED_DELIMITER.exec(text) ?? [''];
  const start = before.length + BLANK_LINES.exec(text.slice(before.length))![0].length;
  const line = text.slice(0, start).split('\n').length;
  if (text.slice(start).trim() === '') {
    if (text.length > LONGEST_HEADER) throw badHeader(name, line, 'there is no header in the first 1 MiB', CHECK);
    return null;
  }
  const quote = text[start] === "'" ? "'" : '"';
  const row = rowText(text, start, quote, isWhole);
  if (row !== null) {
    if (/\r[^\r\n]/.test(row))
      throw badHeader(
        name,
        line,
        'lines end with a carriage return alone',
        'convert the line ends, e.g. with: tr "\\r" "\\n"',
      );
    return { dialect: { quote, delimiter: stated ?? delimiterOf(row) }, line, start };
  }
  if (isWhole || text.length - start > LONGEST_HEADER) {
    throw badHeader(
      name,
      line,
      isWhole ? 'a quote in the header is never closed' : 'the header is longer than 1 MiB',
      CHECK,
    );
  }
  return null;
}

/** The first row with what is quoted left out; `null`: its end is not there. */
function rowText(text: string, start: number, quote: string, isWhole: boolean): string | null {
  let row = '';
  for (let at = start; at < text.length; ) {
    const open = text.indexOf(quote, at);
    const end = text.indexOf('\n', at);
    if (end !== -1 && (open === -1 || end < open)) return row + text.slice(at, end);
    if (open === -1) return isWhole ? row + text.slice(at) : null;
    const close = text.indexOf(quote, open + 1);
    if (close === -1) return null;
    row += text.slice(at, open);
    at = close + 1;
  }
  return isWhole ? row : null;
}

function delimiterOf(row: string): string {
  const counts = DELIMITERS.map((delimiter) => row.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}

/**
 * Column names without blanks around them; `''` is an unnamed column.
 *
 * @throws BAD_HEADER when a name occurs twice
 */
export function columnsOf(fields: readonly string[], line: number, name: string): string[] {
  const columns = fields.map((field) => field.trim());
  const named = columns.filter((column) => column !== '');
  const seen = new Set<string>();
  const twice = named.find((column) => seen.size === seen.add(column).size);
  if (twice !== undefined)
    throw badHeader(name, line, `column ${quoted(twice)} occurs twice`, 'rename one of the two columns');
  return columns;
}

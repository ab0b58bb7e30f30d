/**
 * CSV text cut into rows (RFC 4180, any delimiter, either quote). An own scanner: csv-parse counts the lines of a quoted
 * `\r\n` twice, gives up the rest of a file at one stray quote, and bounds no row of mere delimiters; the tests compare
 * the two.
 */

import { isAscii } from 'node:buffer';
import { type TextPiece, textOfPiece } from './decode-text.js';
import { LONGEST_RECORD } from './read-lines.js';

export interface Dialect {
  readonly delimiter: string;
  readonly quote: '"' | "'";
}

export interface Row {
  /** Line the row starts on, from 1. */
  readonly line: number;
  /** `null`: the row is broken, see `problem`. */
  readonly fields: readonly string[] | null;
  readonly problem: string | null;
}

/** Whole lines in which nothing is quoted. */
export interface PlainLines {
  readonly text: TextPiece;
  /** Line the first of them is on, from 1. */
  readonly line: number;
}

/**
 * Cuts text into rows, given in any pieces. Blank rows are left out. Stray text after a closing quote breaks the row,
 * and so does a length beyond `LONGEST_RECORD`; a quote that is never closed breaks the row and ends the reading.
 */
export class RowScanner {
  readonly #dialect: Dialect;
  #pending = '';
  /** Characters to gather before an unfinished row is scanned again: twice what it had, so that all scans are linear. */
  #enough = 0;
  #line: number;
  #isCut = false;
  #state: 'reading' | 'skipping' | 'ended' = 'reading';

  /** @param firstLine  line the text begins on, from 1 */
  constructor(dialect: Dialect, firstLine: number) {
    this.#dialect = dialect;
    this.#line = firstLine;
  }

  /** The line that follows the rows taken so far; `null`: a quote that is never closed takes in whatever follows. */
  get line(): number | null {
    return this.#isCut || this.#state !== 'reading' ? null : this.#line;
  }

  push(text: string): Row[] {
    if (this.#state === 'ended') return [];
    if (this.#state === 'skipping') return this.#skipLine(text);
    this.#pending += text;
    const rows = this.#pending.length < Math.min(this.#enough, LONGEST_RECORD) ? [] : this.#take('more');
    if (this.#pending.length > LONGEST_RECORD) rows.push(this.#giveUp());
    return rows;
  }

  /**
   * Takes text in which nothing is quoted, as far as its last line break; it follows what is left of the text before it.
   *
   * @returns whole lines; `null`, with nothing taken, where that is not all there is to it
   */
  takePlain(piece: TextPiece): readonly PlainLines[] | null {
    if (this.#state !== 'reading') return null;
    return typeof piece === 'string' ? this.#takeText(piece) : this.#takeBytes(piece);
  }

  #takeText(text: string): readonly PlainLines[] | null {
    const all = this.#pending + text;
    const end = all.lastIndexOf('\n') + 1;
    if (end === 0 || all.length > LONGEST_RECORD || all.includes(this.#dialect.quote)) return null;
    return [this.#takeLines(all.slice(0, end), all.slice(end))];
  }

  /** The line that has begun becomes a text of its own; those after it stay where they are. */
  #takeBytes(bytes: Buffer): readonly PlainLines[] | null {
    const { length } = this.#pending;
    const [first, end] = [bytes.indexOf(LINE_FEED) + 1, bytes.lastIndexOf(LINE_FEED) + 1];
    if (end === 0 || length + bytes.length > LONGEST_RECORD || this.#pending.includes(this.#dialect.quote)) return null;
    if (bytes.includes(this.#dialect.quote.charCodeAt(0))) return null;
    const begun = length === 0 ? 0 : first;
    const lines: PlainLines[] = [];
    if (begun > 0) lines.push(this.#takeLines(asPiece(this.#pending + textOfPiece(bytes, 0, begun)), ''));
    if (begun < end) lines.push(this.#takeLines(bytes.subarray(begun, end), ''));
    this.#pending = textOfPiece(bytes, end);
    return lines;
  }

  #takeLines(text: TextPiece, rest: string): PlainLines {
    const line = this.#line;
    this.#line += countLines(text);
    this.#pending = rest;
    this.#enough = 0;
    return { text, line };
  }

  end(): Row[] {
    return this.#state === 'reading' ? this.#take('end') : [];
  }

  #take(what: 'more' | 'end'): Row[] {
    const rows: Row[] = [];
    let start = 0;
    while (start < this.#pending.length) {
      const scan = scanRow(this.#pending, start, this.#dialect, what === 'end');
      if (scan === null) break;
      if (scan.problem === NEVER_CLOSED) this.#isCut = true;
      const row = rowOf(scan, this.#line, scan.next - start);
      if (row !== null) rows.push(row);
      this.#line += scan.lines;
      start = scan.next;
    }
    this.#pending = this.#pending.slice(start);
    this.#enough = 2 * this.#pending.length;
    return rows;
  }

  #giveUp(): Row {
    const isQuoted = quoteIsOpen(this.#pending, this.#dialect);
    const line = this.#line;
    this.#pending = '';
    this.#enough = 0;
    this.#state = isQuoted ? 'ended' : 'skipping';
    return { line, fields: null, problem: isQuoted ? `${TOO_LONG}; ${NOT_READ}` : TOO_LONG };
  }

  #skipLine(text: string): Row[] {
    const end = text.indexOf('\n');
    if (end === -1) return [];
    this.#state = 'reading';
    this.#line++;
    return this.push(text.slice(end + 1));
  }
}

const TOO_LONG = 'row is longer than 16 MiB';
const NOT_READ = 'the rows after it were not read';
const NEVER_CLOSED = `quote is never closed; ${NOT_READ}`;

interface Scan {
  readonly fields: string[];
  readonly problem: string | null;
  /** Offset after the row's line end. */
  readonly next: number;
  /** Line ends in the row, its own included. */
  readonly lines: number;
}

function rowOf({ fields, problem }: Scan, line: number, length: number): Row | null {
  if (length > LONGEST_RECORD) return { line, fields: null, problem: TOO_LONG };
  if (problem !== null) return { line, fields: null, problem };
  return fields.every((field) => field.trim() === '') ? null : { line, fields, problem: null };
}

/** The row that starts at `start`; `null`: its end is not in the text yet. */
function scanRow(text: string, start: number, { delimiter, quote }: Dialect, isEnd: boolean): Scan | null {
  const fields: string[] = [];
  let lines = 1;
  for (let at = start; ; ) {
    const field = text[at] === quote ? scanQuoted(text, at, quote) : scanPlain(text, at, delimiter);
    if (field === null) return isEnd ? { fields, problem: NEVER_CLOSED, next: text.length, lines } : null;
    lines += field.lines;
    const stop = field.next;
    if (stop >= text.length && !isEnd) return null;
    const after = text[stop];
    const isRowEnd = after === undefined || after === '\n' || (after === '\r' && (text[stop + 1] ?? '\n') === '\n');
    if (after === '\r' && stop + 1 >= text.length && !isEnd) return null;
    if (!isRowEnd && after !== delimiter) return brokenRow(text, stop, fields.length + 1, lines, isEnd);
    fields.push(field.text);
    if (isRowEnd) return { fields, problem: null, next: stop + (after === '\r' ? 2 : 1), lines };
    at = stop + 1;
  }
}

interface Field {
  readonly text: string;
  /** Offset after the field. */
  readonly next: number;
  readonly lines: number;
}

function scanQuoted(text: string, open: number, quote: string): Field | null {
  let close = text.indexOf(quote, open + 1);
  let isDoubled = false;
  while (close !== -1 && text[close + 1] === quote) {
    isDoubled = true;
    close = text.indexOf(quote, close + 2);
  }
  if (close === -1) return null;
  const inside = text.slice(open + 1, close);
  const value = isDoubled ? inside.replaceAll(quote + quote, quote) : inside;
  let next = close + 1;
  while (text[next] === ' ') next++;
  return { text: value, next, lines: inside.includes('\n') ? inside.split('\n').length - 1 : 0 };
}

function scanPlain(text: string, start: number, delimiter: string): Field {
  const stopCode = delimiter.charCodeAt(0);
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === stopCode || code === 0x0a) break;
  }
  const end = text[at] !== delimiter && at > start && text[at - 1] === '\r' ? at - 1 : at;
  return { text: text.slice(start, end), next: end, lines: 0 };
}

function brokenRow(text: string, from: number, field: number, lines: number, isEnd: boolean): Scan | null {
  const end = text.indexOf('\n', from);
  if (end === -1 && !isEnd) return null;
  const problem = `field ${field} has text after its closing quote`;
  return { fields: [], problem, next: end === -1 ? text.length : end + 1, lines };
}

function countLines(text: TextPiece): number {
  let lines = 0;
  if (typeof text === 'string') for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++;
  else for (let at = text.indexOf(LINE_FEED); at !== -1; at = text.indexOf(LINE_FEED, at + 1)) lines++;
  return lines;
}

/** ASCII as bytes, as most of a file that begins so is: two kinds of text are read slower than one. */
function asPiece(text: string): TextPiece {
  const bytes = Buffer.from(text, 'latin1');
  return isAscii(bytes) && textOfPiece(bytes) === text ? bytes : text;
}

const LINE_FEED = 0x0a;

/** Whether an unfinished row ends inside quotes. */
const quoteIsOpen = (text: string, { quote }: Dialect): boolean => (text.split(quote).length - 1) % 2 === 1;

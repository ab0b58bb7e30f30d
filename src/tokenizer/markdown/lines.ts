/** Lines of a text in UTF-8, of which only those are decoded that somebody looks at. */

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const BLANK = 0x20;

export interface TextLine {
  /** From 1. */
  readonly number: number;
  /** Byte the line begins at; a byte order mark before the first is part of it. */
  readonly from: number;
  /** Columns of blanks it begins with; a tab goes on to the next multiple of 4. */
  readonly indent: number;
  readonly isBlank: boolean;
  /** Its first byte that is no blank. */
  readonly first: number;
  /** Without blanks before it, and without its line end. */
  readonly text: () => string;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const textOf = (utf8: Uint8Array, from: number, to: number): string => decoder.decode(utf8.subarray(from, to));

/** Lines end in `\n`, `\r\n` or `\r`. */
export function* linesOf(utf8: Uint8Array): Generator<TextLine> {
  let number = 1;
  for (let from = hasMark(utf8) ? 3 : 0; from < utf8.length; number += 1) {
    const end = endOfLine(utf8, from);
    yield lineOf(utf8, number, from, end);
    from = end + (utf8[end] === RETURN && utf8[end + 1] === LINE_FEED ? 2 : 1);
  }
}

const hasMark = ([first, second, third]: Uint8Array): boolean => first === 0xef && second === 0xbb && third === 0xbf;

function endOfLine(utf8: Uint8Array, from: number): number {
  let end = from;
  while (end < utf8.length && utf8[end] !== LINE_FEED && utf8[end] !== RETURN) end += 1;
  return end;
}

function lineOf(utf8: Uint8Array, number: number, from: number, end: number): TextLine {
  let at = from;
  let indent = 0;
  for (; at < end && (utf8[at] === BLANK || utf8[at] === TAB); at += 1) indent = nextColumn(indent, utf8[at] === TAB);
  return {
    number,
    from: number === 1 ? 0 : from,
    indent,
    isBlank: at === end,
    first: utf8[at] ?? 0,
    text: () => textOf(utf8, at, end),
  };
}

const nextColumn = (column: number, isTab: boolean): number => (isTab ? column + 4 - (column % 4) : column + 1);

/** Columns that blanks and tabs take when they begin at a column. */
export const widthOfBlanks = (blanks: string, column: number): number =>
  [...blanks].reduce((at, character) => nextColumn(at, character === '\t'), column) - column;

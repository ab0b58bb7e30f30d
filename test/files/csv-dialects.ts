/** CSV texts in all dialects that tokenhub reads, made at random, with what they say. */

import fc from 'fast-check';

export interface Dialect {
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly quote: '"' | "'";
}

/** A text, and the rows it was written from, the header first; blank rows are not among them. */
export interface Written extends Dialect {
  readonly text: string;
  readonly rows: readonly WrittenRow[];
}

export interface WrittenRow {
  /** Line it starts on, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

export const dialect: fc.Arbitrary<Dialect> = fc.record({
  delimiter: fc.constantFrom(...([',', ';', '\t', '|'] as const)),
  quote: fc.constantFrom(...(['"', "'"] as const)),
});

const piece = fc.constantFrom(
  ...['a', 'Zz9', '"', '""', "'", "''", ',', ';', '\t', '|', '\n', '\r\n', ' ', '\u00a0', '\u2028', '\u0085', '\ufeff'],
  ...['模型', '😀', 'e\u0301', '=1+1', '-', '0012'],
);
const cell = fc.oneof(
  { weight: 20, arbitrary: fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('')) },
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3_000 }).map((length) => `${'長"'.repeat(length)}\r\nx`) },
);
const blankLine = fc.constantFrom('\n', '\r\n', '  \n', '\t\r\n');

/** A row as it is to be written: its fields, which of them are quoted without need, and what blank lines come before it. */
const rowPlan = (width: number) =>
  fc.record({
    fields: fc.oneof(
      { weight: 8, arbitrary: fc.array(cell, { minLength: width, maxLength: width }) },
      { weight: 1, arbitrary: fc.array(cell, { minLength: 1, maxLength: width + 2 }) },
    ),
    isQuoted: fc.array(fc.boolean(), { minLength: width + 2, maxLength: width + 2 }),
    blanks: fc.oneof(
      { weight: 6, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(blankLine, { maxLength: 3 }) },
    ),
    end: fc.constantFrom('\n', '\r\n'),
  });

/** Texts with a header of two to five names, which tells the dialect, and up to eight rows; the last may lack its end. */
export const written: fc.Arbitrary<Written> = fc
  .record({ ...{ of: dialect, width: fc.integer({ min: 2, max: 5 }) }, isOpen: fc.boolean() })
  .chain(({ of, width, isOpen }) =>
    fc.array(rowPlan(width), { maxLength: 8 }).map((plans) => {
      const names = Array.from({ length: width }, (_, i) => `c${i}`);
      const header = { fields: names, isQuoted: names.map((_, i) => i === 0), blanks: [], end: '\n' };
      return write(of, [header, ...plans], isOpen);
    }),
  );

type RowPlan = { -readonly [name in 'fields' | 'blanks']: readonly string[] } & {
  readonly isQuoted: readonly boolean[];
  readonly end: string;
};

function write(of: Dialect, plans: readonly RowPlan[], isOpen: boolean): Written {
  let text = '';
  const rows: WrittenRow[] = [];
  for (const [index, { fields, isQuoted, blanks, end }] of plans.entries()) {
    // A blank line of tabs would be a row of empty fields in a dialect of tabs, which is blank as well.
    text += blanks.join('');
    if (fields.some((field) => field.trim() !== '')) rows.push({ line: text.split('\n').length, fields });
    text += fields.map((field, i) => fieldText(field, of, isQuoted[i]!)).join(of.delimiter);
    text += isOpen && index === plans.length - 1 ? '' : end;
  }
  return { ...of, text, rows };
}

/** Quotes a field that needs it: one that holds the delimiter or a line end, ends with a carriage return, or begins with a quote. */
function fieldText(field: string, { delimiter, quote }: Dialect, isQuoted: boolean): string {
  const needsQuotes = field.includes(delimiter) || /[\n\r]/.test(field) || field.startsWith(quote);
  return isQuoted || needsQuotes ? quote + field.replaceAll(quote, quote + quote) + quote : field;
}

/** Any text at all of the characters that matter, whether it is CSV or not. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: piece },
      { weight: 1, arbitrary: fc.constantFrom('\r', '\u0000', 'x,y', '"q"', "'q'") },
    ),
    {
      maxLength: 40,
    },
  )
  .map((pieces) => pieces.join(''));

/** Points at which a text is cut into pieces, as numbers from 0. */
export const cuts = fc.array(fc.nat(), { maxLength: 8 });

/** A text in pieces, cut anywhere, inside a pair of surrogates, too. */
export function cutAt(text: string, points: readonly number[]): string[] {
  const places = [0, ...points.map((point) => point % (text.length + 1)).sort((a, b) => a - b), text.length];
  return places.slice(1).map((end, index) => text.slice(places[index], end));
}

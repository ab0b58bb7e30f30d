/**
 * Reads a file of exchange rates: CSV with a header, or a JSON array, of
 *
 * ```csv
 * date,base,quote,rate,source
 * 2026-10-30,USD,CNY,7.1088,PBoC central parity
 * ```
 *
 * one unit of `base` being `rate` of `quote` on that day. Columns are found by name, in any order; others are passed over.
 */

import { isSeq } from 'yaml';
import { badRate } from '../errors/money.js';
import { type Place, TokenhubError } from '../errors/tokenhub-error.js';
import { quoted } from '../errors/wording.js';
import { parseDecimal } from '../pricing/decimal.js';
import type { DatedRate } from '../pricing/exchange.js';
import { currencyCode } from '../pricing/money.js';
import { Fields } from './entry-fields.js';
import { parseEntries, readEntryText } from './entry-text.js';
import { readCsv } from './read-csv.js';

const NAMES = ['date', 'base', 'quote', 'rate', 'source'] as const;
type Name = (typeof NAMES)[number];

/** The texts of one row, and where it stands. */
interface Row {
  readonly line: number;
  /** `''`: the field is absent or blank. */
  readonly text: (name: Name) => string;
}

/**
 * The rates of a file, in its order; numbers are taken from their text, so that they are exact.
 *
 * @param file  as messages call it
 * @throws BAD_RATE or BAD_HEADER at `file:line: field` for the first thing wrong: a field that is missing or not
 *   understood, or a second rate of one date, base and quote
 */
export async function readRatesFile(file: string): Promise<DatedRate[]> {
  const text = (await readEntryText(file, { bad: badRate, noun: 'rate', where: 'the path behind --rates' })).replace(
    /^\ufeff/,
    '',
  );
  const rows = /^\s*[[{]/.test(text) ? jsonRows(text, file) : await csvRows(text, file);
  const rates = rows.map((row) => ({ rate: rateOf(row, file), line: row.line }));
  refuseTwice(rates, file);
  return rates.map(({ rate }) => rate);
}

function jsonRows(text: string, file: string): Row[] {
  const { contents, lineOf } = parseEntries(text, file, badRate);
  const source = { file, lineOf, bad: badRate, noun: 'rate', example: '{ "date": "2026-10-30", "base": "USD", ... }' };
  if (!isSeq(contents)) throw badRate({ file, line: 1 }, 'is no list', 'write a JSON array of rates, or CSV');
  return contents.items.map((item) => {
    const fields = new Fields(item, source, NAMES);
    return {
      line: fields.place.line,
      text: (name) => fields.optional(name, (value) => value.trim(), HINTS[name]) ?? '',
    };
  });
}

async function csvRows(text: string, file: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of readCsv(once(text), file)) {
    for (const record of batch) {
      const { line } = record;
      if (!('value' in record)) throw badRate({ file, line }, record.error.message, record.error.hint, record.error);
      const cells = Object.entries(record.value as Record<string, string>);
      const byName = new Map(cells.map(([column, cell]) => [column.toLowerCase(), cell.trim()]));
      rows.push({ line, text: (name) => byName.get(name) ?? '' });
    }
  }
  return rows;
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

const HINTS: Readonly<Record<Name, string>> = {
  date: 'write it as in 2026-10-30',
  base: 'use three letters, such as USD or CNY',
  quote: 'use three letters, such as USD or CNY',
  rate: 'write units of quote for one of base, as in 7.1088',
  source: 'say who published it, as in ECB',
};

function rateOf({ line, text }: Row, file: string): DatedRate {
  const read = <T>(name: Name, parse: (text: string) => T | null): T => {
    const place: Place = { file, line, field: name };
    if (text(name) === '') throw badRate(place, 'is missing', HINTS[name]);
    const value = parsed(() => parse(text(name)));
    if (value === null) throw badRate(place, `${quoted(text(name))} is not understood`, HINTS[name]);
    return value;
  };
  const rate = {
    date: read('date', dateOf),
    base: read('base', currencyCode),
    quote: read('quote', currencyCode),
    rate: read('rate', (value) => (parseDecimal(value).units > 0n ? parseDecimal(value) : null)),
    source: read('source', (value) => value),
  };
  if (rate.base === rate.quote)
    throw badRate({ file, line, field: 'quote' }, `${rate.quote} is the base too`, 'name two currencies');
  return rate;
}

/** `null` where the text is refused. */
function parsed<T>(parse: () => T | null): T | null {
  try {
    return parse();
  } catch (cause) {
    if (cause instanceof TokenhubError) return null;
    throw cause;
  }
}

/** A day of the calendar. */
function dateOf(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = new Date(`${text}T00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : null;
}

function refuseTwice(rates: readonly { rate: DatedRate; line: number }[], file: string): void {
  const lines = new Map<string, number>();
  for (const { rate, line } of rates) {
    const { date, base, quote } = rate;
    const key = `${date} ${base} ${quote}`;
    const before = lines.get(key);
    if (before !== undefined)
      throw badRate(
        { file, line, field: 'rate' },
        `a rate of ${base} in ${quote} on ${date} stands in line ${before} too`,
        'keep one of the two',
      );
    lines.set(key, line);
  }
}

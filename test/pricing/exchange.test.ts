import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDecimal } from '../../src/pricing/decimal.js';
import { convert, type DatedRate, type RateQuery, rateBook } from '../../src/pricing/exchange.js';
import { formatPico, parseAmount } from '../../src/pricing/money.js';

/** `2026-10-30 USD/CNY 7.1` */
const rate = (text: string, source = 'bank'): DatedRate => {
  const [date = '', pair = '', value = ''] = text.split(' ');
  const [base = '', quote = ''] = pair.split('/');
  return { date, base, quote, rate: parseDecimal(value), source };
};

/** October 2026: the 30th is a Friday. */
const USD_CNY = ['2026-10-28 USD/CNY 7.10', '2026-10-29 USD/CNY 7.12', '2026-10-30 USD/CNY 7.15'].map((text) =>
  rate(text),
);

const daily = (from: string, to: string, day: string): RateQuery => ({
  from,
  to,
  kind: 'daily',
  first: day,
  last: day,
});
const month = (from: string, to: string, kind: 'average' | 'closing'): RateQuery => ({
  ...{ from, to, kind, first: '2026-10-01', last: '2026-10-31' },
});

/** What an amount becomes, and by which rate. */
function converted(amount: string, rates: readonly DatedRate[], query: RateQuery): string {
  const answer = rateBook(rates).find(query);
  if (!answer.known) return answer.reason;
  const { ratio, date, lastDate, days, path, via } = answer;
  const span = days === 1 ? date : `${date}..${lastDate} (${days})`;
  return [formatPico(convert(parseAmount(amount, query.from).pico, ratio)), span, path, via].filter(Boolean).join(' ');
}

describe('a daily rate', () => {
  test('is that of the day', () => {
    expect(converted('100', USD_CNY, daily('USD', 'CNY', '2026-10-29'))).toBe('712 2026-10-29 direct');
  });

  test('is inverted exactly where the file states the opposite pair', () => {
    expect(converted('71.2', USD_CNY, daily('CNY', 'USD', '2026-10-29'))).toBe('10 2026-10-29 inverse');
    // 1 / 7.1 = 0.14084507042253...
    expect(converted('1', USD_CNY, daily('CNY', 'USD', '2026-10-28'))).toBe('0.140845070423 2026-10-28 inverse');
  });

  test('of a weekend is the last one before, and says its date', () => {
    expect(converted('1', USD_CNY, daily('USD', 'CNY', '2026-11-01'))).toBe('7.15 2026-10-30 direct');
  });

  test('is missing when the last one is more than ten days old, or later', () => {
    expect(converted('1', USD_CNY, daily('USD', 'CNY', '2026-11-09'))).toBe('7.15 2026-10-30 direct');
    expect(converted('1', USD_CNY, daily('USD', 'CNY', '2026-11-10'))).toBe(
      'no rate between USD and CNY on 2026-11-10, nor in the 10 days before',
    );
    expect(converted('1', USD_CNY, daily('USD', 'CNY', '2026-10-27'))).toMatch(/^no rate between USD and CNY/);
  });

  test('that is stated both ways is taken as stated', () => {
    const both = [...USD_CNY, rate('2026-10-30 CNY/USD 0.14')];
    expect(converted('100', both, daily('CNY', 'USD', '2026-10-30'))).toBe('14 2026-10-30 direct');
  });

  test('of a currency in itself is 1', () => {
    expect(converted('5', [], daily('CNY', 'CNY', '2026-10-30'))).toBe('5 2026-10-30 same');
  });
});

describe('over a period', () => {
  test('an average is the mean of the rates stated for its days', () => {
    // (7.10 + 7.12 + 7.15) / 3 = 21.37 / 3
    expect(converted('3', USD_CNY, month('USD', 'CNY', 'average'))).toBe('21.37 2026-10-28..2026-10-30 (3) direct');
    expect(converted('1', USD_CNY, month('USD', 'CNY', 'average'))).toMatch(/^7.123333333333 /);
  });

  test('the inverse of an average is 1 divided by it, not the average of inverses', () => {
    expect(converted('21.37', USD_CNY, month('CNY', 'USD', 'average'))).toBe('3 2026-10-28..2026-10-30 (3) inverse');
  });

  test('rates of other days are not in it, and without any there is none', () => {
    const more = [...USD_CNY, rate('2026-09-30 USD/CNY 9'), rate('2026-11-02 USD/CNY 9')];
    expect(converted('3', more, month('USD', 'CNY', 'average'))).toMatch(/^21.37 /);
    expect(converted('3', more.slice(3), month('USD', 'CNY', 'average'))).toBe(
      'no rate between USD and CNY from 2026-10-01 to 2026-10-31',
    );
  });

  test('closing is the last rate of it, also from before its last day', () => {
    expect(converted('1', USD_CNY, month('USD', 'CNY', 'closing'))).toBe('7.15 2026-10-30 direct');
    expect(converted('1', [...USD_CNY, rate('2026-11-01 USD/CNY 9')], month('USD', 'CNY', 'closing'))).toMatch(
      /^7.15 /,
    );
  });
});

describe('a cross rate', () => {
  const USD = [rate('2026-10-29 USD/CNY 7.1', 'PBoC'), rate('2026-10-29 USD/EUR 0.85', 'ECB')];

  test('is of two rates with one base, and says which and who', () => {
    // 0.85 / 7.1 x 71 = 8.5
    expect(converted('71', USD, daily('CNY', 'EUR', '2026-10-29'))).toBe('8.5 2026-10-29 cross USD');
    expect(rateBook(USD).find(daily('CNY', 'EUR', '2026-10-29'))).toMatchObject({ source: 'ECB, PBoC', via: 'USD' });
  });

  test('is of one day for both', () => {
    const later = [...USD, rate('2026-10-30 USD/CNY 7.2')];
    expect(converted('71', later, daily('CNY', 'EUR', '2026-10-30'))).toBe('8.5 2026-10-29 cross USD');
  });

  test('averages each, then divides', () => {
    const two = [...USD, rate('2026-10-30 USD/CNY 7.3'), rate('2026-10-30 USD/EUR 0.87')];
    // (0.85 + 0.87) / (7.1 + 7.3) = 1.72 / 14.4; x 144 = 17.2
    expect(converted('144', two, month('CNY', 'EUR', 'average'))).toBe('17.2 2026-10-29..2026-10-30 (2) cross USD');
  });

  test('is not made of rates that share a quote alone, nor over two steps', () => {
    const quote = [rate('2026-10-29 EUR/USD 1.2'), rate('2026-10-29 CNY/USD 0.14')];
    const why = 'no rate between CNY and EUR, nor of both to one currency';
    expect(converted('1', quote, daily('CNY', 'EUR', '2026-10-29'))).toBe(why);
    expect(converted('1', USD.slice(0, 1), daily('CNY', 'EUR', '2026-10-29'))).toBe(why);
  });
});

describe('converting', () => {
  test('rounds half to even, negatives too', () => {
    const half = { numerator: 1n, denominator: 2n };
    expect([1n, 3n, 5n, -1n, -3n, 0n].map((pico) => convert(pico, half))).toEqual([0n, 2n, 2n, 0n, -2n, 0n]);
  });

  test('there and back is off by less than what a pico-unit is worth', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 24n), 10n ** 24n), fc.integer({ min: 1, max: 10 ** 9 }), (pico, units) => {
        const there = { numerator: BigInt(units), denominator: 1000n };
        const back = { numerator: 1000n, denominator: BigInt(units) };
        const off = convert(convert(pico, there), back) - pico;
        // rounding by at most 1/2, worth 1000/units each, and by 1/2 again
        expect(2n * (off < 0n ? -off : off) * BigInt(units)).toBeLessThanOrEqual(1000n + BigInt(units));
      }),
    );
  });
});

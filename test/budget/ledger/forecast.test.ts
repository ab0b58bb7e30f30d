import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forecastOf } from '../../../src/budget/ledger/forecast.js';
import '../../random.js';
import { daysAfter, daysOf, repeated } from './day-figures.js';

const WEEK = [100n, 100n, 100n, 100n, 100n, 10n, 10n];

describe('a forecast', () => {
  test('of days that are all the same is certain', () => {
    expect(forecastOf(daysOf(repeated([100n], 14)), daysAfter(14, 3))).toEqual({
      ...{ expected: 300n, low: 300n, high: 300n },
      by: 'day',
    });
  });

  test('is wider the more days differ, and counts that their mean is not sure', () => {
    // mean 100; each is 10 off: 14 x 10^2 = 1,400 over 13; two days ahead: 2 + 2^2/14 = 2.2857
    // sqrt(1,400 / 13 x 2.2857) = sqrt(246.15) = 15.689; x 1.2816 = 20.107, rounded up 21
    expect(forecastOf(daysOf(repeated([90n, 110n], 14)), daysAfter(14, 2))).toEqual({
      ...{ expected: 200n, low: 179n, high: 221n },
      by: 'day',
    });
  });

  test('is wider where a day takes after the one before', () => {
    // 7 days of 90, then 7 of 110: 13 neighbours, 12 alike, 1 not: 12 x 100 - 100 = 1,100 of 1,400
    // 246.15 x (1,400 + 1,100) / (1,400 - 1,100) = 2,051.3; its root 45.291 x 1.2816 = 58.04, rounded up 59
    const days = daysOf([...repeated([90n], 7), ...repeated([110n], 7)]);
    expect(forecastOf(days, daysAfter(14, 2))).toMatchObject({ expected: 200n, low: 141n, high: 259n });
  });

  test('of four weeks tells weekdays apart, below that it does not', () => {
    // the week ahead: 5 x 100 + 2 x 10
    expect(forecastOf(daysOf(repeated(WEEK, 28)), daysAfter(28, 7))).toEqual({
      ...{ expected: 520n, low: 520n, high: 520n },
      by: 'weekday',
    });
    expect(forecastOf(daysOf(repeated(WEEK, 27)), daysAfter(27, 7)).by).toBe('day');
    // Saturday and Sunday: 2 x 10
    expect(forecastOf(daysOf(repeated(WEEK, 33)), daysAfter(33, 2))).toMatchObject({ expected: 20n, by: 'weekday' });
  });

  test('goes on along the line that days rise along', () => {
    // day 28 to 30 of 100 + 10 x day: 380 + 390 + 400
    const days = daysOf(Array.from({ length: 28 }, (_, day) => 100n + 10n * BigInt(day)));
    expect(forecastOf(days, daysAfter(28, 3))).toEqual({ expected: 1170n, low: 1170n, high: 1170n, by: 'trend' });
  });

  test('does not follow a line that chance may have made', () => {
    // 90 and 110 in turn: within weekdays they rise by 140 over 1,715, far less than their spread
    expect(forecastOf(daysOf(repeated([90n, 110n], 28)), daysAfter(28, 7))).toMatchObject({
      ...{ expected: 700n, by: 'weekday' },
    });
  });

  test('is exact where figures are larger than numbers are', () => {
    const huge = 10n ** 30n;
    expect(forecastOf(daysOf(repeated([huge], 56)), daysAfter(56, 30)).expected).toBe(30n * huge);
  });

  test('holds what is expected between its ends, and is the same for figures in another unit', () => {
    const figures = fc.array(fc.bigInt({ min: 0n, max: 10n ** 18n }), { minLength: 14, maxLength: 56 });
    fc.assert(
      fc.property(figures, fc.integer({ min: 1, max: 92 }), (points, length) => {
        const ahead = daysAfter(points.length, length);
        const { low, expected, high, by } = forecastOf(daysOf(points), ahead);
        expect(low <= expected && expected <= high).toBe(true);
        const thousandfold = forecastOf(daysOf(points.map((each) => each * 1000n)), ahead);
        expect(thousandfold.by).toBe(by);
        // rounding moves an end by less than 2 of the smaller unit
        expect(abs(thousandfold.low - low * 1000n) < 2000n).toBe(true);
        expect(abs(thousandfold.high - high * 1000n) < 2000n).toBe(true);
      }),
    );
  });
});

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

// --- coverage: how many of simulated periods end in their range --------------------------------------------------

/** A generator of its own: the same series in every run. */
function drawing(seed: number) {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

const SHARES = [1.3, 1.2, 1.1, 1.2, 1, 0.2, 0.15];
type Series = (normal: () => number) => (day: number) => number;

const even: Series = (normal) => () => 1000 + 200 * normal();
const weekly: Series = (normal) => (day) => 1000 * SHARES[day % 7]! * Math.exp(0.3 * normal());
const skewed: Series = (normal) => () => 1000 * Math.exp(0.6 * normal());
const steep: Series = (normal) => (day) => 1000 * SHARES[day % 7]! * (1 + 0.01 * day) * Math.exp(0.15 * normal());
const inTurn: Series = (normal) => {
  let state = normal();
  return (day) => {
    state = 0.5 * state + Math.sqrt(0.75) * normal();
    return 1000 * SHARES[day % 7]! * Math.exp(0.3 * state);
  };
};

/** In percent of 400 series. */
function coverage(series: Series, recorded: number, length: number): number {
  const normal = drawing(20_261_126);
  const hits = Array.from({ length: 400 }, () => {
    const at = series(normal);
    const points = Array.from({ length: recorded + length }, (_, day) => BigInt(Math.max(0, Math.round(at(day)))));
    const sum = points.slice(recorded).reduce((total, each) => total + each, 0n);
    const { low, high } = forecastOf(daysOf(points.slice(0, recorded)), daysAfter(recorded, length));
    return low <= sum && sum <= high;
  });
  return hits.filter(Boolean).length / 4;
}

test.each([
  ['even days', even, 14, 16],
  ['even days', even, 28, 28],
  ['even days', even, 56, 30],
  ['days of a week', weekly, 28, 14],
  ['days of a week', weekly, 56, 30],
  ['days of a week', weekly, 56, 80],
  ['days of rare peaks', skewed, 56, 30],
  ['days that rise by a hundredth each', steep, 56, 30],
])('of %s, about four in five periods end in their range', (_, series, recorded, length) => {
  const percent = coverage(series, recorded, length);
  expect(percent).toBeGreaterThan(72);
  expect(percent).toBeLessThan(88);
});

test('of days that take after each other, two in three or more do', () => {
  expect(coverage(inTurn, 56, 30)).toBeGreaterThan(65);
});

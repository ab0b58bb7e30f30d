import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeAnomaly } from '../../../src/budget/ledger/judge-anomaly.js';
import { judgeForecast } from '../../../src/budget/ledger/judge-forecast.js';
import { judgeFreshness } from '../../../src/budget/ledger/judge-freshness.js';
import { judgeLedgerBudget } from '../../../src/budget/ledger/judge-ledger-budget.js';
import { judgePeriodGrowth } from '../../../src/budget/ledger/judge-period-growth.js';
import { judgeUnassigned } from '../../../src/budget/ledger/judge-unassigned.js';
import type { LedgerBudget, Rise } from '../../../src/budget/ledger/ledger-budget.js';
import '../../random.js';
import { ledgerBudget, usd } from '../budgets.js';
import { dayAt, daysAfter, daysOf, repeated } from './day-figures.js';
import { ledgerMeasure, tokensOf } from './ledger-facts.js';

const USD = 10n ** 12n;
const HOUR = 3_600_000;
const TOKENS = ledgerBudget({ max: { tokens: 1000 } });

describe('a forecast', () => {
  // 14 days of 90 and 110 tokens, two days ahead: 179 to 221, see the forecast's own test
  const facts = {
    days: daysOf(repeated([90n, 110n], 14)),
    measure: tokensOf(1400n),
    ahead: daysAfter(14, 2),
    usedAhead: 0n,
  };
  const judged = (used: bigint, other: Partial<typeof facts> = {}) =>
    judgeForecast(TOKENS, tokensOf(used), { ...facts, ...other });

  test.each([
    [779n, 'ok', 'TH000'], // 779 + 221 = 1,000, exactly at the limit
    [780n, 'warn', 'TH112'], // to 1,001
    [821n, 'warn', 'TH112'], // from 821 + 179 = 1,000
    [822n, 'error', 'TH111'], // from 1,001
    [1000n, 'error', 'TH111'],
  ])('over %i used of 1,000 tokens is %s %s', (used, level, code) => {
    expect(judged(used)).toMatchObject({
      ...{ level, code, measured: used + 200n, limit: 1000n },
      ...{ band: [used + 179n, used + 221n], method: 'approximate' },
    });
  });

  test('leaves a limit that is passed already to the verdict on it', () => {
    expect(judged(1001n)).toBeNull();
  });

  test('tells both ends and what they are from', () => {
    expect(judged(822n)?.message).toBe(
      '2026-10-01 to 2026-10-31 will end at 1,001 tokens to 1,043 tokens, over the limit of 1,000 tokens even at the low end (80% range from 14 days, all alike)',
    );
  });

  test('below 14 days is none', () => {
    expect(judged(0n, { days: daysOf(repeated([90n, 110n], 13)) })).toMatchObject({
      ...{ level: 'warn', code: 'TH113', measured: null },
      message: 'not enough data for a forecast: 13 of 14 days',
    });
  });

  test('replaces what is recorded of the days ahead, and is never below what is used', () => {
    expect(judged(500n, { usedAhead: 50n })).toMatchObject({ measured: 650n, band: [629n, 671n] }); // 450 + 200
    expect(judged(500n, { usedAhead: 190n })).toMatchObject({ measured: 510n, band: [500n, 531n] }); // 310 + 179 = 489
    const figures = fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 14, maxLength: 56 });
    const share = fc.bigInt({ min: 0n, max: 100n });
    fc.assert(
      fc.property(figures, fc.bigInt({ min: 0n, max: 10n ** 15n }), share, (points, used, percent) => {
        const verdict = judgeForecast(ledgerBudget({ max: { tokens: 10 ** 15 } }), tokensOf(used), {
          ...facts,
          ...{ days: daysOf(points), ahead: daysAfter(points.length, 5), usedAhead: (used * percent) / 100n },
        });
        const [low, high] = verdict!.band!;
        expect(used <= low && low <= high).toBe(true);
        expect(low <= (verdict!.measured as bigint) && (verdict!.measured as bigint) <= high).toBe(true);
      }),
    );
  });

  test('over unpriced usage is unknown, but a breach stays a breach', () => {
    const of = (used: bigint, where: 'period' | 'days') =>
      judgeForecast(
        ledgerBudget(),
        ledgerMeasure({ cost: { USD: used }, unpricedEvents: where === 'period' ? 1n : 0n }),
        {
          ...{ days: daysOf(repeated([USD], 14)), ahead: daysAfter(14, 2), usedAhead: 0n },
          measure: ledgerMeasure({ unpricedEvents: where === 'days' ? 1n : 0n }),
        },
      );
    expect(of(8n * USD, 'period')).toMatchObject({ level: 'unknown', code: 'TH101' }); // ends at 10 of 10 USD
    expect(of(8n * USD, 'days')).toMatchObject({ level: 'unknown', code: 'TH101' });
    expect(of(9n * USD, 'days')).toMatchObject({ level: 'error', code: 'TH111' });
  });

  test('of money is told to the cent, but on the side of the limit it is on', () => {
    const of = (used: bigint) =>
      judgeForecast(ledgerBudget(), ledgerMeasure({ cost: { USD: used } }), {
        ...{ days: daysOf(repeated([USD / 3n], 14)), measure: ledgerMeasure(), ahead: daysAfter(14, 3), usedAhead: 0n },
      });
    expect(of(5n * USD)?.message).toContain('will end at 5.99 USD to 6 USD, within'); // 5.999999999999
    expect(of(9n * USD + 3n)?.message).toContain('will end at 10.000000000002 USD to 10.01 USD, over');
  });
});

const growing = (growth: Rise, facts: Partial<LedgerBudget> = {}) => ({ ...TOKENS, max: null, ...facts, growth });

describe('growth', () => {
  const earlier = (tokens: bigint, facts = {}) => tokensOf(tokens, { period: '2026-09-01 to 2026-09-12', ...facts });
  const judged = (now: bigint, then: bigint, growth: Rise = { percent: 20, floor: null }) =>
    judgePeriodGrowth(growing(growth), { now: tokensOf(now), before: earlier(then), isCovered: true });

  test.each([
    [1199n, 'ok', 'TH000'],
    [1200n, 'ok', 'TH000'], // 1,000 + 20%
    [1201n, 'error', 'TH114'],
  ])('of 20%% from 1,000 to %i tokens is %s %s', (now, level, code) => {
    expect(judged(now, 1000n)).toMatchObject({
      ...{ level, code, measured: now, limit: 1200n, baseline: 1000n, delta: now - 1000n },
    });
  });

  test('says how much more it is, and how much would pass', () => {
    expect(judged(1501n, 1000n).message).toBe(
      '1,501 tokens over 2026-10-01 to 2026-10-31, after 1,000 tokens over 2026-09-01 to 2026-09-12: 50% more, over the 1,200 tokens that pass',
    );
  });

  test('must pass the floor as well where there is one', () => {
    const growth = { percent: 20, floor: { tokens: 500 } };
    expect(judged(1500n, 1000n, growth).level).toBe('ok'); // 50% more, but no more than 500
    expect(judged(1501n, 1000n, growth)).toMatchObject({ level: 'error', limit: 1500n });
    expect(judged(4800n, 4000n, growth).level).toBe('ok'); // 800 more, but no more than 20%
    expect(judged(4801n, 4000n, growth).level).toBe('error');
  });

  test('is exact where a share is no whole number', () => {
    expect(judged(3n, 3n, { percent: 10, floor: null }).level).toBe('ok'); // 3.3 rounds down to 3
    expect(judged(4n, 3n, { percent: 10, floor: null }).level).toBe('error');
  });

  test('from nothing, or from a period that is not recorded whole, cannot be compared', () => {
    expect(judged(1n, 0n)).toMatchObject({
      ...{ level: 'unknown', code: 'TH118', measured: 1n, baseline: null },
      message: 'nothing was used over 2026-09-01 to 2026-09-12, so the growth cannot be compared',
    });
    expect(judged(0n, 0n)).toMatchObject({ level: 'ok', baseline: 0n });
    const facts = { now: tokensOf(5n), before: earlier(5n) };
    const budget = growing({ percent: 20, floor: null });
    expect(judgePeriodGrowth(budget, { ...facts, isCovered: false })).toMatchObject({
      ...{ level: 'unknown', code: 'TH118' },
      message: 'only part of 2026-09-01 to 2026-09-12 is recorded, so the growth cannot be compared',
    });
    expect(
      judgePeriodGrowth(budget, { ...facts, before: earlier(0n, { recorded: false }), isCovered: true }),
    ).toMatchObject({
      ...{ level: 'unknown', code: 'TH118' },
      message: 'nothing is recorded for 2026-09-01 to 2026-09-12, so the growth cannot be compared',
    });
  });

  test('over doubtful usage now stays a breach, against doubtful usage before it is unknown', () => {
    const budget = growing({ percent: 20, floor: null }, { max: usd(100n * USD) });
    const of = (pico: bigint, unpricedEvents = 0n) => ledgerMeasure({ cost: { USD: pico }, unpricedEvents });
    const level = (now: ReturnType<typeof of>, then: ReturnType<typeof of>) =>
      judgePeriodGrowth(budget, { now, before: then, isCovered: true }).level;
    expect(level(of(2n * USD, 1n), of(USD))).toBe('error');
    expect(level(of(USD, 1n), of(USD))).toBe('unknown');
    expect(level(of(2n * USD), of(USD, 1n))).toBe('unknown');
  });
});

describe('an anomaly', () => {
  const budget = { ...TOKENS, max: null, anomaly: { percent: 50, floor: { tokens: 100 } } };
  const judged = (points: readonly bigint[], facts = {}, age = 1) =>
    judgeAnomaly(budget, {
      days: daysOf(points),
      today: dayAt(points.length - 1 + age).day,
      measure: tokensOf(0n, facts),
    });
  /** Weeks of 10 tokens a day, whose Mondays used these. */
  const mondays = (...figures: readonly bigint[]) =>
    figures.flatMap((figure, week) => [figure, ...repeated([10n], week === figures.length - 1 ? 0 : 6)]);

  test.each([
    [300n, 'ok', 'TH000'], // 200 + 50%
    [301n, 'error', 'TH116'],
  ])('is a day of more than half again the median: %i tokens is %s %s', (day, level, code) => {
    // the median of 100, 200 and 900
    expect(judged(mondays(100n, 900n, 200n, day))).toMatchObject({
      ...{ level, code, measured: day, limit: 300n, baseline: 200n, delta: day - 200n },
    });
  });

  test.each([
    [199n, 'ok'], // nearly twice 100, but 99 more
    [200n, 'ok'],
    [201n, 'error'],
  ])('is not below its floor: %i tokens after 100 is %s', (day, level) => {
    expect(judged(mondays(100n, 100n, 100n, day)).level).toBe(level);
  });

  test('names the day, the median and the weekdays it is of', () => {
    // of four the mean of the two in the middle: (100 + 201) / 2, shown rounded half up
    expect(judged(mondays(100n, 201n, 900n, 50n, 400n))).toMatchObject({
      baseline: 151n,
      message:
        '400 tokens on 2026-08-31, and 151 tokens in the median of 4 Mondays before (2026-08-03 to 2026-08-24): over the 250 tokens that pass',
      hint: expect.stringContaining('tokenhub report --period 2026-08-31 --by model,day'),
    });
  });

  test.each([
    [1150n, 'ok'], // 1,095.5 + 5% = 1,150.275
    [1151n, 'error'],
  ])('is judged by half a token of the median, too: %i is %s', (day, level) => {
    const exact = { ...budget, anomaly: { percent: 5, floor: { tokens: 10 } } };
    const days = daysOf(mondays(1095n, 1096n, 900n, 2000n, day));
    const facts = { days, today: dayAt(days.length).day, measure: tokensOf(0n) };
    expect(judgeAnomaly(exact, facts)).toMatchObject({ level, limit: 1150n, baseline: 1096n });
    // of the floor alone: 1,095.5 + 60 = 1,155.5
    const floor = { ...exact, anomaly: { percent: 5, floor: { tokens: 60 } } };
    expect(judgeAnomaly(floor, facts)).toMatchObject({ level: 'ok', limit: 1155n });
  });

  test.each([
    [8, 'error', 'TH116'],
    [9, 'unknown', 'TH115'],
  ])('is of a day that is no more than eight days before the check: after %i it is %s', (age, level, code) => {
    expect(judged(mondays(100n, 100n, 100n, 900n), {}, age)).toMatchObject({ level, code });
  });

  test('of a day too long ago says which, and how old it is', () => {
    expect(judged(mondays(100n, 100n), {}, 51).message).toBe(
      'the last recorded day, 2026-08-10, is 51 days before the check, and may be 8: what came since is not known',
    );
  });

  test('looks at eight weeks at most', () => {
    // four of 100 and four of 300: 200; the 900 before them would make it 300
    expect(judged(mondays(900n, ...repeated([100n, 300n], 8), 101n))).toMatchObject({ baseline: 200n });
  });

  test('needs three of the same weekday', () => {
    expect(judged(mondays(100n, 100n, 900n))).toMatchObject({
      ...{ level: 'warn', code: 'TH113' },
      message: 'not enough data for an anomaly: 2 of 3 Mondays before 2026-08-17',
    });
  });

  test('of days that nothing is recorded of, or nothing of each, is unknown', () => {
    expect(judged([], { recorded: false, events: 0n })).toMatchObject({
      ...{ level: 'unknown', code: 'TH103' },
      message: 'no usage recorded for 2026-10-01 to 2026-10-31',
    });
    expect(judged([], { events: 1n })).toMatchObject({
      ...{ level: 'unknown', code: 'TH103' },
      message: 'no day of 2026-10-01 to 2026-10-31 is recorded by itself',
    });
  });

  test('is none yet of what used nothing while others did', () => {
    expect(judged([], { events: 0n })).toMatchObject({
      ...{ level: 'warn', code: 'TH113' },
      message: 'not enough data for an anomaly: nothing was used over 2026-10-01 to 2026-10-31',
    });
  });

  test('among doubtful days is unknown', () => {
    expect(judged(mondays(100n, 100n, 100n, 900n), { rejected: 1 })).toMatchObject({ level: 'unknown', code: 'TH104' });
  });
});

describe('the share of no unit', () => {
  const judged = (ofNoUnit: bigint, facts = {}) =>
    judgeUnassigned({ ...TOKENS, unassigned: 5 }, { all: tokensOf(1010n), ofNoUnit: tokensOf(ofNoUnit, facts) });

  test.each([
    [50n, 'ok', 'TH000'], // 5% of 1,010 is 50.5
    [51n, 'error', 'TH117'],
  ])('of %i in 1,010 tokens is %s %s of at most 5%%', (tokens, level, code) => {
    expect(judged(tokens)).toMatchObject({ level, code, measured: tokens, limit: 50n });
  });

  test('is of money in a budget in money, and unknown where some has no price', () => {
    const budget = { ...ledgerBudget(), unassigned: 0 };
    const of = (facts: object) => judgeUnassigned(budget, { all: ledgerMeasure(), ofNoUnit: ledgerMeasure(facts) });
    expect(of({ cost: {} })).toMatchObject({ level: 'ok', measured: { currency: 'USD', pico: 0n } });
    expect(of({ cost: { USD: 1n } })).toMatchObject({ level: 'error' });
    expect(of({ cost: { USD: 1n }, unpricedEvents: 1n })).toMatchObject({ level: 'unknown', code: 'TH101' });
  });

  test('is of tokens in a budget of another quantity', () => {
    const budget = ledgerBudget({ max: { quantity: 'image', millionths: 1n } });
    const facts = { all: tokensOf(10n), ofNoUnit: tokensOf(1n) };
    expect(judgeUnassigned({ ...budget, unassigned: 5 }, facts)).toMatchObject({ level: 'error', measured: 1n });
  });
});

describe('the age of data', () => {
  const judged = (age: number | null) =>
    judgeFreshness(
      { ...TOKENS, maxAge: 48 * HOUR },
      { newest: age === null ? null : { age, time: '2026-10-05 08:00 (UTC)' } },
    );

  test.each([
    [0, 'ok', 'TH000'],
    [48 * HOUR, 'ok', 'TH000'],
    [48 * HOUR + 1, 'unknown', 'TH115'],
  ])('of %i ms is %s %s of at most two days', (age, level, code) => {
    expect(judged(age)).toMatchObject({ level, code });
  });

  test('tells when the newest usage was', () => {
    expect(judged(75 * HOUR).message).toBe(
      'the newest usage is of 2026-10-05 08:00 (UTC), 3 days and 3 hours old, and may be 2 days: what came since is not known',
    );
  });

  test('of no data at all is unknown', () => {
    expect(judged(null)).toMatchObject({ level: 'unknown', code: 'TH103' });
  });
});

describe('a budget of several rules', () => {
  const period = { all: tokensOf(1001n), holders: [], nobody: null };
  const stale = { newest: { age: 49 * HOUR, time: '2026-10-05 08:00 (UTC)' } };
  const none = { forecast: null, growth: null, anomaly: null, unassigned: null, freshness: null };
  const codes = (budget: LedgerBudget, facts = {}) =>
    judgeLedgerBudget(budget, { period, ...none, ...facts }).map(({ level, code }) => `${level} ${code}`);

  test('has a verdict for each, and its limit breached stays so over stale data', () => {
    expect(codes({ ...TOKENS, maxAge: 48 * HOUR }, { freshness: stale })).toEqual(['error TH001', 'unknown TH115']);
  });

  test('only warns of breaches where its level says so; what is unknown stays unknown', () => {
    expect(codes({ ...TOKENS, level: 'warn', maxAge: 48 * HOUR }, { freshness: stale })).toEqual([
      'warn TH001',
      'unknown TH115',
    ]);
  });

  test('says that a breach only warns, but not of a warning or a verdict within the limit', () => {
    const messages = (used: bigint) => {
      const facts = { period: { ...period, all: tokensOf(used) }, ...none };
      return judgeLedgerBudget({ ...TOKENS, level: 'warn', warn: { percent: 90 } }, facts).map(
        ({ message }) => message,
      );
    };
    expect(messages(1002n)).toEqual([
      '1,002 tokens over 2026-10-01 to 2026-10-31, 2 tokens over the limit of 1,000 tokens; it only warns, by `level: warn`',
    ]);
    expect(messages(950n)).toEqual([expect.not.stringContaining('it only warns')]);
    expect(messages(900n)).toEqual([expect.not.stringContaining('it only warns')]);
  });

  test('tells a reason for which several rules are unknown once, of the period itself', () => {
    const all = ledgerMeasure({ recorded: false });
    const budget = { ...TOKENS, unassigned: 5 };
    const facts = { period: { ...period, all: { ...all, tokens: 0n } }, unassigned: { all, ofNoUnit: all } };
    expect(codes(budget, facts)).toEqual(['unknown TH103']);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMAND_LINE } from '../../../src/budget/budget.js';
import type { Baseline } from '../../../src/budget/files/baseline.js';
import type { FileBudget } from '../../../src/budget/files/file-budget.js';
import { type FileTokens, measuresOf } from '../../../src/budget/files/file-measure.js';
import {
  growthNotes,
  type Judging,
  judgeFiles,
  judgeNoFiles,
  judgeSkippedFile,
} from '../../../src/budget/files/judge-files.js';
import { type CallsCost, type LimitInForce, shareOfContext } from '../../../src/budget/files/limit-in-force.js';
import { passes, type Verdict } from '../../../src/budget/verdict.js';
import { fileBudget, usd } from '../budgets.js';
import '../../random.js';

const file = (tokens: number, facts: Partial<FileTokens> = {}): FileTokens => ({
  path: 'a.md',
  tokens,
  atLeast: false,
  sections: null,
  ...facts,
});

const inTokens = (tokens: number): LimitInForce => ({ of: 'tokens', tokens: BigInt(tokens), share: null });

/** In the base `main`, a.md had so many tokens; `null`: it was not there. */
const was = (tokens: number | null, facts: Partial<Baseline> = {}): Baseline => ({
  name: 'main',
  tokens: new Map(tokens === null ? [] : [['["a.md",null]', tokens]]),
  unknown: new Map(),
  files: null,
  ...facts,
});

const uncounted = was(null, { unknown: new Map([['["a.md",null]', 'binary']]) });

/** Verdicts on files of a budget of 1,000 tokens each, unless said otherwise. */
const judge = (
  files: readonly FileTokens[],
  budget: Partial<FileBudget> = {},
  judging: Partial<Judging> = {},
): Verdict[] =>
  judgeFiles(fileBudget(budget), measuresOf(fileBudget(budget), files), {
    ...{ band: null, doubts: [], limit: inTokens(1000), baseline: null, files },
    ...judging,
  });

const shown = (verdicts: readonly Verdict[]): string[] => verdicts.map(({ level, code }) => `${level} ${code}`);

/** Half of the tokens to twice as many. */
const WIDE = [0.5, 2] as const;

describe('the size of a file beside a limit of 1,000 tokens', () => {
  const PLAIN = {};
  const WARN = { warn: { percent: 80 } };
  const TOLERANT = { tolerance: { percent: 2 } };
  test.each<[string, number, Partial<FileBudget>, Partial<Judging>, string]>([
    ['under', 999, PLAIN, {}, 'ok TH000'],
    ['at', 1000, PLAIN, {}, 'ok TH000'],
    ['over', 1001, PLAIN, {}, 'error TH001'],
    ['at the warning', 800, WARN, {}, 'ok TH000'], // 80% of 1,000 = 800
    ['over the warning', 801, WARN, {}, 'warn TH002'],
    ['over a warning in tokens', 901, { warn: { tokens: 900 } }, {}, 'warn TH002'],
    ['at the tolerance', 1020, TOLERANT, {}, 'warn TH006'], // 1,000 + 2% = 1,020
    ['over the tolerance', 1021, TOLERANT, {}, 'error TH001'],
    ['at a tolerance in tokens', 1007, { tolerance: { tokens: 7 } }, {}, 'warn TH006'],
    ['over a tolerance in tokens', 1008, { tolerance: { tokens: 7 } }, {}, 'error TH001'],
    ['at a tolerance that rounds down', 1001, { tolerance: { percent: 0.19 } }, {}, 'warn TH006'], // 1.9 -> 1
    ['over one that rounds down', 1002, { tolerance: { percent: 0.19 } }, {}, 'error TH001'],
    ['over a tolerance of nothing', 1001, { tolerance: { tokens: 0 } }, {}, 'error TH001'],
    ['at the limit, as counted', 1000, PLAIN, { band: WIDE }, 'ok TH000'],
    ['inside the band', 2001, PLAIN, { band: WIDE }, 'warn TH003'], // 2,001 x 0.5 = 1,000.5 -> 1,000
    ['beyond the band', 2002, PLAIN, { band: WIDE }, 'error TH001'], // 2,002 x 0.5 = 1,001
    ['beyond the band, tolerated', 2040, TOLERANT, { band: WIDE }, 'warn TH006'], // 2,040 x 0.5 = 1,020
    ['beyond band and tolerance', 2042, TOLERANT, { band: WIDE }, 'error TH001'], // 2,042 x 0.5 = 1,021
    ['over, as in the base', 1200, PLAIN, { baseline: was(1200) }, 'warn TH008'],
    ['over, less than in the base', 1200, PLAIN, { baseline: was(1300) }, 'warn TH008'],
    ['over, more than in the base', 1201, PLAIN, { baseline: was(1200) }, 'error TH001'],
    ['over, not over in the base', 1200, PLAIN, { baseline: was(1000) }, 'error TH001'],
    ['over, tolerated in the base', 1021, TOLERANT, { baseline: was(1020) }, 'error TH001'],
    ['over, new', 1200, PLAIN, { baseline: was(null) }, 'error TH001'],
    ['over, not counted in the base', 1200, PLAIN, { baseline: uncounted }, 'error TH001'],
    ['under, over in the base', 999, PLAIN, { baseline: was(1200) }, 'ok TH000'],
    ['over, where the budget warns', 1001, { level: 'warn' }, {}, 'warn TH001'],
  ])('%s: %i tokens', (_, tokens, budget, judging, expected) => {
    expect(shown(judge([file(tokens)], budget, judging))).toEqual([expected]);
  });

  test('that was counted until it was over says so, and is never compared with what it was', () => {
    const counted = [file(1100, { atLeast: true })];
    expect(judge(counted)[0]).toMatchObject({
      code: 'TH001',
      atLeast: true,
      message: 'a.md: at least 1,100 tokens, 100 over the limit of 1,000',
    });
    expect(() => judge(counted, {}, { baseline: was(1200) })).toThrow('cannot be compared');
  });

  test('is told with limit, base, difference and band', () => {
    expect(judge([file(2042)], {}, { band: WIDE, baseline: was(1900) })[0]).toMatchObject({
      measured: 2042n,
      limit: 1000n,
      baseline: 1900n,
      delta: 142n,
      method: 'approximate',
      band: [1021n, 4084n],
      path: 'a.md',
      message: 'a.md: about 2,042 tokens (1,021 to 4,084), 1,042 over the limit of 1,000; 142 more than 1,900 in main',
    });
  });

  test.each([
    [was(1300), '; it was over it already, with 1,300 in main'],
    [was(1100), '; 100 more than 1,100 in main'],
    [was(null), '; new since main'],
    [uncounted, '; what it was in main could not be counted'],
    [null, ''],
  ])('over the limit is told beside what it was', (baseline, since) => {
    const [{ message } = {}] = judge([file(1200)], {}, { baseline });
    expect(message).toBe(`a.md: 1,200 tokens, 200 over the limit of 1,000${since}`);
  });

  test('names the line of the config to change, or the flag of a budget that is typed', () => {
    const typed = { place: COMMAND_LINE };
    expect(judge([file(1200)])[0]?.hint).toBe('shorten a.md, or raise `max` at tokenhub.config.yaml:7');
    expect(judge([file(1200)], typed)[0]?.hint).toBe('shorten a.md, or raise --max');
  });

  test('that is in doubt is approximate, without a band', () => {
    const doubts = ['an image is not counted'];
    expect(judge([file(1200)], {}, { doubts })[0]).toMatchObject({ code: 'TH001', method: 'approximate', band: null });
  });

  test('says that a breach only warns', () => {
    expect(judge([file(1200)], { level: 'warn' })[0]?.message).toBe(
      'a.md: 1,200 tokens, 200 over the limit of 1,000; it only warns, by `level: warn`',
    );
  });
});

describe('the growth of a file, of growth alone', () => {
  const TOKENS = { tokens: 100, percent: null, when: 'both' } as const;
  const PERCENT = { tokens: null, percent: 10, when: 'both' } as const;
  const BOTH = { tokens: 100, percent: 10, when: 'both' } as const;
  const EITHER = { tokens: 100, percent: 10, when: 'either' } as const;
  test.each<[string, number, FileBudget['maxIncrease'], Partial<Judging>, string]>([
    ['at the tokens', 600, TOKENS, { baseline: was(500) }, 'ok TH000'],
    ['over the tokens', 601, TOKENS, { baseline: was(500) }, 'error TH007'],
    ['at the percent', 550, PERCENT, { baseline: was(500) }, 'ok TH000'], // 500 x 10% = 50
    ['over the percent', 551, PERCENT, { baseline: was(500) }, 'error TH007'],
    ['at a share of a token', 5, PERCENT, { baseline: was(5) }, 'ok TH000'],
    ['over a share of a token', 6, PERCENT, { baseline: was(5) }, 'error TH007'], // 5 x 10% = 0.5 < 1
    ['over the percent, not the tokens', 600, BOTH, { baseline: was(500) }, 'ok TH000'],
    ['over the tokens, not the percent', 2200, BOTH, { baseline: was(2000) }, 'ok TH000'], // 10% = 200
    ['over both', 2201, BOTH, { baseline: was(2000) }, 'error TH007'],
    ['at either', 550, EITHER, { baseline: was(500) }, 'ok TH000'],
    ['over the percent, either', 551, EITHER, { baseline: was(500) }, 'error TH007'],
    ['over the tokens, either', 2101, EITHER, { baseline: was(2000) }, 'error TH007'],
    ['shrunk', 400, EITHER, { baseline: was(500) }, 'ok TH000'],
    ['from nothing', 1, PERCENT, { baseline: was(0) }, 'error TH007'],
    ['from nothing to nothing', 0, PERCENT, { baseline: was(0) }, 'ok TH000'],
    ['new', 5000, TOKENS, { baseline: was(null) }, 'ok TH000'],
    ['not counted in the base', 500, TOKENS, { baseline: uncounted }, 'unknown TH013'],
    ['no base', 500, TOKENS, {}, 'unknown TH010'],
    ['inside the band', 700, TOKENS, { baseline: was(500), band: WIDE }, 'warn TH003'], // 350 - 250 = 100
    ['beyond the band', 702, TOKENS, { baseline: was(500), band: WIDE }, 'error TH007'], // 351 - 250 = 101
    ['beyond the percent, in any band', 560, PERCENT, { baseline: was(500), band: WIDE }, 'error TH007'], // 280 - 250 > 25
  ])('%s: %i tokens', (_, tokens, maxIncrease, judging, expected) => {
    expect(shown(judge([file(tokens)], { max: null, maxIncrease }, { limit: null, ...judging }))).toEqual([expected]);
  });

  test('has its own verdict beside the size when it is too much, and none when it is not', () => {
    const grown = (tokens: number, baseline: Baseline | null) =>
      shown(judge([file(tokens)], { maxIncrease: TOKENS }, { baseline }));
    expect(grown(700, was(500))).toEqual(['ok TH000', 'error TH007']);
    expect(grown(600, was(500))).toEqual(['ok TH000']);
    expect(grown(600, uncounted)).toEqual(['ok TH000', 'unknown TH013']);
    expect(grown(700, null)).toEqual(['ok TH000']);
  });

  test('tells the most that passes, and the rule', () => {
    const [verdict] = judge([file(2301)], { max: null, maxIncrease: BOTH }, { limit: null, baseline: was(2000) });
    expect(verdict).toMatchObject({
      measured: 2301n,
      limit: 2200n, // 2,000 + the larger of 100 and 10% of 2,000 = 200
      baseline: 2000n,
      delta: 301n,
      message:
        'a.md: 301 tokens more than in main, 2,000 before and 2,301 now; 200 more are allowed (100 tokens or 10%, whichever is more)',
      hint: 'shorten a.md, or raise `maxIncrease` at tokenhub.config.yaml:7',
    });
  });

  test('of all files together counts every token, those of new files too', () => {
    const budget = { scope: 'total', max: null, maxIncrease: TOKENS } as const;
    const files = [file(500), file(101, { path: 'new.md' })];
    const baseline = was(500, { tokens: new Map([['[null,null]', 500]]) });
    expect(shown(judge(files, budget, { limit: null, baseline }))).toEqual(['error TH007']); // 601 - 500 = 101
    expect(shown(judge([file(101)], budget, { limit: null, baseline: was(null) }))).toEqual(['error TH007']); // from 0
  });

  test('is noted once where it is left out for want of a base', () => {
    const both = fileBudget({ maxIncrease: TOKENS });
    const other = fileBudget({ name: 'other', maxIncrease: TOKENS });
    expect(growthNotes([both, other], new Map())).toEqual([
      'growth is not judged: there is no base; name one with --base <ref>',
    ]);
    expect(growthNotes([both, other], new Map([[both, was(1)]]))).toEqual([
      'other: growth is not judged: there is nothing to compare with',
    ]);
    expect(growthNotes([both], new Map([[both, was(1)]]))).toEqual([]);
    expect(growthNotes([fileBudget(), fileBudget({ max: null, maxIncrease: TOKENS })], new Map())).toEqual([]);
  });
});

describe('a limit in money', () => {
  const max = usd(1_000_000n);
  /** 1,000 pico-dollars a token up to 1,000 tokens, 3,000 above; no price above 5,000. */
  const costOf = ({ tokens, low }: { tokens: number; low: number }): CallsCost => {
    const cost = (n: number) => BigInt(n) * (n <= 1000 ? 1000n : 3000n);
    if (tokens > 5000) return { known: false, reason: 'too large for the model' };
    return { known: true, pico: cost(tokens), low: cost(low) };
  };
  const limit: LimitInForce = { of: 'cost', cost: max.cost, costOf };
  const money = (tokens: number, facts: Partial<FileBudget> = {}, judging: Partial<Judging> = {}) =>
    judge([file(tokens)], { max, ...facts }, { limit, ...judging });

  test.each<[string, number, Partial<FileBudget>, Partial<Judging>, string]>([
    ['at', 1000, {}, {}, 'ok TH000'], // 1,000 x 1,000 = 1,000,000
    ['over, in the next tier', 1001, {}, {}, 'error TH001'], // 1,001 x 3,000
    ['over the warning', 801, { warn: { percent: 80 } }, {}, 'warn TH002'],
    ['inside the band', 1900, {}, { band: WIDE }, 'warn TH003'], // the low end: 950 x 1,000
    ['beyond the band', 2002, {}, { band: WIDE }, 'error TH001'], // 1,001 x 3,000
    ['as in the base', 1200, {}, { baseline: was(1200) }, 'warn TH008'],
    ['not priced', 5001, {}, {}, 'unknown TH011'],
  ])('%s: %i tokens', (_, tokens, facts, judging, expected) => {
    expect(shown(money(tokens, facts, judging))).toEqual([expected]);
  });

  test('tells cost, limit, difference and what it takes for granted', () => {
    const assume = { outputTokens: 500, calls: 1000 };
    expect(money(1200, { assume }, { baseline: was(1100) })[0]).toMatchObject({
      measured: { currency: 'USD', pico: 3_600_000n, text: null },
      limit: max.cost,
      baseline: { currency: 'USD', pico: 3_300_000n, text: null },
      delta: { currency: 'USD', pico: 300_000n, text: null },
      message:
        'a.md: 0.0000036 USD, 0.0000026 USD over the limit of 0.000001 USD (with 500 tokens of output, 1,000 calls); 0.0000003 USD more than 0.0000033 USD in main',
    });
  });
});

describe('what cannot be judged', () => {
  test('a limit that is not known is one verdict, and growth is judged all the same', () => {
    const limit = { of: 'unknown', code: 'TH012', reason: 'the context window of x is not known', hint: '' } as const;
    const maxIncrease = { tokens: 1, percent: null, when: 'both' } as const;
    const baseline = was(3);
    const files = [file(5), file(5, { path: 'new.md' })];
    expect(shown(judge(files, { maxIncrease }, { limit, baseline }))).toEqual([
      'unknown TH012',
      'error TH007', // 5 - 3 = 2; what is new has not grown
    ]);
  });

  test('is a budget whose globs match no file, unless it allows that', () => {
    expect(judgeNoFiles(fileBudget())).toMatchObject({ level: 'unknown', code: 'TH004', measured: null });
    expect(judgeNoFiles(fileBudget({ allowEmpty: true }))).toMatchObject({ level: 'ok', code: 'TH000', hint: '' });
  });

  test('is a file that cannot be counted', () => {
    expect(judgeSkippedFile(fileBudget(), 'logo.png', 'binary')).toMatchObject({
      level: 'unknown',
      code: 'TH005',
      path: 'logo.png',
    });
  });
});

test('a share of a context window is whole tokens, rounded down', () => {
  expect(shareOfContext({ contextPercent: 5 }, 128_000).tokens).toBe(6400n);
  expect(shareOfContext({ contextPercent: 0.000001 }, 199_999_999).tokens).toBe(1n); // 1.99999999
  const limit = shareOfContext({ contextPercent: 5 }, 20_000);
  expect(judge([file(1001)], {}, { limit })[0]?.message).toBe(
    'a.md: 1,001 tokens, 1 over the limit of 1,000 (5% of a context of 20,000)',
  );
});

describe('every verdict', () => {
  const SEVERITY = ['ok', 'warn', 'error'];
  const drawn = fc.record({
    tokens: fc.nat(3000),
    more: fc.nat(3000),
    tolerance: fc.option(
      fc.oneof(fc.record({ percent: fc.integer({ min: 0, max: 100 }) }), fc.record({ tokens: fc.nat(500) })),
    ),
    warn: fc.option(fc.record({ percent: fc.integer({ min: 1, max: 100 }) })),
    band: fc.option(fc.tuple(fc.double({ min: 0.5, max: 1, noNaN: true }), fc.double({ min: 1, max: 2, noNaN: true }))),
    baseline: fc.option(fc.option(fc.nat(3000)).map((tokens) => was(tokens))),
    maxIncrease: fc.option(
      fc.record({ tokens: fc.nat(500), percent: fc.nat(50), when: fc.constantFrom('both', 'either') }),
    ),
  });

  test('of a larger file is no milder', () => {
    fc.assert(
      fc.property(drawn, ({ tokens, more, band, baseline, ...facts }) => {
        const worst = (count: number) =>
          Math.max(...judge([file(count)], facts, { band, baseline }).map(({ level }) => SEVERITY.indexOf(level)));
        expect(worst(tokens + more)).toBeGreaterThanOrEqual(worst(tokens));
      }),
    );
  });

  test('of a budget that warns never fails', () => {
    fc.assert(
      fc.property(drawn, ({ tokens, band, baseline, ...facts }) => {
        const verdicts = judge([file(tokens)], { ...facts, level: 'warn' }, { band, baseline });
        expect(verdicts.every(({ level }) => passes(level, { failOn: 'error', allowUnknown: false }))).toBe(true);
      }),
    );
  });

  test('with a tolerance of 0 is that without one', () => {
    fc.assert(
      fc.property(drawn, ({ tokens, band, baseline, ...facts }) => {
        const judged = (tolerance: FileBudget['tolerance']) =>
          judge([file(tokens)], { ...facts, tolerance }, { band, baseline });
        expect(judged({ tokens: 0 })).toEqual(judged(null));
        expect(judged({ percent: 0 })).toEqual(judged(null));
      }),
    );
  });
});

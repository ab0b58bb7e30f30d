import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileBudget, MaxIncrease } from '../../src/budget/files/file-budget.js';
import { mostIncrease } from '../../src/budget/files/judge-growth.js';
import { judgeLimitChange } from '../../src/budget/judge-limit-change.js';
import type { LedgerBudget } from '../../src/budget/ledger/ledger-budget.js';
import { limitChanges } from '../../src/budget/limit-changes.js';
import { isIncreaseLooser } from '../../src/budget/looser.js';
import { fileBudget, ledgerBudget, usd } from './budgets.js';

const ofFiles = (before: Partial<FileBudget>, now: Partial<FileBudget>): string[] =>
  textsOf(limitChanges([fileBudget(before)], [fileBudget(now)]));

const textsOf = (changes: ReturnType<typeof limitChanges>): string[] =>
  changes.flatMap(({ fields }) => fields.map(({ field, from, to }) => `${field}: ${from} → ${to}`));

const EUR = { cost: { currency: 'EUR', pico: 1n, text: null } };
const tokens = (n: number) => ({ tokens: n });
const both = (t: number | null, p: number | null): MaxIncrease => ({ tokens: t, percent: p, when: 'both' });
const either = (t: number | null, p: number | null): MaxIncrease => ({ tokens: t, percent: p, when: 'either' });

describe('a budget on files is loosened', () => {
  test.each<[Partial<FileBudget>, Partial<FileBudget>, string[]]>([
    [{ max: tokens(2000) }, { max: tokens(2001) }, ['max: 2,000 tokens → 2,001 tokens']],
    [{ max: tokens(2000) }, { max: tokens(1999) }, []],
    [{ max: tokens(2000) }, { max: null }, ['max: 2,000 tokens → none']],
    [{ max: null }, { max: tokens(1) }, []],
    [{ max: tokens(9) }, { max: usd(1n) }, ['max: 9 tokens → 0.000000000001 USD']],
    [{ max: usd(2n) }, { max: EUR }, ['max: 0.000000000002 USD → 0.000000000001 EUR']],
    [{ max: usd(2n) }, { max: usd(1n) }, []],
    [{ max: { contextPercent: 5 } }, { max: { contextPercent: 5.5 } }, ['max: 5% of context → 5.5% of context']],
    [{ maxIncrease: both(5, null) }, { maxIncrease: null }, ['maxIncrease: 5 tokens → none']],
    [{ maxIncrease: both(5, null) }, { maxIncrease: both(6, null) }, ['maxIncrease: 5 tokens → 6 tokens']],
    [{ maxIncrease: either(5, 10) }, { maxIncrease: both(5, 10) }, ['maxIncrease: 5 tokens or 10% → 5 tokens and 10%']],
    [{ maxIncrease: both(5, 10) }, { maxIncrease: either(5, 10) }, []],
    [{ maxIncrease: both(5, null) }, { maxIncrease: both(5, 10) }, ['maxIncrease: 5 tokens → 5 tokens and 10%']],
    [{ maxIncrease: both(5, null) }, { maxIncrease: either(5, 10) }, []],
    [{ maxIncrease: null }, { maxIncrease: both(5, null) }, []],
    [{ tolerance: null }, { tolerance: { percent: 2 } }, ['tolerance: none → 2%']],
    [{ tolerance: { percent: 2 } }, { tolerance: tokens(2) }, ['tolerance: 2% → 2 tokens']],
    [{ tolerance: { percent: 2 } }, { tolerance: null }, []],
    [{ warn: { percent: 80 } }, { warn: { percent: 90 } }, ['warn: 80% → 90%']],
    [{ warn: { percent: 80 } }, { warn: null }, ['warn: 80% → none']],
    [{ warn: { percent: 80 } }, { warn: { percent: 70 } }, []],
    [{ level: 'error' }, { level: 'warn' }, ['level: error → warn']],
    [{ level: 'warn' }, { level: 'error' }, []],
    [{ allowEmpty: false }, { allowEmpty: true }, ['allowEmpty: false → true']],
    [{ allowEmpty: true }, { allowEmpty: false }, []],
    [{ paths: ['*.md'] }, { paths: ['*.md', '!a.md'] }, ['paths: *.md → *.md, !a.md']],
    [{ scope: 'total' }, { scope: 'file' }, ['scope: total → file']],
    [{ model: 'gpt-4o' }, { model: null }, ['model: gpt-4o → none']],
    [{ encoding: null }, { encoding: 'r50k_base' }, ['encoding: none → r50k_base']],
    [{ content: 'text' }, { content: 'messages' }, ['messages: false → true']],
    [
      { assume: { outputTokens: 500, calls: 2 } },
      { assume: { outputTokens: 500, calls: 1 } },
      ['assume: {"outputTokens":500,"calls":2} → {"outputTokens":500,"calls":1}'],
    ],
    [{ assume: { outputTokens: 0, calls: 1 } }, { assume: { outputTokens: 500, calls: 1 } }, []],
    [{ place: { file: 'a.yaml', line: 1 }, root: '/a' }, { place: { file: 'b.yaml', line: 2 }, root: '/b' }, []],
  ])('%#: %o to %o', (before, now, expected) => {
    expect(ofFiles(before, now)).toEqual(expected);
  });
});

/** Rules that only some budgets have. */
const RULES: [Partial<LedgerBudget>, Partial<LedgerBudget>, string[]][] = [
  [{ forecast: true }, { forecast: false }, ['forecast: true → false']],
  [{ forecast: false }, { forecast: true }, []],
  [{ maxAge: 86_400_000 }, { maxAge: 172_800_000 }, ['maxAge: 24 hours → 48 hours']],
  [{ unassigned: 5 }, { unassigned: null }, ['unassigned: 5% → none']],
  [{ unassigned: null }, { unassigned: 5 }, []],
  [{ growth: { percent: 10, floor: null } }, { growth: { percent: 20, floor: null } }, ['growth: 10% → 20%']],
  [
    { anomaly: { percent: 10, floor: null } },
    { anomaly: { percent: 10, floor: { tokens: 500 } } },
    ['anomaly: 10% → 10% and 500 tokens'],
  ],
  [{ growth: { percent: 10, floor: { tokens: 500 } } }, { growth: { percent: 9, floor: null } }, []],
];

describe('a budget on the ledger is loosened', () => {
  test.each<[Partial<LedgerBudget>, Partial<LedgerBudget>, string[]]>([
    [{ max: usd(1n) }, { max: usd(2n) }, ['max: 0.000000000001 USD → 0.000000000002 USD']],
    [
      { max: { quantity: 'image', millionths: 5_000_000n } },
      { max: { quantity: 'image', millionths: 6_000_000n } },
      ['max: 5 images → 6 images'],
    ],
    [{ period: 'day' }, { period: { days: 30 } }, ['period: day → 30 days']],
    [{ where: [] }, { where: ['agent=codex'] }, ['where: none → agent=codex']],
    [{ timeZone: null }, { timeZone: 'Asia/Shanghai' }, ['timeZone: none → Asia/Shanghai']],
    [{ max: usd(1n) }, { max: null }, ['max: 0.000000000001 USD → none']],
    [{ unit: null }, { unit: 'chat' }, ['unit: none → chat']],
    [{ each: 'user' }, { each: null }, ['each: user → none']],
    ...RULES,
  ])('%#: %o to %o', (before, now, expected) => {
    expect(textsOf(limitChanges([{ ...ledgerBudget(), ...before }], [{ ...ledgerBudget(), ...now }]))).toEqual(
      expected,
    );
  });
});

test('budgets are told apart by name: what is new is no change, what is gone or of another kind is one', () => {
  const [a, b] = [fileBudget({ name: 'a' }), fileBudget({ name: 'b' })];
  const gone = limitChanges([a, b], [fileBudget({ name: 'c' }), b]);
  expect(gone).toEqual([{ before: a, now: null, fields: [] }]);
  expect(textsOf(limitChanges([a], [ledgerBudget({ name: 'a' })]))).toEqual(['kind: files → ledger']);
});

test('a verdict on it stands where the budget stands now, and says whose limits judge', () => {
  const [change] = limitChanges(
    [fileBudget()],
    [fileBudget({ max: tokens(2000), place: { file: 'c.yaml', line: 3 } })],
  );
  expect(judgeLimitChange(change!, { base: 'main (1a2b3c4)', judging: 'base' })).toMatchObject({
    ...{ budget: 'prompts', level: 'warn', code: 'TH009', place: { file: 'c.yaml', line: 3 } },
    message: 'the change loosens `max` from 1,000 tokens to 2,000 tokens',
    hint: 'the limits of main (1a2b3c4) judge this change; what it loosens holds for the changes after it',
  });
});

test('growth is looser exactly when some growth of some file passes that did not', () => {
  const limit = fc
    .record({
      tokens: fc.option(fc.nat(6)),
      percent: fc.option(fc.nat(6).map((n) => n * 10)),
      when: fc.constantFrom('both' as const, 'either' as const),
    })
    .filter(({ tokens: t, percent }) => t !== null || percent !== null);
  const sizes = [0n, 1n, 5n, 10n, 20n, 37n, 100n, 1000n, 100_000n];
  fc.assert(
    fc.property(limit, limit, (before, now) => {
      const passesMore = sizes.some((size) => mostIncrease(now, size) > mostIncrease(before, size));
      if (passesMore) expect(isIncreaseLooser(before, now)).toBe(true);
      if (before.when === now.when && JSON.stringify(before) === JSON.stringify(now))
        expect(isIncreaseLooser(before, now)).toBe(false);
    }),
  );
});

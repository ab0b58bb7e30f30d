import { describe, expect, test } from 'vitest';
import { judgeFile, judgeNoFiles, judgeSkippedFile } from '../../src/budget/judge-files.js';
import { judgeLedger, judgeNoLedger } from '../../src/budget/judge-ledger.js';
import type { LedgerMeasure } from '../../src/budget/ledger-measure.js';
import { passes } from '../../src/budget/verdict.js';
import { fileBudget, fileMeasure, ledgerBudget } from './budgets.js';

const measure = (facts: Partial<LedgerMeasure> = {}): LedgerMeasure => ({
  period: '2026-10-01 to 2026-10-31',
  recorded: true,
  unheardOf: null,
  events: 5n,
  tokens: 900n,
  requests: 5n,
  quantities: {},
  reported: true,
  namedBy: [],
  cost: { USD: 10n ** 12n },
  unpricedEvents: 0n,
  unsplitDays: [],
  rejected: 0,
  ...facts,
});

describe('a budget on files', () => {
  test.each([
    [999, 'ok', 'TH000'],
    [1000, 'ok', 'TH000'], // exactly at the limit passes
    [1001, 'error', 'TH001'],
  ])('of 1,000 tokens judges %i exact tokens %s', (tokens, level, code) => {
    expect(judgeFile(fileBudget(), fileMeasure(tokens), { band: null }, null)[0]).toMatchObject({
      level,
      code,
      measured: BigInt(tokens),
      limit: 1000n,
    });
  });

  test('warns over its share of the limit, rounded down', () => {
    const budget = fileBudget({ warn: { percent: 80 } }); // 80% of 1,000 = 800
    expect(judgeFile(budget, fileMeasure(800), { band: null }, null)[0].level).toBe('ok');
    expect(judgeFile(budget, fileMeasure(801), { band: null }, null)[0]).toMatchObject({
      level: 'warn',
      code: 'TH002',
    });
  });

  test('fails an approximate count only when the low end of its band is over the limit', () => {
    const band = [0.9, 1.2] as const;
    // 1,100 x 0.9 = 990, inside the limit; 1,200 x 0.9 = 1,080, over it
    expect(judgeFile(fileBudget(), fileMeasure(1100), { band }, null)[0]).toMatchObject({
      level: 'warn',
      code: 'TH003',
      method: 'approximate',
    });
    expect(judgeFile(fileBudget(), fileMeasure(1200), { band }, null)[0]).toMatchObject({
      level: 'error',
      code: 'TH001',
    });
  });

  test('is unknown where no file matches, or where a file cannot be counted', () => {
    expect(judgeNoFiles(fileBudget())).toMatchObject({ level: 'unknown', code: 'TH004', measured: null });
    expect(judgeSkippedFile(fileBudget(), 'logo.png', 'binary')).toMatchObject({
      level: 'unknown',
      code: 'TH005',
      path: 'logo.png',
    });
  });

  test('names the overrun, and the line of the config to change', () => {
    const { message, hint } = judgeFile(fileBudget(), fileMeasure(3500), { band: null }, null)[0];
    expect(message).toBe('a.md: 3,500 tokens, 2,500 over the limit of 1,000');
    expect(hint).toContain('tokenhub.config.yaml:7');
  });
});

describe('a budget on the ledger', () => {
  test('passes exactly at the limit and fails one pico-unit above it', () => {
    expect(judgeLedger(ledgerBudget(), measure({ cost: { USD: 10n * 10n ** 12n } })).level).toBe('ok');
    expect(judgeLedger(ledgerBudget(), measure({ cost: { USD: 10n * 10n ** 12n + 1n } }))).toMatchObject({
      level: 'error',
      code: 'TH001',
      message: '10.000000000001 USD over 2026-10-01 to 2026-10-31, 0.000000000001 USD over the limit of 10 USD',
    });
  });

  test('is unknown over unpriced usage, but a breach stays a breach', () => {
    expect(judgeLedger(ledgerBudget(), measure({ unpricedEvents: 1n }))).toMatchObject({
      level: 'unknown',
      code: 'TH101',
    });
    expect(judgeLedger(ledgerBudget(), measure({ unpricedEvents: 1n, cost: { USD: 11n * 10n ** 12n } })).level).toBe(
      'error',
    );
  });

  test('of a unit is unknown where the bill does not say what part of it is for the unit', () => {
    const unsplit = measure({ unpricedEvents: 1n, unsplitDays: ['2026-10-05'], cost: {} });
    expect(judgeLedger(ledgerBudget({ unit: 'wukong' }), unsplit)).toMatchObject({
      level: 'unknown',
      code: 'TH106',
      message: 'the bill of 2026-10-05 cannot be split by unit',
    });
    const days = ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05'];
    expect(judgeLedger(ledgerBudget({ unit: 'a', model: 'b' }), measure({ unsplitDays: days })).message).toBe(
      'the bill of 2026-10-01, 2026-10-02, 2026-10-03 and 2 more days cannot be split by unit and model',
    );
    expect(judgeLedger(ledgerBudget({ unit: 'wukong', max: { tokens: 900 } }), unsplit).level).toBe('ok');
  });

  test('warns at the exact share of its limit', () => {
    // 0.0004% of 10 USD = 0.00004 USD = 40,000,000 pico
    const budget = ledgerBudget({ warn: { percent: 0.0004 } });
    expect(judgeLedger(budget, measure({ cost: { USD: 40_000_000n } })).level).toBe('ok');
    expect(judgeLedger(budget, measure({ cost: { USD: 40_000_001n } })).level).toBe('warn');
  });

  test('in tokens does not care about prices', () => {
    const budget = ledgerBudget({ max: { tokens: 900 } });
    expect(judgeLedger(budget, measure({ unpricedEvents: 5n, cost: {} })).level).toBe('ok');
    expect(judgeLedger(budget, measure({ tokens: 901n })).level).toBe('error');
  });

  test('never adds currencies: cost in another one is unknown', () => {
    expect(judgeLedger(ledgerBudget(), measure({ cost: { USD: 1n, CNY: 5n } }))).toMatchObject({
      level: 'unknown',
      code: 'TH102',
    });
  });

  test('is unknown where nothing was recorded, where rows were rejected, and without a ledger', () => {
    expect(judgeLedger(ledgerBudget(), measure({ recorded: false, events: 0n, tokens: 0n, cost: {} }))).toMatchObject({
      level: 'unknown',
      code: 'TH103',
    });
    expect(judgeLedger(ledgerBudget(), measure({ rejected: 2 }))).toMatchObject({ level: 'unknown', code: 'TH104' });
    expect(judgeNoLedger(ledgerBudget())).toMatchObject({ level: 'unknown', code: 'TH105' });
  });

  test('of a unit or model nobody ever heard of is unknown, with the name that was meant', () => {
    const verdict = judgeLedger(
      ledgerBudget({ model: 'qwen3maxx' }),
      measure({ events: 0n, unheardOf: { what: 'model', name: 'qwen3maxx', near: 'qwen3-max' } }),
    );
    expect(verdict).toMatchObject({
      level: 'unknown',
      code: 'TH107',
      message: 'no usage of model "qwen3maxx" was ever recorded, so the name may be wrong',
    });
    expect(verdict.hint).toContain('did you mean qwen3-max?');
  });

  test('of a unit that used nothing while others did is within the limit', () => {
    expect(judgeLedger(ledgerBudget(), measure({ events: 0n, tokens: 0n, cost: {} })).level).toBe('ok');
  });
});

test('only unknown needs to be allowed, only error never passes', () => {
  const strict = (['ok', 'warn', 'unknown', 'error'] as const).map((level) =>
    passes(level, { failOn: 'error', allowUnknown: false }),
  );
  const lenient = (['ok', 'warn', 'unknown', 'error'] as const).map((level) =>
    passes(level, { failOn: 'error', allowUnknown: true }),
  );
  expect(strict).toEqual([true, true, false, false]);
  expect(lenient).toEqual([true, true, true, false]);
});

test('the hint of a quota is one condition for a shell, whatever the name of its holder holds', () => {
  const { hint } = judgeLedger(ledgerBudget({ each: 'user', max: { tokens: 1 } }), measure(), `o'neil, "x"`);
  expect(hint).toContain(String.raw`--where 'user="o'\''neil, ""x"""'`);
});

test('the hint of a breach names a unit as a shell takes it for one word', () => {
  const { hint } = judgeLedger(ledgerBudget({ unit: '(unassigned)', max: { tokens: 1 } }), measure());
  expect(hint).toContain("tokenhub report --by model,day --unit '(unassigned)',");
});

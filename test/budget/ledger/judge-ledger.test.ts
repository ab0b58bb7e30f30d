import { describe, expect, test } from 'vitest';
import { judgeLedger, judgeNoLedger } from '../../../src/budget/ledger/judge-ledger.js';
import { passes } from '../../../src/budget/verdict.js';
import { ledgerBudget } from '../budgets.js';
import { ledgerMeasure } from './ledger-facts.js';

const rise = { percent: 20, floor: null };
const NO_LIMIT = { ...ledgerBudget(), max: null };

test.each([
  [ledgerBudget({ growth: rise }), 'max'],
  [{ ...NO_LIMIT, growth: rise, maxAge: 1 }, 'growth'],
  [{ ...NO_LIMIT, anomaly: rise, unassigned: 5 }, 'anomaly'],
  [{ ...NO_LIMIT, unassigned: 5, maxAge: 1 }, 'unassigned'],
  [{ ...NO_LIMIT, maxAge: 1 }, 'maxAge'],
])('without a ledger a budget is unknown by the first rule that it has (%#)', (budget, rule) => {
  expect(judgeNoLedger(budget)).toMatchObject({ level: 'unknown', code: 'TH105', rule });
});

describe('a budget on the ledger', () => {
  test('passes exactly at the limit and fails one pico-unit above it', () => {
    expect(judgeLedger(ledgerBudget(), ledgerMeasure({ cost: { USD: 10n * 10n ** 12n } })).level).toBe('ok');
    expect(judgeLedger(ledgerBudget(), ledgerMeasure({ cost: { USD: 10n * 10n ** 12n + 1n } }))).toMatchObject({
      level: 'error',
      code: 'TH001',
      message: '10.000000000001 USD over 2026-10-01 to 2026-10-31, 0.000000000001 USD over the limit of 10 USD',
    });
  });

  test('is unknown over unpriced usage, but a breach stays a breach', () => {
    expect(judgeLedger(ledgerBudget(), ledgerMeasure({ unpricedEvents: 1n }))).toMatchObject({
      level: 'unknown',
      code: 'TH101',
    });
    expect(
      judgeLedger(ledgerBudget(), ledgerMeasure({ unpricedEvents: 1n, cost: { USD: 11n * 10n ** 12n } })).level,
    ).toBe('error');
  });

  test('of a unit is unknown where the bill does not say what part of it is for the unit', () => {
    const unsplit = ledgerMeasure({ unpricedEvents: 1n, unsplitDays: ['2026-10-05'], cost: {} });
    expect(judgeLedger(ledgerBudget({ unit: 'wukong' }), unsplit)).toMatchObject({
      level: 'unknown',
      code: 'TH106',
      message: 'the bill of 2026-10-05 cannot be split by unit',
    });
    const days = ['2026-10-01', '2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05'];
    expect(judgeLedger(ledgerBudget({ unit: 'a', model: 'b' }), ledgerMeasure({ unsplitDays: days })).message).toBe(
      'the bill of 2026-10-01, 2026-10-02, 2026-10-03 and 2 more days cannot be split by unit and model',
    );
    expect(judgeLedger(ledgerBudget({ unit: 'wukong', max: { tokens: 900 } }), unsplit).level).toBe('ok');
  });

  test('warns at the exact share of its limit', () => {
    // 0.0004% of 10 USD = 0.00004 USD = 40,000,000 pico
    const budget = ledgerBudget({ warn: { percent: 0.0004 } });
    expect(judgeLedger(budget, ledgerMeasure({ cost: { USD: 40_000_000n } })).level).toBe('ok');
    expect(judgeLedger(budget, ledgerMeasure({ cost: { USD: 40_000_001n } })).level).toBe('warn');
  });

  test('in tokens does not care about prices', () => {
    const budget = ledgerBudget({ max: { tokens: 900 } });
    expect(judgeLedger(budget, ledgerMeasure({ unpricedEvents: 5n, cost: {} })).level).toBe('ok');
    expect(judgeLedger(budget, ledgerMeasure({ tokens: 901n })).level).toBe('error');
  });

  test('never adds currencies: cost in another one is unknown', () => {
    expect(judgeLedger(ledgerBudget(), ledgerMeasure({ cost: { USD: 1n, CNY: 5n } }))).toMatchObject({
      level: 'unknown',
      code: 'TH102',
    });
  });

  test('is unknown where nothing was recorded, where rows were rejected, and without a ledger', () => {
    expect(
      judgeLedger(ledgerBudget(), ledgerMeasure({ recorded: false, events: 0n, tokens: 0n, cost: {} })),
    ).toMatchObject({
      level: 'unknown',
      code: 'TH103',
    });
    expect(judgeLedger(ledgerBudget(), ledgerMeasure({ rejected: 2 }))).toMatchObject({
      level: 'unknown',
      code: 'TH104',
    });
    expect(judgeNoLedger(ledgerBudget())).toMatchObject({ level: 'unknown', code: 'TH105' });
  });

  test('of a unit or model nobody ever heard of is unknown, with the name that was meant', () => {
    const verdict = judgeLedger(
      ledgerBudget({ model: 'qwen3maxx' }),
      ledgerMeasure({ events: 0n, unheardOf: { what: 'model', name: 'qwen3maxx', near: 'qwen3-max' } }),
    );
    expect(verdict).toMatchObject({
      level: 'unknown',
      code: 'TH107',
      message: 'no usage of model "qwen3maxx" was ever recorded, so the name may be wrong',
    });
    expect(verdict.hint).toContain('did you mean qwen3-max?');
  });

  test('of a unit that used nothing while others did is within the limit', () => {
    expect(judgeLedger(ledgerBudget(), ledgerMeasure({ events: 0n, tokens: 0n, cost: {} })).level).toBe('ok');
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
  const { hint } = judgeLedger(ledgerBudget({ each: 'user', max: { tokens: 1 } }), ledgerMeasure(), `o'neil, "x"`);
  expect(hint).toContain(String.raw`--where 'user="o'\''neil, ""x"""'`);
});

test('the hint of a breach names a unit as a shell takes it for one word', () => {
  const { hint } = judgeLedger(ledgerBudget({ unit: '(unassigned)', max: { tokens: 1 } }), ledgerMeasure());
  expect(hint).toContain("tokenhub report --period 2026-10 --by model,day --unit '(unassigned)',");
});

import type { Verdict } from '../budget/budget.js';
import { QUANTITY_DECIMALS } from '../budget/quantity.js';
import { formatDecimal } from '../pricing/decimal.js';
import { formatPico } from '../pricing/money.js';

/** `{ verdicts, passed }` of the contract: counts are integers, money is decimal text beside its currency. */
export const checkBody = (verdicts: readonly Verdict[], passed: boolean) => ({
  verdicts: verdicts.map(({ budget, level, measured, limit, method, code, message, hint, path, quota = null }) => ({
    budget,
    level,
    measured: figureOf(measured),
    limit: figureOf(limit),
    baseline: null,
    delta: null,
    method,
    code,
    message,
    hint,
    path,
    quota,
  })),
  passed,
});

function figureOf(figure: Verdict['measured']) {
  if (figure === null || typeof figure === 'bigint') return figure;
  if ('pico' in figure) return { amount: formatPico(figure.pico), currency: figure.currency };
  const { quantity, millionths } = figure;
  return { amount: formatDecimal({ units: millionths, scale: QUANTITY_DECIMALS }), quantity };
}

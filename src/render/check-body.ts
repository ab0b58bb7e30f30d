import type { Verdict } from '../budget/budget.js';
import { type Amount, formatPico } from '../pricing/money.js';

/** `{ verdicts, passed }` of the contract: counts are integers, money is decimal text beside its currency. */
export const checkBody = (verdicts: readonly Verdict[], passed: boolean) => ({
  verdicts: verdicts.map(({ budget, level, measured, limit, method, code, message, hint, path }) => ({
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
  })),
  passed,
});

const figureOf = (figure: bigint | Amount | null) =>
  figure === null || typeof figure === 'bigint'
    ? figure
    : { amount: formatPico(figure.pico), currency: figure.currency };

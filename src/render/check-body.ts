import { QUANTITY_DECIMALS } from '../budget/quantity.js';
import type { Figure } from '../budget/verdict.js';
import { formatDecimal } from '../pricing/decimal.js';
import { formatPico } from '../pricing/money.js';
import type { CheckReport } from './check-report.js';

/** `{ verdicts, passed, notes }` of the contract: counts are integers, money is decimal text beside its currency. */
export const checkBody = ({ verdicts, passed, notes }: CheckReport) => ({
  verdicts: verdicts.map(({ measured, limit, baseline, delta, quota = null, ...verdict }) => ({
    budget: verdict.budget,
    rule: verdict.rule,
    level: verdict.level,
    measured: figureOf(measured),
    atLeast: verdict.atLeast,
    limit: figureOf(limit),
    baseline: figureOf(baseline),
    delta: figureOf(delta),
    method: verdict.method,
    band: verdict.band,
    code: verdict.code,
    message: verdict.message,
    hint: verdict.hint,
    path: verdict.path,
    line: verdict.line,
    section: verdict.section,
    parts: verdict.parts,
    quota,
    config: { file: verdict.place.file, line: verdict.place.line },
  })),
  passed,
  notes,
});

function figureOf(figure: Figure | null) {
  if (figure === null || typeof figure === 'bigint') return figure;
  if ('pico' in figure) return { amount: formatPico(figure.pico), currency: figure.currency };
  const { quantity, millionths } = figure;
  return { amount: formatDecimal({ units: millionths, scale: QUANTITY_DECIMALS }), quantity };
}

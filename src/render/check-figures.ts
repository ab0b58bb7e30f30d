/** Figures of verdicts as texts. */

import { QUANTITY_DECIMALS, type Quantity, quantityText } from '../budget/quantity.js';
import type { Figure, Verdict } from '../budget/verdict.js';
import { divideHalfEven, formatDecimal, formatFixed } from '../pricing/decimal.js';
import type { Amount } from '../pricing/money.js';
import { formatPico } from '../pricing/money.js';
import { counted, separated } from './counted.js';

/** An exact number, and what it is measured in, apart. */
interface ExactFigure {
  readonly number: string;
  /** `tokens`, a currency, or a quantity. */
  readonly measuredIn: string;
}

export function exactFigure(figure: Figure): ExactFigure {
  if (typeof figure === 'bigint') return { number: figure.toString(), measuredIn: 'tokens' };
  if ('pico' in figure) return { number: formatPico(figure.pico), measuredIn: figure.currency };
  return { number: formatDecimal({ units: figure.millionths, scale: QUANTITY_DECIMALS }), measuredIn: figure.quantity };
}

/** `1,200 tokens`, `1,200.5 USD`, `3 images`. */
export function figureText(figure: Figure): string {
  if (typeof figure === 'bigint') return counted(figure, 'token');
  return 'pico' in figure ? moneyText(figure) : quantityText(figure);
}

/** The same, but tokens as a bare number. */
export const shortFigure = (figure: Figure): string =>
  typeof figure === 'bigint' ? separated(figure.toString()) : figureText(figure);

/** What was measured, and whether it is the least it can be. */
export const measuredText = ({ measured, atLeast }: Verdict, textOf: (figure: Figure) => string): string | null =>
  measured === null ? null : `${atLeast ? 'at least ' : ''}${textOf(measured)}`;

/** `+200 (+20%)`, `-0.5 USD (-3.3%)`; `null`: there is nothing to compare with. */
export function deltaText({ baseline, delta }: Verdict): string | null {
  if (delta === null) return null;
  const points = pointsIn(delta);
  const sign = points > 0n ? '+' : '';
  const percent = baseline === null ? null : percentText(points, pointsIn(baseline));
  return `${sign}${shortFigure(delta)}${percent === null ? '' : ` (${percent})`}`;
}

/** Whether it differs from what it was. */
export const hasChanged = ({ delta }: Verdict): boolean => delta !== null && pointsIn(delta) !== 0n;

/** To a tenth of a percent, half to even; of nothing there is no percentage, and less than a tenth is none. */
function percentText(delta: bigint, baseline: bigint): string | null {
  if (baseline <= 0n) return null;
  const tenths = divideHalfEven(delta * 1000n, baseline);
  if (tenths === 0n) return null;
  return `${tenths > 0n ? '+' : ''}${formatFixed(tenths, 1).replace(/\.0$/, '')}%`;
}

const pointsIn = (figure: Figure): bigint =>
  typeof figure === 'bigint' ? figure : 'pico' in figure ? figure.pico : (figure satisfies Quantity).millionths;

const moneyText = ({ pico, currency }: Amount): string => `${separated(formatPico(pico))} ${currency}`;

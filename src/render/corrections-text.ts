import { amountText } from './amount-text.js';
import type { CorrectionsBody } from './close-body.js';
import { counted } from './counted.js';

/** Corrections in a sentence: `3 correction lines (-0.12 USD)`. */
export function correctionsText({ lines, cost }: Pick<CorrectionsBody, 'lines' | 'cost'>): string {
  const amounts = Object.keys(cost).map((currency) => amountText(cost, currency));
  return `${counted(BigInt(lines.length), 'correction line')}${amounts.length === 0 ? '' : ` (${amounts.join(', ')})`}`;
}

import type { Finding } from '../hub/closing/checklist.js';
import type { ClosingContent, CorrectionCause, PeriodCorrections } from '../hub/closing/closing-content.js';
import type { CorrectionLine } from '../hub/closing/correction.js';
import { formatDecimal } from '../pricing/decimal.js';
import { formatPico } from '../pricing/money.js';

/** A finding of the checklist, and whether it was accepted. */
export interface CloseFinding extends Finding {
  readonly accepted: boolean;
}

/** One correction line in JSON: amounts as exact decimal text. */
interface CorrectionBody extends Omit<CorrectionLine, 'pico' | 'quantities'> {
  /** Exact decimal text. */
  readonly quantities: Readonly<Record<string, string>>;
  readonly cost: string;
}

export interface CorrectionsBody {
  /** The closed period that is corrected. */
  readonly period: string;
  readonly cause: CorrectionCause;
  readonly lines: readonly CorrectionBody[];
  /** What the lines add up to: exact decimal text by currency. */
  readonly cost: Readonly<Record<string, string>>;
}

/** The body of `close --format json`. */
export interface CloseBody {
  readonly query: {
    readonly period: string;
    /** First and last day, both included. */
    readonly firstDay: string;
    readonly lastDay: string;
    readonly tz: string;
    readonly dryRun: boolean;
  };
  readonly closed: boolean;
  /** SHA-256 of what is frozen, or would be. */
  readonly hash: string;
  readonly frozen: { readonly lines: number; readonly imports: number; readonly rules: string | null };
  readonly findings: readonly CloseFinding[];
  /** Of periods closed before, which this one takes up. */
  readonly corrections: readonly CorrectionsBody[];
}

interface Outcome {
  readonly closed: boolean;
  readonly dryRun: boolean;
  readonly hash: string;
  readonly findings: readonly CloseFinding[];
}

export const closeBody = (content: ClosingContent, { closed, dryRun, hash, findings }: Outcome): CloseBody => ({
  query: {
    ...{ period: content.period, firstDay: content.firstDay, lastDay: content.lastDay, tz: content.timeZone, dryRun },
  },
  closed,
  hash,
  frozen: { lines: content.lines.length, imports: content.imports.length, rules: content.rules?.hash ?? null },
  findings,
  corrections: content.corrections.map(correctionsBody),
});

export const correctionsBody = ({ period, cause, lines }: PeriodCorrections): CorrectionsBody => ({
  period,
  cause,
  lines: lines.map(({ pico, quantities, ...line }) => ({
    ...line,
    quantities: Object.fromEntries(Object.entries(quantities).map(([name, value]) => [name, millionths(value)])),
    cost: formatPico(pico),
  })),
  cost: costOf(lines),
});

function costOf(lines: readonly CorrectionLine[]): CorrectionsBody['cost'] {
  const sums = new Map<string, bigint>();
  for (const { currency, pico } of lines) if (currency !== null) sums.set(currency, (sums.get(currency) ?? 0n) + pico);
  return Object.fromEntries([...sums].sort().map(([currency, pico]) => [currency, formatPico(pico)]));
}

const millionths = (units: bigint): string => formatDecimal({ units, scale: 6 });

import { groupBy } from '../../group-by.js';
import type { Recording } from '../../usage/recording.js';
import type { MeterLine } from './meter-line.js';
import { totalTokens } from './meter-reading.js';

/** What one recording tells of a unit, and how much of that the statement reads. */
export interface RecordingTold extends Recording {
  readonly used: 'tokens' | 'money' | 'both' | 'none';
  readonly tokens: bigint;
  readonly tokensRead: bigint;
  /** Pico-units by currency, currencies by name. */
  readonly cost: Readonly<Record<string, bigint>>;
  readonly costRead: Readonly<Record<string, bigint>>;
}

/** One entry per recording, by account, role and source. */
export function recordingsTold(lines: readonly MeterLine[]): RecordingTold[] {
  const recordings = groupBy(lines, ({ recording: { account, role, source } }) =>
    JSON.stringify([account, role, source]),
  );
  return [...recordings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ofOne]) => toldBy(ofOne));
}

function toldBy(lines: readonly MeterLine[]): RecordingTold {
  const { role, source, account } = lines[0]!.recording;
  const forTokens = lines.filter(({ isReadForTokens }) => isReadForTokens);
  const forMoney = lines.filter(({ isReadForMoney }) => isReadForMoney);
  return {
    ...{ role, source, account },
    used: forTokens.length > 0 ? (forMoney.length > 0 ? 'both' : 'tokens') : forMoney.length > 0 ? 'money' : 'none',
    ...{ tokens: tokensOf(lines), tokensRead: tokensOf(forTokens) },
    ...{ cost: costOf(lines), costRead: costOf(forMoney) },
  };
}

const tokensOf = (lines: readonly MeterLine[]): bigint =>
  lines.reduce((sum, { tokens }) => sum + (totalTokens(tokens) ?? 0n), 0n);

/** Pico-units by currency, currencies by name. */
export function costOf(lines: readonly Pick<MeterLine, 'cost'>[]): Record<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { cost } of lines) if (cost !== null) sums.set(cost.currency, (sums.get(cost.currency) ?? 0n) + cost.pico);
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

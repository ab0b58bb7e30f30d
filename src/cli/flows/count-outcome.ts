import { ExitCode } from '../../errors/tokenhub-error.js';
import { visible } from '../../render/visible.js';
import type { Io } from '../io.js';
import { warn } from '../say.js';
import type { SkippedInput } from './count-inputs.js';
import type { CounterFacts } from './counters.js';

interface Outcome {
  readonly counted: readonly { readonly path: string; readonly note: string | null }[];
  readonly skipped: readonly SkippedInput[];
}

/** Says what was counted otherwise than it is, and what was not counted. */
export function warnOf(io: Io, { counted, skipped }: Outcome): void {
  for (const { path, note } of counted) if (note !== null) warn(io, `${path}: ${note}`);
  for (const { path, reason } of skipped) warn(io, `${path}: skipped, ${reason}`);
}

/** A count without a file that was asked for by name is no answer. */
export const exitCodeOf = ({ skipped }: Pick<Outcome, 'skipped'>): ExitCode =>
  skipped.some(({ isNamed }) => isNamed) ? ExitCode.userError : ExitCode.ok;

/** One bare integer; several models: a line each, `model<TAB>tokens`. */
export function printTotals(
  io: Io,
  counters: readonly Pick<CounterFacts, 'model' | 'encoding'>[],
  tokens: readonly number[],
): void {
  if (counters.length === 1) io.out(`${tokens[0]}\n`);
  else
    for (const [i, { model, encoding }] of counters.entries())
      io.out(`${visible(model ?? encoding ?? '')}\t${tokens[i]}\n`);
}

import type { Io } from '../io.js';

export interface Total {
  /** Of the model, or of the encoding. */
  readonly name: string;
  readonly tokens: number;
}

/** One bare integer; several models: a line each, `model<TAB>tokens`. */
export function printTotals(io: Io, totals: readonly Total[]): void {
  const [only] = totals;
  if (totals.length === 1) io.out(`${only!.tokens}\n`);
  else for (const { name, tokens } of totals) io.out(`${name}\t${tokens}\n`);
}

/** What changed in closed periods, of the units of one statement. */

import type { PeriodCorrections } from '../closing/closing-content.js';
import type { CorrectionLine as Correction } from '../closing/correction.js';
import type { CorrectionLine } from './amount-line.js';
import { addReported, totalTokens } from './meter-reading.js';

/** Corrections of one closed period as a statement tells them. */
export interface ToldCorrections {
  /** The period corrected. */
  readonly period: string;
  /** Files that were imported, or taken back, since it was closed; by name. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Usage corrected that no amount goes with: it has no price, a plan covers it, or its cost is on a bill. */
  readonly costless: { readonly events: bigint; readonly tokens: bigint };
}

export interface UnitCorrections {
  readonly lines: readonly CorrectionLine[];
  readonly told: readonly ToldCorrections[];
}

/**
 * The corrections of some units together: what moved from one of them to another is none.
 *
 * @param units   `null` for what is of no unit
 * @param nameOf  what a file is called
 */
export function unitCorrections(
  periods: readonly PeriodCorrections[],
  units: ReadonlySet<string | null>,
  nameOf: (path: string) => string,
): UnitCorrections {
  const all = periods.map(({ period, cause, lines }) => {
    const names = {
      added: namesOf(cause.added, nameOf),
      removed: namesOf(cause.removed, nameOf),
    };
    const sums = folded(lines.filter(({ unit }) => units.has(unit)));
    return { period, names, sums };
  });
  return {
    lines: all.flatMap(({ period, names, sums }) => sums.flatMap((sum) => amountOf(period, causeText(names), sum))),
    told: all
      .filter(({ sums }) => sums.length > 0)
      .map(({ period, names, sums }) => ({ period, ...names, costless: costlessOf(sums) })),
  };
}

const namesOf = (files: readonly { readonly path: string }[], nameOf: (path: string) => string): string[] =>
  files.map(({ path }) => nameOf(path)).sort();

type Names = Pick<ToldCorrections, 'added' | 'removed'>;

/** Where neither is: what another period took up is no longer so. */
const causeText = ({ added, removed }: Names): string =>
  [
    ...(added.length === 0 ? [] : [`imported: ${added.join(', ')}`]),
    ...(removed.length === 0 ? [] : [`taken back: ${removed.join(', ')}`]),
  ].join('; ') || 'a correction taken back';

interface Sum extends Pick<Correction, 'model' | 'charge' | 'kind' | 'currency' | 'events' | 'pico'> {
  readonly tokens: bigint | null;
}

/** Units and roles folded away; in the order of the lines. */
function folded(lines: readonly Correction[]): Sum[] {
  const sums = new Map<string, Sum>();
  for (const { model, charge, kind, currency, events, pico, ...line } of lines) {
    const key = JSON.stringify([model, charge, kind, currency]);
    const { events: count = 0n, pico: amount = 0n, tokens = null } = sums.get(key) ?? {};
    sums.set(key, {
      ...{ model, charge, kind, currency },
      ...{ events: count + events, pico: amount + pico, tokens: addReported(tokens, totalTokens(line.tokens)) },
    });
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sum]) => sum)
    .filter(({ events, pico, tokens }) => events !== 0n || pico !== 0n || (tokens ?? 0n) !== 0n);
}

function amountOf(
  period: string,
  cause: string,
  { kind, currency, events: _, ...sum }: Sum,
): CorrectionLine | readonly [] {
  return kind === null || currency === null ? [] : { period, cause, kind, currency, ...sum };
}

function costlessOf(sums: readonly Sum[]): ToldCorrections['costless'] {
  const of = sums.filter(({ kind }) => kind === null);
  return {
    events: of.reduce((sum, { events }) => sum + events, 0n),
    tokens: of.reduce((sum, { tokens }) => sum + (tokens ?? 0n), 0n),
  };
}

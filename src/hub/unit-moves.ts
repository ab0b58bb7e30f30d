import { addShare, descending, type GrowingShare, type Share, shareOf } from './share.js';

/** What would move from one unit to another; `null`: unassigned. */
export interface UnitMove extends Share {
  readonly from: string | null;
  readonly to: string | null;
}

export function unitMoves() {
  const byUnit = new Map<string | null, Map<string | null, GrowingShare>>();
  const add = (from: string | null, to: string | null, share: Share): void => {
    if (from === to) return;
    const targets = byUnit.get(from) ?? new Map<string | null, GrowingShare>();
    byUnit.set(from, targets);
    addShare(shareOf(targets, to), share);
  };
  /** The largest first: by tokens, then events, then names. */
  const moves = (): UnitMove[] =>
    [...byUnit]
      .flatMap(([from, targets]) => [...targets].map(([to, share]) => ({ from, to, ...share })))
      .sort((a, b) => descending(a, b) || (nameOf(a) < nameOf(b) ? -1 : 1));
  return { add, moves };
}

const nameOf = ({ from, to }: UnitMove): string => JSON.stringify([from, to]);

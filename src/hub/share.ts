/** Tokens are those of the recordings a report reads, so that views of the same tokens are not added; events are all. */
export interface Share {
  readonly events: bigint;
  readonly tokens: bigint;
}

/** One that shares are added to. */
export interface GrowingShare {
  events: bigint;
  tokens: bigint;
}

export const noShare = (): GrowingShare => ({ events: 0n, tokens: 0n });

export function addShare(sum: GrowingShare, { events, tokens }: Share): void {
  sum.events += events;
  sum.tokens += tokens;
}

/** The share kept under a key, made where it is missing. */
export function shareOf<Key>(shares: Map<Key, GrowingShare>, key: Key): GrowingShare {
  const known = shares.get(key) ?? noShare();
  shares.set(key, known);
  return known;
}

export const descending = (a: Share, b: Share): number => compare(b.tokens, a.tokens) || compare(b.events, a.events);

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

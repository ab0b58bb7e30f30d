import type { Origin } from '../usage/event.js';
import type { OriginTotals } from './origins.js';

/** Events no rule matches that look the same to every rule, their days apart. */
export interface UnassignedOrigin {
  readonly source: string;
  readonly account: string;
  readonly provider: string;
  readonly model: string;
  readonly origin: Origin;
  readonly events: bigint;
  readonly tokens: bigint;
}

interface Left {
  readonly of: OriginTotals;
  readonly events: bigint;
  readonly tokens: bigint;
}

/** How many origins are named: enough to write the next rules from. */
const NAMED = 10;

/** The largest of the origins left unassigned, days added together, and how many smaller ones there are. */
export function foldUnassigned(left: readonly Left[]): { unassigned: UnassignedOrigin[]; moreUnassigned: number } {
  const folded = new Map<string, UnassignedOrigin>();
  for (const { of, events, tokens } of left) {
    const key = keyOf(of);
    const before = folded.get(key) ?? { ...namesOf(of), events: 0n, tokens: 0n };
    folded.set(key, { ...before, events: before.events + events, tokens: before.tokens + tokens });
  }
  const all = [...folded]
    .sort(
      ([aKey, a], [bKey, b]) =>
        descending(a.tokens, b.tokens) || descending(a.events, b.events) || (aKey < bKey ? -1 : 1),
    )
    .map(([, origin]) => origin);
  return { unassigned: all.slice(0, NAMED), moreUnassigned: Math.max(0, all.length - NAMED) };
}

const namesOf = ({ recording: { source, account }, provider, model, origin }: OriginTotals) => ({
  source,
  account,
  provider,
  model,
  origin,
});

function keyOf(of: OriginTotals): string {
  const { origin, ...names } = namesOf(of);
  const { tags, ...fields } = origin;
  return JSON.stringify([names, Object.entries(fields).sort(), Object.entries(tags).sort()]);
}

const descending = (a: bigint, b: bigint): number => (a > b ? -1 : a < b ? 1 : 0);

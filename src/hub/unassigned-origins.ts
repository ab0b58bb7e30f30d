import type { OriginTotals, RuleFacts } from './origins.js';
import type { ProposedRule } from './propose-rule.js';
import { addShare, descending, type GrowingShare, noShare, type Share } from './share.js';

/** Events no rule matches that look the same to every rule, their days apart. */
export interface UnassignedOrigin extends Share {
  readonly source: string;
  readonly account: string;
  readonly provider: string;
  readonly model: string;
  readonly origin: RuleFacts['origin'];
  /** One that would assign them. */
  readonly rule: ProposedRule;
}

type LeftOrigin = Omit<UnassignedOrigin, 'rule'>;

/** How many origins are named: enough to write the next rules from. */
const NAMED = 10;

/** The largest of the origins left unassigned, days added together, and how many smaller ones there are. */
export function foldUnassigned(left: readonly OriginTotals[]): { unassigned: LeftOrigin[]; moreUnassigned: number } {
  const folded = new Map<string, { of: OriginTotals; share: GrowingShare }>();
  for (const of of left) {
    const key = keyOf(of);
    const known = folded.get(key) ?? { of, share: noShare() };
    folded.set(key, known);
    addShare(known.share, of);
  }
  const all = [...folded].sort(([aKey, a], [bKey, b]) => descending(a.share, b.share) || (aKey < bKey ? -1 : 1));
  return {
    unassigned: all.slice(0, NAMED).map(([, { of, share }]) => ({ ...namesOf(of), ...share })),
    moreUnassigned: Math.max(0, all.length - NAMED),
  };
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

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

interface Folded {
  readonly of: OriginTotals;
  readonly share: GrowingShare;
}

/** The largest of the origins left unassigned, days added together, and how many smaller ones there are. */
export function foldUnassigned(left: readonly OriginTotals[]): { unassigned: LeftOrigin[]; moreUnassigned: number } {
  const all = folded(left).sort((a, b) => descending(a.share, b.share) || (keyOf(a.of) < keyOf(b.of) ? -1 : 1));
  return {
    unassigned: all.slice(0, NAMED).map(({ of, share }) => ({ ...namesOf(of), ...share })),
    moreUnassigned: Math.max(0, all.length - NAMED),
  };
}

/** Texts of whole origins, of which there may be many, are made for ties alone. */
function folded(left: readonly OriginTotals[]): Folded[] {
  const byOrigin = new Map<OriginTotals['origin'], Map<string, Folded>>();
  for (const of of left) {
    const { recording, provider, model, origin } = of;
    const ofOrigin = byOrigin.get(origin) ?? new Map<string, Folded>();
    byOrigin.set(origin, ofOrigin);
    const key = `${model}\n${provider}\n${recording.source}\n${recording.account}`;
    const known = ofOrigin.get(key) ?? { of, share: noShare() };
    ofOrigin.set(key, known);
    addShare(known.share, of);
  }
  return [...byOrigin.values()].flatMap((ofOrigin) => [...ofOrigin.values()]);
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

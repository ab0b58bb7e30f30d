/** What each rule does to the events: which it is the first to match, which it would match by itself. */

import { coveringRule } from './covered-rules.js';
import { addShare, noShare, type Share } from './share.js';
import type { UnitRule } from './units.js';

export interface RulePreview extends Share {
  /** Place in the config, from 1. */
  readonly rule: number;
  readonly unit: string;
  readonly fields: UnitRule['fields'];
  readonly tags: UnitRule['tags'];
  readonly from: string | null;
  readonly to: string | null;
  /** What satisfies its conditions, whichever rule takes it. `events` and `tokens` are what it is the first match of. */
  readonly matching: Share;
  /** Where it matches events but none first: the rules, by place, that take them. */
  readonly hiddenBy: readonly number[];
  /** The rule before it that matches whatever it matches, on any ledger; `null`: none. */
  readonly coveredBy: number | null;
}

export function ruleHits(rules: readonly UnitRule[]) {
  const hits = rules.map(() => ({ first: noShare(), matching: noShare(), takers: new Set<number>() }));

  /** @param matches  places of the rules that match, ascending */
  function add(matches: readonly number[], share: Share): void {
    for (const rule of matches) {
      addShare(hits[rule]!.matching, share);
      if (rule === matches[0]) addShare(hits[rule]!.first, share);
      else hits[rule]!.takers.add(matches[0]!);
    }
  }

  const previews = (): RulePreview[] =>
    rules.map((rule, i) => {
      const { first, matching, takers } = hits[i]!;
      const covering = coveringRule(rules, i);
      return {
        rule: i + 1,
        ...rule,
        ...first,
        matching,
        hiddenBy: first.events === 0n ? [...takers].sort((a, b) => a - b).map((taker) => taker + 1) : [],
        coveredBy: covering === null ? null : covering + 1,
      };
    });
  return { add, previews };
}

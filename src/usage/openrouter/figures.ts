/** Tokens and money of OpenRouter, the same in all of its forms. */

import { badField } from '../../errors/usage-records.js';
import type { Amount } from '../../pricing/money.js';
import { NO_TOKENS, type TokenClasses } from '../../pricing/token-classes.js';
import { addAmounts, isZero } from '../reading/amounts.js';
import type { Row } from '../reading/row.js';
import { dollarsOf } from '../reading/stated-cost.js';

/** Columns that state them, by our names. */
type FigureRow = Row<'prompt' | 'cached' | 'completion' | 'reasoning' | 'credits' | 'byok'>;

/**
 * Token classes of a call or a bucket. The prompt includes what was read from a cache. Reasoning is part of the
 * completion "for billing"; where it is more, as some days show, it cannot be that part and is left out as not reported.
 *
 * @throws BAD_FIELD, also when more was cached than the prompt has
 */
export function tokensIn(row: FigureRow): TokenClasses {
  const [prompt, cached] = [row.count('prompt'), row.count('cached')];
  const [completion, reasoning] = [row.count('completion'), row.count('reasoning')];
  if (prompt !== null && (cached ?? 0) > prompt)
    throw badField(row.field('cached'), cached, `is more than the prompt, ${prompt}`, 'the prompt includes the cached');
  return {
    ...NO_TOKENS,
    input: prompt === null ? null : prompt - (cached ?? 0),
    cacheRead: cached,
    output: completion,
    reasoning: reasoning !== null && reasoning > (completion ?? 0) ? null : reasoning,
  };
}

/**
 * What was spent: OpenRouter's own credits, which are US dollars, and its estimate of what calls with the user's own
 * keys cost at the upstream provider; `null`: neither is stated.
 *
 * @throws BAD_FIELD
 */
export function spendIn(row: FigureRow): Amount | null {
  const own = dollarsOf(row.cell('credits'), row.field('credits'));
  const upstream = dollarsOf(row.cell('byok'), row.field('byok'));
  if (own === null || upstream === null) return own ?? upstream;
  return isZero(upstream) ? own : addAmounts(own, upstream);
}

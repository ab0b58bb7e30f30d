/** Token figures of Codex CLI, of one response or running over a session. */

import { NO_TOKENS, type TokenClasses } from '../../pricing/token-classes.js';
import { countOf, freshInput } from '../reading/count.js';
import { type Fields, fieldsAt, valueAt } from '../reading/fields.js';
import { checkPart } from '../shapes/places.js';

/** `input` includes what was read from the cache and written to it, `output` includes reasoning; `null`: not reported. */
export interface Totals {
  readonly input: number | null;
  readonly cached: number | null;
  readonly written: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
}

const FIELDS: Readonly<Record<keyof Totals, string>> = {
  input: 'input_tokens',
  cached: 'cached_input_tokens',
  written: 'cache_write_input_tokens',
  output: 'output_tokens',
  reasoning: 'reasoning_output_tokens',
};
const NAMES = Object.keys(FIELDS) as readonly (keyof Totals)[];

/**
 * The figures under `name`, `total_token_usage` or `last_token_usage`; `null` when there are none. `total_tokens` is not
 * read: some writers add reasoning to it a second time, and after an overflow it states the size of the context window.
 *
 * @throws BAD_FIELD for what is no count, and for a part larger than its whole
 */
export function totalsAt(info: Fields, name: string): Totals | null {
  const stated = fieldsAt(info, name);
  if (stated === null) return null;
  const counted = NAMES.map((figure) => {
    const field = `${name}.${FIELDS[figure]}`;
    const count = countOf(valueAt(stated, FIELDS[figure]), field);
    return [figure, count === null ? null : { field, count }] as const;
  });
  const { input, cached, written, output, reasoning } = Object.fromEntries(counted);
  for (const part of [cached, written]) checkPart(part ?? null, input ?? null);
  checkPart(reasoning ?? null, output ?? null);
  return Object.fromEntries(counted.map(([figure, count]) => [figure, count?.count ?? null])) as unknown as Totals;
}

export const sameTotals = (a: Totals, b: Totals): boolean => NAMES.every((name) => a[name] === b[name]);

/** True when any figure is less than before: the session began to count anew. */
export const hasFallen = (now: Totals, before: Totals): boolean =>
  NAMES.some((name) => (now[name] ?? 0) < (before[name] ?? 0));

/** What was used between two running totals; a figure not reported before counts from 0. */
export const usedBetween = (before: Totals, now: Totals): Totals =>
  Object.fromEntries(
    NAMES.map((name) => [name, now[name] === null ? null : now[name] - (before[name] ?? 0)]),
  ) as unknown as Totals;

export const usesNothing = (used: Totals): boolean => NAMES.every((name) => (used[name] ?? 0) === 0);

/** As text that tells two running totals of one session apart; kept in ids: its form must not change. */
export const totalsKey = (totals: Totals): string => NAMES.map((name) => totals[name] ?? '').join('-');

/** Input less its cached and cache-written part. Throws BAD_FIELD when both together are more than the input. */
export function classesOf({ input, cached, written, output, reasoning }: Totals): TokenClasses {
  const fresh = freshInput(input, (cached ?? 0) + (written ?? 0), FIELDS.input);
  return { ...NO_TOKENS, input: fresh, cacheRead: cached, cacheWrite5m: written, output, reasoning };
}

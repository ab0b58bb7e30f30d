/** By how much one measure grew since the base. */

import type { InputCount } from '../../pricing/estimate.js';
import { CODES, type Code } from '../codes.js';
import { shareOf } from '../percent.js';
import { count, type Verdict } from '../verdict.js';
import type { MaxIncrease } from './file-budget.js';
import type { FileCase, Former } from './file-case.js';
import { growthHint } from './file-hints.js';
import { nameOf } from './file-texts.js';
import { type Found, fileVerdict } from './file-verdict.js';

/**
 * Exactly at the increase passes. A file or section that is new has nothing it grew from; of all files together every
 * token counts. An approximate count has grown too much only when the low ends of both counts have.
 *
 * @returns  one verdict, or none: there is nothing to compare with
 */
export function judgeGrowth(facts: FileCase, increase: MaxIncrease): Verdict[] {
  const { former } = facts;
  if (former.is === 'known') return [judgeIncrease(facts, increase, former)];
  if (former.is === 'new') return [fileVerdict(facts, CODES.ok, ofNew(facts, former.base))];
  return former.is === 'not counted' ? [fileVerdict(facts, CODES.unknownBaseline, ofUncounted(facts, former))] : [];
}

type Known = Extract<Former, { is: 'known' }>;

function judgeIncrease(facts: FileCase, increase: MaxIncrease, former: Known): Verdict {
  const { range } = facts;
  const [now, before] = [BigInt(range.tokens), BigInt(former.range.tokens)];
  const code = codeOf(range, former.range, increase);
  return fileVerdict(facts, code, {
    rule: 'maxIncrease',
    measured: now,
    limit: before + mostIncrease(increase, before),
    baseline: before,
    delta: now - before,
    message: increaseMessage(facts, increase, former),
    hint: code === CODES.ok ? '' : growthHint(facts),
  });
}

function codeOf(now: InputCount, before: InputCount, increase: MaxIncrease): Code {
  if (!isTooMuch(now.tokens, before.tokens, increase)) return CODES.ok;
  return isTooMuch(now.low, before.low, increase) ? CODES.grown : CODES.insideBand;
}

const isTooMuch = (now: number, before: number, increase: MaxIncrease): boolean =>
  BigInt(now - before) > mostIncrease(increase, BigInt(before));

/**
 * The most tokens that may be added. Shares are rounded down, which changes nothing: tokens are whole, so more than a
 * share is more than the whole tokens in it. Of nothing any share is nothing.
 */
export function mostIncrease({ tokens, percent, when }: MaxIncrease, before: bigint): bigint {
  const given = [tokens === null ? [] : [BigInt(tokens)], percent === null ? [] : [shareOf(percent, before)]].flat();
  return given.reduce((a, b) => (a > b === (when === 'both') ? a : b));
}

function increaseMessage(facts: FileCase, increase: MaxIncrease, { base, range }: Known): string {
  const { measure } = facts;
  const what = nameOf(measure);
  const [now, before] = [BigInt(measure.tokens), BigInt(range.tokens)];
  const allowed = `${count(mostIncrease(increase, before))} more are allowed (${increaseText(increase)})`;
  if (now <= before)
    return `${what}: ${count(now)} tokens, not grown since ${base}, which has ${count(before)}; ${allowed}`;
  const about = facts.band === null ? '' : 'about ';
  return `${what}: ${about}${count(now - before)} tokens more than in ${base}, ${count(before)} before and ${count(now)} now; ${allowed}`;
}

/** `200 tokens or 10%, whichever is more`. */
function increaseText({ tokens, percent, when }: MaxIncrease): string {
  if (percent === null) return `${count(BigInt(tokens!))} tokens`;
  if (tokens === null) return `${percent}%`;
  return `${count(BigInt(tokens))} tokens or ${percent}%, whichever is ${when === 'both' ? 'more' : 'less'}`;
}

const ofNew = ({ measure }: FileCase, base: string): Found => ({
  ...UNCOMPARED,
  measured: BigInt(measure.tokens),
  message: `${nameOf(measure)}: ${count(BigInt(measure.tokens))} tokens, new since ${base}: its growth is not judged`,
  hint: '',
});

const ofUncounted = ({ measure }: FileCase, { base, reason }: Extract<Former, { is: 'not counted' }>): Found => ({
  ...UNCOMPARED,
  measured: BigInt(measure.tokens),
  message: `${nameOf(measure)}: what it was in ${base} could not be counted: ${reason}`,
  hint: 'compare with another base by --base <ref>, or accept it with --allow-unknown',
});

const UNCOMPARED = { rule: 'maxIncrease', limit: null, baseline: null, delta: null } as const;

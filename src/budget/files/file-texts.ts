/** Sentences about the size of files, in tokens or in money. */

import { formatPico } from '../../pricing/money.js';
import { CODES, type Code } from '../codes.js';
import { count } from '../verdict.js';
import type { CallAssumptions } from './file-budget.js';
import type { FileCase } from './file-case.js';
import type { FileMeasure } from './file-measure.js';
import type { KnownLimit, TokensInForce } from './limit-in-force.js';
import { sectionName } from './parts.js';
import type { Bounds, Size } from './size.js';

/** What a message calls a measure. */
export function nameOf({ path, section }: Pick<FileMeasure, 'path' | 'section'>): string {
  if (path === null) return 'all files together';
  return section === null ? path : sectionName(path, section.titles);
}

interface SizeFound {
  readonly code: Code;
  readonly limit: KnownLimit;
  readonly size: Size;
  readonly bounds: Bounds;
  readonly before: Size | null;
}

export function sizeMessage(facts: FileCase, found: SizeFound): string {
  const { code, limit, size, bounds } = found;
  if (code === CODES.ok)
    return `${nameOf(facts.measure)}: ${bare(limit, size.value)} of ${withUnit(limit, bounds.limit)}${termsOf(facts, limit)}`;
  const subject = `${nameOf(facts.measure)}: ${measured(facts, limit, size)}`;
  return `${subject}, ${besideLimit(found)}${termsOf(facts, limit)}${sinceBase(facts, found)}`;
}

/** What is wrong, without its subject. */
function besideLimit({ code, limit, size, bounds }: SizeFound): string {
  const over = `${bare(limit, size.value - bounds.limit)} over the limit of ${bare(limit, bounds.limit)}`;
  if (code === CODES.overWarning)
    return `over the warning at ${bare(limit, bounds.warnAt!)} (limit ${bare(limit, bounds.limit)})`;
  if (code === CODES.insideBand) return `over the limit of ${bare(limit, bounds.limit)}, but the count is approximate`;
  if (code === CODES.withinTolerance)
    return `${over}, within the tolerance of ${bare(limit, bounds.tolerated - bounds.limit)}`;
  return over;
}

/** What was before the change, where that says more of a size over the limit. */
function sinceBase({ former, measure }: FileCase, { code, limit, size, before }: SizeFound): string {
  if (code !== CODES.overLimit && code !== CODES.preExisting) return '';
  if (former.is === 'new') return `; new since ${former.base}`;
  if (former.is === 'not counted') return `; what it was in ${former.base} could not be counted`;
  if (former.is !== 'known' || before === null) return '';
  const was = `${bare(limit, before.value)} in ${former.base}`;
  if (code === CODES.preExisting) return `; it was over it already, with ${was}`;
  const more = size.value - before.value;
  return more > 0n ? `; ${measure.atLeast ? 'at least ' : ''}${bare(limit, more)} more than ${was}` : '';
}

/** `at least 12,345 tokens`, `about 1,100 tokens (990 to 1,320)`, `0.06 USD`. */
function measured({ measure, band, range }: FileCase, limit: KnownLimit, { value }: Size): string {
  const atLeast = measure.atLeast ? 'at least ' : band === null ? '' : 'about ';
  const between = `${count(BigInt(range.low))} to ${count(BigInt(range.high))}`;
  if (band === null || measure.atLeast) return `${atLeast}${withUnit(limit, value)}`;
  return `${atLeast}${withUnit(limit, value)} (${between}${limit.of === 'tokens' ? '' : ' tokens'})`;
}

const bare = (limit: KnownLimit, points: bigint): string =>
  limit.of === 'tokens' ? count(points) : `${formatPico(points)} ${limit.cost.currency}`;

const withUnit = (limit: KnownLimit, points: bigint): string =>
  limit.of === 'tokens' ? `${bare(limit, points)} ${points === 1n ? 'token' : 'tokens'}` : bare(limit, points);

/** What the limit is a share of, or takes for granted. */
const termsOf = ({ budget }: FileCase, limit: KnownLimit): string =>
  limit.of === 'tokens' ? shareText(limit) : ` (with ${assumed(budget.assume)})`;

const shareText = ({ share }: TokensInForce): string =>
  share === null ? '' : ` (${share.contextPercent}% of a context of ${count(BigInt(share.window))})`;

/** `500 tokens of output, 1,000 calls`. */
const assumed = ({ outputTokens, calls }: CallAssumptions): string =>
  `${count(BigInt(outputTokens))} tokens of output, ${count(BigInt(calls))} ${calls === 1 ? 'call' : 'calls'}`;

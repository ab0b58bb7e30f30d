/** The size of one measure beside the limit in force. */

import { CODES, type Code } from '../codes.js';
import type { Verdict } from '../verdict.js';
import type { FileCase } from './file-case.js';
import { limitAt, sizeHint } from './file-hints.js';
import { nameOf, sizeMessage } from './file-texts.js';
import { fileVerdict } from './file-verdict.js';
import type { KnownLimit } from './limit-in-force.js';
import { type Bounds, boundsOf, figureIn, type Size, sizeOf } from './size.js';

/** Exactly at the limit passes. A cost that is not known is unknown, and never 0. */
export function judgeSize(facts: FileCase, limit: KnownLimit): Verdict {
  const size = sizeOf(facts.range, limit);
  if (!size.known) return judgeUnpriced(facts, limit, size.reason);
  const bounds = boundsOf(facts.budget, limit);
  const before = formerSize(facts, limit);
  const code = codeOf(size, bounds, before);
  return fileVerdict(facts, code, {
    rule: 'max',
    measured: figureIn(limit, size.value),
    limit: figureIn(limit, bounds.limit),
    baseline: before === null ? null : figureIn(limit, before.value),
    delta: before === null ? null : figureIn(limit, size.value - before.value),
    message: sizeMessage(facts, { code, limit, size, bounds, before }),
    hint: sizeHint(facts, code),
  });
}

/** The rules, from mild to severe. */
function codeOf({ value, low }: Size, { limit, warnAt, tolerated }: Bounds, before: Size | null): Code {
  if (value <= limit) return warnAt !== null && value > warnAt ? CODES.overWarning : CODES.ok;
  if (low <= limit) return CODES.insideBand;
  if (low <= tolerated) return CODES.withinTolerance;
  const isNoLarger = before !== null && value <= before.value; // so it was over the limit, too
  return isNoLarger ? CODES.preExisting : CODES.overLimit;
}

/** By the limit in force now, so that a new price is no growth; `null`: there was none, or it is not known. */
function formerSize({ former }: FileCase, limit: KnownLimit): Size | null {
  if (former.is !== 'known') return null;
  const size = sizeOf(former.range, limit);
  return size.known ? size : null;
}

const judgeUnpriced = (facts: FileCase, limit: KnownLimit, reason: string): Verdict =>
  fileVerdict(facts, CODES.unpricedModel, {
    rule: 'max',
    measured: null,
    limit: figureIn(limit, boundsOf(facts.budget, limit).limit),
    baseline: null,
    delta: null,
    message: `${nameOf(facts.measure)}: what it costs is not known: ${reason}`,
    hint: `shorten it, or write ${limitAt(facts.budget, 'max')} in tokens`,
  });

/** What every format says of a verdict: what it is of, how serious it is, what grew. */

import { haveGrown } from '../budget/files/parts.js';
import { type Leniency, type Level, type Part, passes, type Verdict } from '../budget/verdict.js';
import type { CheckReport } from './check-report.js';
import { counted, separated } from './counted.js';

/** What a verdict does to a check: `error` fails it, `warning` does not, and `note` was let pass as unknown. */
type Severity = 'error' | 'warning' | 'note';

/** Most serious first. */
const LEVELS: readonly Level[] = ['error', 'unknown', 'warn', 'ok'];

export function severityOf({ level }: Verdict, leniency: Leniency): Severity {
  if (!passes(level, leniency)) return 'error';
  return level === 'unknown' ? 'note' : 'warning';
}

/** Those that are not within their limits, most serious first, else in their order. */
export const findingsOf = ({ verdicts }: CheckReport): Verdict[] => bySeriousness(verdicts).filter(isFinding);

export const isFinding = ({ level }: Verdict): boolean => level !== 'ok';

export const bySeriousness = (verdicts: readonly Verdict[]): Verdict[] =>
  [...verdicts].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));

/** Which of them are about files that were not there before; none, where no file is compared. */
export function newIn(verdicts: readonly Verdict[]): (verdict: Verdict) => boolean {
  const areCompared = verdicts.some(({ path, baseline }) => path !== null && baseline !== null);
  return ({ path, baseline, measured }) => areCompared && path !== null && baseline === null && measured !== null;
}

/** `prompts/a.md`, `prompts/a.md#Rules › Tone`; `null`: it is about no file. */
export const fileText = ({ path, section }: Verdict): string | null =>
  path === null || section === null ? path : `${path}#${section.join(' › ')}`;

/** `alice`, `(3 users)`; `null`: it is of no quota. */
export const holderText = ({ quota }: Verdict): string | null =>
  quota === undefined ? null : (quota.value ?? `(${counted(BigInt(quota.values), quota.each)})`);

/** `1 error, 0 unknown, 2 warn, 45 ok`. */
export const tallyText = (verdicts: readonly Verdict[]): string =>
  LEVELS.map((level) => `${numberOf(verdicts, level)} ${level}`).join(', ');

export const numberOf = (verdicts: readonly Verdict[], level: Level): number =>
  verdicts.filter((verdict) => verdict.level === level).length;

/** `failed: 1 error, 0 unknown, 2 warn, 45 ok`. */
export const verdictText = ({ passed, verdicts }: CheckReport): string =>
  `${passed ? 'passed' : 'failed'}: ${tallyText(verdicts)}`;

/** Parts named at most: enough to know where to look. */
const SHOWN_PARTS = 3;

/** `grew most: a.md +1,204 (5,310), b.md +3 (12)`, or what is largest where nothing grew; `null`: it has no parts. */
export function partsText({ parts }: Verdict): string | null {
  if (parts.length === 0) return null;
  const what = haveGrown(parts) ? 'grew most' : 'largest';
  return `${what}: ${parts.slice(0, SHOWN_PARTS).map(partText).join(', ')}`;
}

function partText({ name, tokens, delta }: Part): string {
  const size = separated(tokens.toString());
  return delta !== null && delta > 0n ? `${name} +${separated(delta.toString())} (${size})` : `${name} (${size})`;
}

/** Everything to be said of a finding, line by line: what it is, what to do, where to look. */
export const linesOf = (verdict: Verdict): string[] =>
  [verdict.message, verdict.hint, partsText(verdict) ?? ''].filter((line) => line !== '');

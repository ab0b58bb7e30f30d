import { CODES, type Code, FINDINGS } from '../codes.js';
import { type Level, softened, type Verdict } from '../verdict.js';
import type { FileBudget } from './file-budget.js';
import type { FileCase } from './file-case.js';

/** What a rule found. */
export type Found = Pick<Verdict, 'rule' | 'measured' | 'limit' | 'baseline' | 'delta' | 'message' | 'hint'>;

/**
 * A verdict of the level that its code has; where the budget only warns, a breach is a warning, and says so. Written out,
 * for there are thousands, and a spread takes longer than judging does.
 */
export function fileVerdict(
  { budget, measure, band, isExact, range, parts }: FileCase,
  code: Code,
  { rule, measured, limit, baseline, delta, message, hint }: Found,
): Verdict {
  return {
    budget: budget.name,
    place: budget.place,
    rule,
    measured,
    limit,
    baseline,
    delta,
    hint,
    level: levelOf(code, budget),
    atLeast: measure.atLeast,
    method: isExact ? 'exact' : 'approximate',
    band: band === null ? null : [BigInt(range.low), BigInt(range.high)],
    code,
    message: isSoftened(code, budget) ? softened(message) : message,
    path: measure.path,
    line: measure.section?.line ?? null,
    section: measure.section?.titles ?? null,
    parts: code === CODES.ok ? [] : parts(),
  };
}

const LEVELS = new Map(FINDINGS.map(({ code, level }) => [code, level]));

const isSoftened = (code: Code, { level }: FileBudget): boolean => LEVELS.get(code) === 'breach' && level === 'warn';

function levelOf(code: Code, budget: FileBudget): Level {
  const level = LEVELS.get(code)!;
  return level === 'breach' ? budget.level : level;
}

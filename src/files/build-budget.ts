import type { Budget, FileBudget, LedgerBudget, Limit, WarnLimit } from '../budget/budget.js';
import { parseLimit, parseWarn } from '../budget/limit.js';
import { pluralOf } from '../budget/quantity.js';
import { pointsOf } from '../budget/verdict.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import type { RawBudget } from './config-schema.js';
import type { ConfigPath, ConfigSource } from './config-source.js';

type Field = keyof RawBudget;
const ONLY_FILES: readonly Field[] = ['paths', 'scope', 'encoding'];
const ONLY_LEDGER: readonly Field[] = ['unit', 'period', 'each'];

/**
 * A budget on files when it has `paths`, on the ledger when it has a `period`.
 *
 * @throws BAD_CONFIG, BAD_LIMIT
 */
export function buildBudget(raw: RawBudget, path: ConfigPath, source: ConfigSource): Budget {
  const wrong = (field: Field, message: string, hint: string) => source.wrong([...path, field], message, hint);
  if (raw.paths === undefined && raw.period === undefined) {
    throw source.wrong(
      path,
      'is a budget on nothing',
      'add paths for a budget on files, or period (day, week or month) for one on the ledger',
    );
  }
  const foreign = (raw.paths === undefined ? ONLY_FILES : ONLY_LEDGER).find((field) => raw[field] !== undefined);
  if (foreign !== undefined) {
    const kind = raw.paths === undefined ? 'the ledger' : 'files';
    throw wrong(foreign, `does not belong to a budget on ${kind}`, 'remove it, or make it two budgets');
  }
  const max = placed(() => parseLimit(raw.max), [...path, 'max'], source);
  const warn = raw.warn === undefined ? null : placed(() => parseWarn(raw.warn!), [...path, 'warn'], source);
  checkWarn(max, warn, wrong);
  const place = { file: source.shown, line: source.lineOf(path) };
  const base = { name: raw.name, max, warn, place };
  return raw.paths === undefined ? ledgerBudget(raw, base) : fileBudget(raw, base, source.folder, wrong);
}

type Wrong = (field: Field, message: string, hint: string) => TokenhubError;
type Base = Pick<Budget, 'name' | 'max' | 'warn' | 'place'>;

function fileBudget(raw: RawBudget, base: Base, root: string, wrong: Wrong): FileBudget {
  const { paths = [], scope = 'file', model = null, encoding = null } = raw;
  if (!('tokens' in base.max))
    throw wrong(
      'max',
      `is ${'cost' in base.max ? 'money' : unitOf(base.max)}, but a budget on files is in tokens`,
      'write it as in 2k tokens',
    );
  if (model !== null && encoding !== null) throw wrong('encoding', 'stands beside model', 'keep one of the two');
  if (paths.every((path) => path.startsWith('!') && !path.startsWith('!('))) {
    throw wrong('paths', 'only leaves files out', 'add a path or pattern without ! in front');
  }
  return { ...base, kind: 'files', paths, root, scope, model, encoding };
}

const ledgerBudget = (raw: RawBudget, base: Base): LedgerBudget => ({
  ...base,
  kind: 'ledger',
  unit: raw.unit ?? null,
  model: raw.model ?? null,
  period: raw.period!,
  each: raw.each ?? null,
});

/** A warning is in the same unit as the limit and not above it. */
function checkWarn(max: Limit, warn: WarnLimit | null, wrong: Wrong): void {
  if (warn === null || 'percent' in warn) return;
  if (unitOf(max) !== unitOf(warn))
    throw wrong('warn', `is in ${unitOf(warn)}, but max in ${unitOf(max)}`, 'use a share such as 80%');
  if (pointsOf(warn) > pointsOf(max)) throw wrong('warn', 'is above max', 'use a share such as 80%');
}

function unitOf(limit: Limit): string {
  if ('cost' in limit) return limit.cost.currency;
  return 'quantity' in limit ? pluralOf(limit.quantity) : 'tokens';
}

function placed<T>(parse: () => T, path: ConfigPath, source: ConfigSource): T {
  try {
    return parse();
  } catch (cause) {
    throw cause instanceof TokenhubError ? cause.at(source.wrong(path, '', '').place) : cause;
  }
}

import type { FileBudget, FileLimit, MaxIncrease, Tolerance } from '../budget/files/file-budget.js';
import { parseFileLimit, parsePercent, parseTolerance } from '../budget/limit.js';
import type { RawBudget } from './budget-schema.js';
import type { BudgetMaking } from './build-budget.js';
import { checkWarn } from './check-warn.js';
import { isNegated } from './glob.js';

/** @throws BAD_CONFIG, BAD_LIMIT */
export function buildFileBudget(raw: RawBudget, making: BudgetMaking): FileBudget {
  const { base, root, shownFrom, parsed, wrong } = making;
  const { paths = [], scope = 'file', model = null, encoding = null, assume = {} } = raw;
  if (raw.max === undefined && raw.maxIncrease === undefined)
    throw wrong('max', 'is missing', 'write a limit, such as max: 2k tokens, or limit the growth with maxIncrease');
  const max = raw.max === undefined ? null : parsed('max', () => parseFileLimit(raw.max!));
  if (model !== null && encoding !== null) throw wrong('encoding', 'stands beside model', 'keep one of the two');
  if (paths.every(isNegated)) throw wrong('paths', 'only leaves files out', 'add a path or pattern without ! in front');
  checkMax(max, raw, wrong);
  checkWarnOf(max, base, wrong);
  return {
    ...base,
    kind: 'files',
    paths,
    root,
    shownFrom,
    scope,
    model,
    encoding,
    content: raw.messages === true ? 'messages' : 'text',
    max,
    maxIncrease: raw.maxIncrease === undefined ? null : maxIncreaseOf(raw.maxIncrease, making),
    tolerance: toleranceOf(max, raw, making),
    allowEmpty: raw.allowEmpty ?? false,
    assume: { outputTokens: assume.outputTokens ?? 0, calls: assume.calls ?? 1 },
  };
}

function toleranceOf(max: FileLimit | null, raw: RawBudget, { parsed, wrong }: BudgetMaking): Tolerance | null {
  if (raw.tolerance === undefined) return null;
  const tolerance = parsed('tolerance', () => parseTolerance(raw.tolerance!));
  if (max !== null && 'cost' in max && 'tokens' in tolerance)
    throw wrong('tolerance', `is in tokens, but max in ${max.cost.currency}`, 'use a share such as 2%');
  return tolerance;
}

function maxIncreaseOf(raw: NonNullable<RawBudget['maxIncrease']>, { parsed, wrong }: BudgetMaking): MaxIncrease {
  const { tokens = null, when = 'both' } = raw;
  const percent = raw.percent === undefined ? null : parsed('maxIncrease', () => parsePercent(raw.percent!));
  if (tokens === null && percent === null)
    throw wrong('maxIncrease', 'limits nothing', 'write maxIncrease: { tokens: 200, percent: 10% }');
  return { tokens, percent, when };
}

/** What is in money or a share of a window needs a model. */
function checkMax(max: FileLimit | null, raw: RawBudget, wrong: BudgetMaking['wrong']): void {
  const isOfModel = max !== null && !('tokens' in max);
  if (isOfModel && raw.model === undefined)
    throw wrong(
      'max',
      `is ${'cost' in max ? 'money' : 'a share of a context window'}, but no model is named`,
      'add model, such as model: gpt-4o, or write the limit in tokens',
    );
  if (raw.assume !== undefined && !(max !== null && 'cost' in max))
    throw wrong('assume', 'belongs to a limit in money', 'remove it, or write max as in 0.05 USD');
  if (raw.tolerance !== undefined && max === null)
    throw wrong('tolerance', 'belongs to max, which is not given', 'remove it, or add max');
}

/** Of a share of a window, a warning is a share, too. */
function checkWarnOf(max: FileLimit | null, { warn }: BudgetMaking['base'], wrong: BudgetMaking['wrong']): void {
  if (warn === null) return;
  if (max === null) throw wrong('warn', 'belongs to max, which is not given', 'remove it, or add max');
  if (!('contextPercent' in max)) checkWarn(max, warn, wrong);
  else if (!('percent' in warn)) throw wrong('warn', 'is not measured in what max is', 'use a share such as 80%');
}

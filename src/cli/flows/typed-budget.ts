/** The budget that a command line is, without a config. */

import { type BudgetBase, COMMAND_LINE } from '../../budget/budget.js';
import type { FileBudget, FileLimit } from '../../budget/files/file-budget.js';
import { parseFileLimit, parseWarn } from '../../budget/limit.js';
import { noLimitTyped, nothingToLimit } from '../../errors/budgets.js';
import { badOption } from '../../errors/command-line.js';
import { pathNotFound } from '../../errors/files.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { quoted } from '../../errors/wording.js';
import { checkWarn } from '../../files/check-warn.js';
import { isNegated, parseGlob } from '../../files/glob.js';
import { LARGEST_TEXT } from '../../files/read-text.js';
import { findPath } from '../../files/walk.js';
import type { Io } from '../io.js';
import { readStandardInput } from './asked-paths.js';
import type { CheckOptions } from './check-options.js';

export interface TypedBudget {
  readonly budget: FileBudget;
  /** Standard input; `null`: it is not asked for. */
  readonly piped: Uint8Array | null;
}

/**
 * The budget of the paths; `null`: none is typed, those of the config are meant.
 * @throws NO_LIMIT, NOTHING_TO_LIMIT, BAD_OPTION, BAD_LIMIT, PATH_NOT_FOUND
 */
export async function typedBudget(
  io: Io,
  typed: readonly string[],
  options: CheckOptions,
): Promise<TypedBudget | null> {
  if (options.max === undefined) return noneTyped(typed, options);
  if (typed.length === 0) throw nothingToLimit(options.max);
  refuseChoices(options);
  const files = typed.filter((path) => path !== '-');
  const paths: string[] = [];
  for (const path of files) paths.push(await patternOf(path, io.cwd));
  const budget = budgetOf(typed, paths, io.cwd, options);
  return { budget, piped: files.length < typed.length ? await readStandardInput(io, LARGEST_TEXT) : null };
}

/** Flags of a typed budget; without `--max` they would be of nothing. */
const OF_TYPED = ['model', 'encoding', 'warn', 'scope', 'messages'] as const;

function noneTyped([path]: readonly string[], options: CheckOptions): null {
  if (path !== undefined) throw noLimitTyped(quoted(path));
  const flag = OF_TYPED.find((name) => options[name] !== undefined);
  if (flag !== undefined) throw noLimitTyped(`--${flag}`);
  return null;
}

function refuseChoices({ only, kind, configFrom, baseline, updateBaseline, max }: CheckOptions): void {
  const hint = 'leave it out, or leave out the paths and --max';
  if (only !== undefined) throw badOption('--only', only.join(', '), 'chooses among budgets of the config', hint);
  if (configFrom !== undefined) throw badOption('--config-from', configFrom, 'is of the budgets of a config', hint);
  if (baseline !== undefined) throw badOption('--baseline', baseline, 'is of the budgets of a config', hint);
  if (updateBaseline) throw badOption('--update-baseline', max, 'is no budget of a config, which alone are kept', hint);
  if (kind === 'ledger') throw badOption('--kind', kind, 'leaves nothing of a limit on paths', hint);
}

/** A path is what is there before it is a pattern, even when it begins like one that leaves files out. */
async function patternOf(path: string, cwd: string): Promise<string> {
  if (findPath(path, cwd) !== null) return path.startsWith('!') ? `./${path}` : path;
  if (!isNegated(path) && (await parseGlob(path, cwd)) === null) throw pathNotFound(path);
  return path;
}

function budgetOf(
  typed: readonly string[],
  paths: readonly string[],
  root: string,
  { max: limit, warn: warning, scope = 'file', messages, model, encoding }: CheckOptions,
): FileBudget {
  const max = parsed('--max', () => parseFileLimit(limit!));
  if (model !== undefined && encoding !== undefined)
    throw badOption('--encoding', encoding, 'stands beside --model', 'keep one of the two');
  if (!('tokens' in max) && model === undefined)
    throw badOption('--max', limit, 'depends on a model, and none is named', 'add -m <model>, as in -m gpt-4o');
  const at = warning === undefined ? null : parsed('--warn', () => parseWarn(warning));
  refuseWarn(max, at, warning);
  return {
    ...{
      kind: 'files',
      name: nameOf(typed),
      place: COMMAND_LINE,
      level: 'error',
      warn: at,
      paths,
      root,
      shownFrom: root,
    },
    ...{
      scope,
      model: model ?? null,
      encoding: encoding ?? null,
      content: messages ? 'messages' : 'text',
      max,
      maxIncrease: null,
      tolerance: null,
    },
    ...{ allowEmpty: false, assume: { outputTokens: 0, calls: 1 } },
  };
}

function refuseWarn(max: FileLimit, at: BudgetBase['warn'], typed: string | undefined): void {
  const wrong = (_field: string, message: string, hint: string) => badOption('--warn', typed, message, hint);
  if (!('contextPercent' in max)) checkWarn(max, at, wrong);
  else if (at !== null && !('percent' in at))
    throw wrong('warn', 'is not measured in what --max is', 'use a share such as 80%');
}

function parsed<T>(field: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw cause instanceof TokenhubError ? cause.at({ field }) : cause;
  }
}

/** Paths that make the name of the budget. */
const NAMED = 3;

function nameOf(paths: readonly string[]): string {
  const more = paths.length - NAMED;
  const names = paths.slice(0, NAMED).map((path) => (path === '-' ? 'standard input' : path));
  return names.join(' ') + (more > 0 ? ` and ${more} more` : '');
}

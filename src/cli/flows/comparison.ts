/** What a check compares files with: a commit, or measures that were written down. */

import { relative } from 'node:path';
import type { Baseline } from '../../budget/files/baseline.js';
import { type BaselineBudget, baselineFrom } from '../../budget/files/baseline-entries.js';
import type { FileBudget } from '../../budget/files/file-budget.js';
import { judgeMovedOut } from '../../budget/files/judge-moved-out.js';
import type { Verdict } from '../../budget/verdict.js';
import { cannotUpdate, pruneAlone } from '../../errors/base.js';
import { pathNotFound } from '../../errors/files.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { slashed } from '../../files/shown-path.js';
import type { Io } from '../io.js';
import { countBase } from './base-counts.js';
import { baselineChanges } from './baseline-changes.js';
import { baselineInBase, baselineNow } from './baseline-file.js';
import { baselinePath, readsBaseline } from './baseline-path.js';
import type { CheckOptions } from './check-options.js';
import type { CountedBudget } from './counted-budget.js';
import type { FoundBase } from './find-base.js';
import { writeBaseline } from './write-baseline.js';

/** What the files of budgets were. */
export interface Compared {
  readonly baselines: ReadonlyMap<FileBudget, Baseline>;
  /** What the change does to the budgets, beside what their config says. */
  readonly changes: ReadonlyMap<FileBudget, readonly Verdict[]>;
  readonly notes: readonly string[];
}

export type Compare = (counted: readonly CountedBudget[]) => Promise<Compared>;

export interface Comparing {
  readonly found: FoundBase;
  /** Absolute path of the config; `null`: there is none. */
  readonly config: string | null;
  /** Names of all budgets on files, judged or not. */
  readonly names: ReadonlySet<string>;
  readonly judged: readonly FileBudget[];
  /** Absolute paths of what must not be overwritten, beside the files that are counted. */
  readonly kept: readonly (string | null)[];
}

/**
 * A base that was typed, else a baseline file, else the base of the pull request; `null`: there is none of them.
 *
 * @throws BAD_BASELINE, PATH_NOT_FOUND, FILE_UNREADABLE
 */
export async function comparisonOf(io: Io, options: CheckOptions, comparing: Comparing): Promise<Compare | null> {
  if (comparing.judged.length === 0) {
    if (options.updateBaseline) throw cannotUpdate('no budget on files is judged');
    return null;
  }
  const path = baselinePath(io.cwd, options, comparing.config);
  const shown = slashed(relative(io.cwd, path));
  const written = await readWritten(path, shown, comparing.found, options);
  if (options.updateBaseline)
    return async (counted) => {
      const update = writeBaseline(io, counted, { path, shown, before: written ?? [], comparing, options });
      return ofFile(counted, update.budgets, { shown, notes: update.notes });
    };
  if (written !== null)
    return async (counted) => {
      const base = options.configFrom === 'base' ? null : comparing.found.base;
      const { changes, notes } = await baselineChanges(counted, { path, shown, budgets: written }, base);
      return { ...ofFile(counted, written, { shown, notes }), changes };
    };
  return comparisonWithBase(comparing.found);
}

/**
 * Refuses what cannot be done with an update of the baseline, before anything is read.
 *
 * @throws USAGE
 */
export function refuseUpdates({ updateBaseline, prune, base, configFrom }: CheckOptions): void {
  if (prune && !updateBaseline) throw pruneAlone();
  if (!updateBaseline) return;
  if (typeof base === 'string') throw cannotUpdate('--base compares with a commit');
  if (configFrom === 'base') throw cannotUpdate('--config-from base judges by what was');
}

/** `null`: there is no such file, or another comparison was asked for. */
async function readWritten(
  path: string,
  shown: string,
  { base }: FoundBase,
  options: CheckOptions,
): Promise<readonly BaselineBudget[] | null> {
  const isNamed = options.baseline !== undefined;
  if (!readsBaseline(options)) return null;
  const written =
    options.configFrom === 'base' && base !== null
      ? await baselineInBase(path, shown, base)
      : await baselineNow(path, shown);
  if (written === null && isNamed && !options.updateBaseline) throw pathNotFound(shown);
  return written;
}

function ofFile(
  counted: readonly CountedBudget[],
  budgets: readonly BaselineBudget[],
  { shown, notes }: { readonly shown: string; readonly notes: readonly string[] },
): Compared {
  const found = counted.map(({ budget }) => [budget, baselineFrom(budgets, budget, shown)] as const);
  const names = new Set(budgets.map(({ name }) => name));
  const other = found.filter(([{ name }, baseline]) => baseline === null && names.has(name));
  const known = found.filter((pair): pair is [FileBudget, Baseline] => pair[1] !== null);
  return {
    baselines: new Map(known),
    changes: new Map(),
    notes: [
      ...notes,
      ...(known.length > 0 ? [`compared with ${shown}`] : []),
      ...other.map(
        ([{ name }]) =>
          `${name}: ${shown} has counts of another model, encoding or scope, so it is not compared; write them anew: tokenhub check --update-baseline`,
      ),
    ],
  };
}

/** `null`: there is no base to compare with, and none is missing. */
export const comparisonWithBase = (found: FoundBase): Compare | null =>
  found.base === null && found.problem === null ? null : (counted) => ofBase(counted, found);

async function ofBase(counted: readonly CountedBudget[], { base, isTyped, problem }: FoundBase): Promise<Compared> {
  if (base === null) return withoutBase(counted, problem);
  try {
    const { baselines, moved, notes } = await countBase(base, counted);
    const changes = new Map([...moved].map(([budget, files]) => [budget, judgeMovedOut(budget, files)]));
    return { baselines, changes, notes: [`compared with ${base.name}`, ...notes] };
  } catch (error) {
    const isOutside = error instanceof TokenhubError && error.code === 'OUTSIDE_REPOSITORY';
    if (isTyped || !isOutside) throw error;
    return withoutBase(counted, error);
  }
}

/** Without the base no growth can be judged; what has a limit of its own can. */
function withoutBase(counted: readonly CountedBudget[], problem: TokenhubError | null): Compared {
  if (problem === null) return { baselines: new Map(), changes: new Map(), notes: [] };
  if (counted.some(({ budget: { maxIncrease } }) => maxIncrease !== null)) throw problem;
  const why = `${problem.message}; ${problem.hint}`;
  return {
    baselines: new Map(),
    changes: new Map(),
    notes: [`not compared with the base of the pull request: ${why}`],
  };
}

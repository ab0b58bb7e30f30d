import { resolve } from 'node:path';
import type { BaselineBudget } from '../../budget/files/baseline-entries.js';
import { updateBaseline } from '../../budget/files/update-baseline.js';
import { baselineText } from '../../files/baseline-text.js';
import { writeWhole } from '../../files/write-whole.js';
import { separated } from '../../render/counted.js';
import type { Io } from '../io.js';
import { outputFiles, refuseOverwriting } from '../output.js';
import { absoluteOf } from './budget-paths.js';
import type { CheckOptions } from './check-options.js';
import type { Comparing } from './comparison.js';
import type { CountedBudget } from './counted-budget.js';
import { measuresOfCounted } from './counted-measures.js';

interface BaselineTarget {
  /** Absolute. */
  readonly path: string;
  readonly shown: string;
  readonly before: readonly BaselineBudget[];
  readonly comparing: Comparing;
  readonly options: CheckOptions;
}

interface WrittenBaseline {
  readonly budgets: readonly BaselineBudget[];
  readonly notes: readonly string[];
}

/**
 * Writes the measures of now.
 *
 * @throws WOULD_OVERWRITE, CANNOT_WRITE
 */
export function writeBaseline(io: Io, all: readonly CountedBudget[], target: BaselineTarget): WrittenBaseline {
  const { path, shown, before, comparing, options } = target;
  const inputs = all.flatMap(({ budget, files, skipped }) =>
    [...files, ...skipped].map((file) => absoluteOf(budget, file.path)),
  );
  const outputs = outputFiles(options).map((file) => resolve(io.cwd, file));
  refuseOverwriting(io, [path], [...comparing.kept, ...inputs, ...outputs]);
  const judged = all.map((counted) => ({
    budget: counted.budget,
    measures: measuresOfCounted(counted),
    uncounted: new Set(counted.skipped.map((skip) => skip.path)),
  }));
  const gone = options.prune ? 'drop' : 'keep';
  const update = updateBaseline(before, judged, { names: comparing.names, gone });
  writeWhole(path, baselineText(update.budgets));
  return { budgets: update.budgets, notes: goneNotes(shown, update.gone, gone) };
}

function goneNotes(shown: string, gone: number, what: 'keep' | 'drop'): string[] {
  if (gone === 0) return [];
  const entries = `${shown}: ${gone === 1 ? '1 entry' : `${separated(String(gone))} entries`} of files or budgets that are gone`;
  return [what === 'drop' ? `${entries} dropped` : `${entries}; drop them: tokenhub check --update-baseline --prune`];
}

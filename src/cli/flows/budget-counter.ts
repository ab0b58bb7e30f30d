import type { FileBudget } from '../../budget/files/file-budget.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { asInstalled } from '../../files/data-package.js';
import { resolveEncodingName, resolveModel } from '../../tokenizer/models.js';
import type { BudgetCounter } from './counted-budget.js';

/**
 * What a budget's files are counted with.
 * @throws UNKNOWN_MODEL, UNKNOWN_ENCODING at the place of the budget
 */
export function counterOf({ model, encoding, place, root }: FileBudget): BudgetCounter {
  try {
    if (model !== null) return asInstalled(resolveModel(model), root);
    return { model, encoding: resolveEncodingName(encoding ?? 'o200k_base'), factor: 1, band: null };
  } catch (error) {
    throw error instanceof TokenhubError
      ? error.movedTo({ ...place, field: model === null ? 'encoding' : 'model' })
      : error;
  }
}

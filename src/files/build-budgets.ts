import { relative } from 'node:path';
import type { Budget } from '../budget/budget.js';
import { UNASSIGNED } from '../report/query.js';
import { buildBudget } from './build-budget.js';
import type { CheckUnit } from './build-units.js';
import type { ConfigPath } from './config-source.js';
import type { ParsedConfig } from './parse-config.js';
import { slashed } from './shown-path.js';

/**
 * The budgets of a config and of those it includes, whose names begin with their folder.
 *
 * @param checkerOf  what checks units that a config names
 * @throws BAD_CONFIG, BAD_LIMIT
 */
export function buildBudgets(
  main: ParsedConfig,
  included: readonly ParsedConfig[],
  checkerOf: (config: ParsedConfig) => CheckUnit,
): Budget[] {
  const taken = new Map<string, string>();
  return [main, ...included].flatMap((config) => {
    const { raw, source } = config;
    const checkUnit = checkerOf(config);
    return (raw.budgets ?? []).map((budget, index): Budget => {
      const path: ConfigPath = ['budgets', index];
      if (budget.unit !== undefined && budget.unit !== UNASSIGNED) checkUnit(budget.unit, [...path, 'unit']);
      const name = nameIn(config, main, budget.name);
      const before = taken.get(name);
      if (before !== undefined)
        throw source.wrong([...path, 'name'], `is also the name of ${before}`, 'rename one of the two');
      taken.set(name, config === main ? `budgets[${index}]` : `budgets[${index}] of ${source.shown}`);
      return buildBudget({ ...budget, name }, path, source);
    });
  });
}

/** `packages/a: prompts`; the folder itself has no name to add. */
function nameIn({ source }: ParsedConfig, main: ParsedConfig, name: string): string {
  const folder = slashed(relative(main.source.folder, source.folder));
  return folder === '' ? name : `${folder}: ${name}`;
}

/** Whose usage a budget is of, as the conditions reports have. */

import { quoted } from '../errors/wording.js';
import { nearest } from '../nearest.js';
import { conditionText, FILTER_FIELDS, filterFieldNamed, splitCondition } from '../report/filter.js';
import { type RawBudget, USAGE_FIELDS } from './budget-schema.js';
import type { BudgetMaking } from './build-budget.js';

/**
 * Fields that a budget names by themselves, and those of its `where`, each as a condition.
 *
 * @throws BAD_CONFIG
 * @example conditionsOf({ agent: ['codex', 'aider'], where: ['model~qwen*'] }, …) // ['agent=codex,aider', 'model~qwen*']
 */
export function conditionsOf(raw: RawBudget, { wrong }: Pick<BudgetMaking, 'wrong'>): string[] {
  for (const text of raw.where ?? []) checkCondition(text, wrong);
  return [
    ...USAGE_FIELDS.flatMap((field) => {
      const values = raw[field];
      return values === undefined ? [] : [conditionText({ field, op: '=', values })];
    }),
    ...(raw.where ?? []),
  ];
}

function checkCondition(text: string, wrong: BudgetMaking['wrong']): void {
  const parts = splitCondition(text);
  if (parts === null || parts.values.length === 0)
    throw wrong('where', `${quoted(text)} is no condition`, 'write <field>=<value>, as in agent=codex or model~qwen*');
  if (filterFieldNamed(parts.field) !== null) return;
  const near = nearest(parts.field, FILTER_FIELDS);
  const hint = `${near === null ? '' : `did you mean ${near}? `}fields: ${FILTER_FIELDS.join(', ')}, tag:<name>`;
  throw wrong('where', `${quoted(parts.field)} is no field`, hint);
}

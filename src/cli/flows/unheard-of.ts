/** Names of a budget that neither the config nor any event knows. */

import type { LedgerBudget } from '../../budget/ledger/ledger-budget.js';
import type { UnheardOf } from '../../budget/ledger/ledger-measure.js';
import type { Config } from '../../files/config-type.js';
import { modelNames } from '../../hub/model-names.js';
import type { RuleField } from '../../hub/units.js';
import type { Ledger } from '../../ledger/ledger.js';
import { nearest } from '../../nearest.js';
import { tagName } from '../../report/dimension.js';
import { anyOf, type Filter, nameOfNone } from '../../report/filter.js';
import { UNASSIGNED } from '../../report/query.js';
import { namesOf } from './empty-report.js';

/** The first such name; `null`: all are known. What a condition leaves out may be of nobody. */
export async function unheardOf(
  ledger: Ledger,
  { unit, model }: LedgerBudget,
  filters: readonly Filter[],
  config: Config,
): Promise<UnheardOf | null> {
  const { models } = config;
  const asked: Asked[] = [
    ...(unit === null ? [] : [{ what: 'unit', op: '=' as const, names: [unit] }]),
    ...(model === null ? [] : [{ what: 'model', op: '=' as const, names: [modelNames(models)(model)] }]),
    ...filters.flatMap(({ field, op, values }) =>
      op === '!=' ? [] : [{ what: field, op, names: values.filter((value) => value !== null) }],
    ),
  ];
  for (const each of asked) {
    const known = [...(await namesOf(ledger, each.what)), ...namesOfConfig(each.what, config)];
    const name = each.names.find((one) => !known.some(anyOf(each.op, [one])));
    if (name !== undefined) return { what: each.what, name, near: nearest(name, known) };
  }
  return null;
}

interface Asked {
  readonly what: string;
  readonly op: '=' | '~';
  readonly names: readonly string[];
}

/** Rules name who has used nothing yet, too; patterns in them name nobody. */
function namesOfConfig(field: string, { units, rules, models, accounts }: Config): string[] {
  const tag = tagName(field);
  const ofRules = rules.flatMap(({ fields, tags }) => (tag === null ? fields[field as RuleField] : tags[tag]) ?? []);
  const named = ofRules.filter((value) => !value.includes('*'));
  if (field === 'unit') return [UNASSIGNED, ...units.map(({ id }) => id), ...rules.map(({ unit }) => unit)];
  if (field === 'model') return [...Object.keys(models), ...named];
  return field === 'account' ? [...Object.keys(accounts), ...named] : [nameOfNone(field), ...named];
}

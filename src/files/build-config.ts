/** A config of the right shape as the one type the program works with, and the checks that need more than one field. */

import { resolve } from 'node:path';
import { RULE_FIELDS, type UnitRule } from '../hub/units.js';
import { UNASSIGNED } from '../report/query.js';
import { buildAccounts } from './build-accounts.js';
import { buildBudget } from './build-budget.js';
import { buildContracts, buildPlans } from './build-contracts.js';
import { buildUnits, type CheckUnit, unitChecker } from './build-units.js';
import type { RawConfig, RawRule } from './config-schema.js';
import type { ConfigPath, ConfigSource } from './config-source.js';
import type { Config } from './config-type.js';

/** @throws BAD_CONFIG, BAD_LIMIT */
export function buildConfig(raw: RawConfig, source: ConfigSource, warnings: readonly string[]): Config {
  const units = buildUnits(raw, source);
  const checkUnit = raw.units === undefined ? () => {} : unitChecker(Object.keys(raw.units), source);
  const fileOf = (path: string): string => resolve(source.folder, path);
  return {
    file: source.path,
    timeZone: raw.timeZone ?? 'UTC',
    alibaba: { region: raw.alibaba?.region ?? 'intl' },
    prices: (raw.prices ?? []).map(fileOf),
    contracts: buildContracts(raw, source),
    plans: buildPlans(raw, source),
    accounts: buildAccounts(raw, source),
    ledger: raw.ledger === undefined ? null : fileOf(raw.ledger),
    units,
    models: raw.models ?? {},
    rules: (raw.rules ?? []).map((rule, index) => buildRule(rule, ['rules', index], source, checkUnit)),
    mappings: raw.mappings ?? {},
    budgets: (raw.budgets ?? []).map((budget, index) => {
      const path = ['budgets', index];
      if (budget.unit !== undefined && budget.unit !== UNASSIGNED) checkUnit(budget.unit, [...path, 'unit']);
      const before = raw.budgets!.findIndex(({ name }) => name === budget.name);
      if (before < index)
        throw source.wrong([...path, 'name'], `is also the name of budgets[${before}]`, 'rename one of the two');
      return buildBudget(budget, path, source);
    }),
    warnings: [...warnings, ...ignoredKeys(raw)],
  };
}

/** What is read and checked, but not acted on by this version: said, not passed over. */
const ignoredKeys = ({ allocations }: RawConfig): string[] =>
  allocations === undefined ? [] : ['allocations are not applied by this version'];

function buildRule(raw: RawRule, path: ConfigPath, source: ConfigSource, checkUnit: CheckUnit): UnitRule {
  const { unit, tag = {}, from = null, to = null } = raw;
  checkUnit(unit, [...path, 'unit']);
  if (from !== null && to !== null && from > to) {
    throw source.wrong([...path, 'to'], `is before from (${from})`, 'swap the two; both days are included');
  }
  const named = RULE_FIELDS.filter((field) => raw[field] !== undefined);
  return { unit, fields: Object.fromEntries(named.map((field) => [field, raw[field]!])), tags: tag, from, to };
}

/** A config of the right shape as the one type the program works with, and the checks that need more than one field. */

import { resolve } from 'node:path';
import { RULE_FIELDS, type UnitRule } from '../hub/units.js';
import { buildAccounts } from './build-accounts.js';
import { buildAllocations } from './build-allocations.js';
import { buildBudgets } from './build-budgets.js';
import { buildContracts, buildPlans } from './build-contracts.js';
import { buildUnits, type CheckUnit, unitChecker } from './build-units.js';
import type { RawRule } from './config-schema.js';
import type { ConfigPath, ConfigSource } from './config-source.js';
import type { Config } from './config-type.js';
import type { ParsedConfig } from './parse-config.js';

/**
 * @param included  configs whose budgets it takes
 * @throws BAD_CONFIG, BAD_LIMIT
 */
export function buildConfig(
  main: ParsedConfig,
  included: readonly ParsedConfig[],
  warnings: readonly string[],
): Config {
  const { raw, source } = main;
  const units = buildUnits(raw, source);
  const checkerOf = (config: ParsedConfig): CheckUnit =>
    raw.units === undefined ? () => {} : unitChecker(Object.keys(raw.units), config.source);
  const checkUnit = checkerOf(main);
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
    allocations: buildAllocations(raw, source, checkUnit),
    rulePlaces: (raw.rules ?? []).map((_, index) => ({ file: source.shown, line: source.lineOf(['rules', index]) })),
    mappings: raw.mappings ?? {},
    budgets: buildBudgets(main, included, checkerOf),
    included: included.map((config) => config.source.path),
    warnings,
  };
}

function buildRule(raw: RawRule, path: ConfigPath, source: ConfigSource, checkUnit: CheckUnit): UnitRule {
  const { unit, tag = {}, from = null, to = null } = raw;
  checkUnit(unit, [...path, 'unit']);
  if (from !== null && to !== null && from > to) {
    throw source.wrong([...path, 'to'], `is before from (${from})`, 'swap the two; both days are included');
  }
  const named = RULE_FIELDS.filter((field) => raw[field] !== undefined);
  return { unit, fields: Object.fromEntries(named.map((field) => [field, raw[field]!])), tags: tag, from, to };
}

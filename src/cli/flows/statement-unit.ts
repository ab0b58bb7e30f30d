import { badOption } from '../../errors/command-line.js';
import type { Config } from '../../files/config-type.js';
import { parseRules } from '../../hub/rules-identity.js';
import type { StatementTold } from '../../hub/statement/statement-told.js';
import { unitsWithin } from '../../hub/unit-tree.js';
import type { UnitDefinition } from '../../hub/units.js';
import type { Ledger } from '../../ledger/ledger.js';
import { nearest } from '../../nearest.js';
import { UNASSIGNED } from '../../report/query.js';

export async function statementUnit(ledger: Ledger, config: Config, id: string): Promise<StatementTold['unit']> {
  const defined = await definedUnits(ledger, config);
  const { name = null, owner = null, stage = null } = defined.find((unit) => unit.id === id) ?? {};
  return { id, name, owner, stage, units: id === UNASSIGNED ? [id] : unitsWithin(id, defined) };
}

/** The units of the config; where it has none, those of the rules applied. */
export async function definedUnits(
  ledger: Ledger,
  { units }: Pick<Config, 'units'>,
): Promise<readonly UnitDefinition[]> {
  if (units.length > 0) return units;
  const applied = await ledger.appliedRules();
  return applied === null ? [] : parseRules(applied.json).units;
}

/** @throws BAD_OPTION for a unit that neither the config nor any event knows */
export async function refuseUnknownUnit(ledger: Ledger, { units, rules }: Config, id: string): Promise<void> {
  const ofConfig = [...units.map((unit) => unit.id), ...rules.map(({ unit }) => unit)];
  const known = [...new Set([UNASSIGNED, ...ofConfig, ...(await ledger.names('unit'))])];
  if (known.includes(id)) return;
  const near = nearest(id, known);
  throw badOption(
    '--unit',
    id,
    'is no unit of the config, nor of any event',
    near === null ? `units: ${known.join(', ')}` : `did you mean ${near}?`,
  );
}

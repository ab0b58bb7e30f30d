/** The units of a config, and the check that what names a unit names one of them. */

import { quoted } from '../errors/wording.js';
import { circleOf } from '../hub/unit-tree.js';
import type { UnitDefinition } from '../hub/units.js';
import { nearest } from '../nearest.js';
import type { RawConfig } from './config-schema.js';
import type { ConfigPath, ConfigSource } from './config-source.js';

type RawUnit = NonNullable<RawConfig['units']>[string];

/** @throws BAD_CONFIG for names that are none, unknown parents, circles, and a system that two units run */
export function buildUnits({ units: raw = {} }: RawConfig, source: ConfigSource): UnitDefinition[] {
  const checkUnit = unitChecker(Object.keys(raw), source);
  const units = Object.entries(raw).map(([id, unit]) => {
    if (!isUnitId(id)) throw source.wrong(['units', id], 'is no name for a unit', 'begin with a letter or a digit');
    if (unit.parent !== undefined) checkUnit(unit.parent, ['units', id, 'parent']);
    return unitOf(id, unit);
  });
  const circle = circleOf(units);
  if (circle !== null)
    throw source.wrong(
      ['units', circle[0]!, 'parent'],
      `makes ${circle[0]} a part of itself: ${circle.join(' in ')}`,
      'take one of these parents out',
    );
  checkOperators(units, source);
  return units;
}

const unitOf = (id: string, { parent, name, stage, owner, operates = [] }: RawUnit): UnitDefinition => ({
  id,
  parent: parent ?? null,
  name: name ?? null,
  stage: stage ?? null,
  owner: owner ?? null,
  operates: operates.map(({ source, account }) => ({ source, account: account ?? null })),
});

/** What two units run would be of neither. */
function checkOperators(units: readonly UnitDefinition[], source: ConfigSource): void {
  const runBy = new Map<string, string>();
  for (const { id, operates } of units)
    for (const [index, system] of operates.entries()) {
      const path = ['units', id, 'operates', index, 'source'];
      const key = JSON.stringify([system.source, system.account]);
      const other = runBy.get(key);
      if (other !== undefined)
        throw source.wrong(path, `${quoted(system.source)} is run by ${other} already`, 'name the account each runs');
      runBy.set(key, id);
    }
}

export type CheckUnit = (unit: string, path: ConfigPath) => void;

/** `(unassigned)` is what reports call the events without a unit, so no unit may look like it. */
const isUnitId = (id: string): boolean => /^[\p{L}\p{N}][^\p{Cc}]{0,99}$/u.test(id);

export const unitChecker =
  (ids: readonly string[], source: ConfigSource): CheckUnit =>
  (unit, path) => {
    if (ids.includes(unit)) return;
    const meant = nearest(unit, ids);
    const hint = meant === null ? `add it to units; known: ${ids.join(', ')}` : `did you mean ${meant}?`;
    throw source.wrong(path, `${quoted(unit)} is not in units`, hint);
  };

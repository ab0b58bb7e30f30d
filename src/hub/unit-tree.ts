/** Units one above the other: organisation, unit, team. */

import type { UnitDefinition } from './units.js';

/** The units above a unit, from the top, and itself at the end; a unit that is not defined stands alone. */
export function lineOf(unit: string, units: readonly UnitDefinition[]): readonly string[] {
  const line = [unit];
  for (let parent = parentOf(unit, units); parent !== null; parent = parentOf(parent, units)) line.unshift(parent);
  return line;
}

/** The unit and all that are beneath it, in the order of their definition. */
export const unitsWithin = (unit: string, units: readonly UnitDefinition[]): readonly string[] => [
  unit,
  ...units.filter(({ id }) => id !== unit && lineOf(id, units).includes(unit)).map(({ id }) => id),
];

/** A circle of units each of which is part of the next, from the first defined; `null`: there is none. */
export function circleOf(units: readonly UnitDefinition[]): readonly string[] | null {
  for (const { id } of units) {
    const way = [id];
    for (let parent = parentOf(id, units); parent !== null; parent = parentOf(parent, units)) {
      if (parent === id) return [...way, id];
      if (way.includes(parent)) break; // a circle above, which is found from one of its own
      way.push(parent);
    }
  }
  return null;
}

const parentOf = (unit: string, units: readonly UnitDefinition[]): string | null =>
  units.find(({ id }) => id === unit)?.parent ?? null;

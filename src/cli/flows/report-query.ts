/** The flags of `report` as a question. */

import { badOption } from '../../errors/command-line.js';
import { unitsWithin } from '../../hub/unit-tree.js';
import type { UnitDefinition } from '../../hub/units.js';
import { nearest } from '../../nearest.js';
import { DIMENSIONS, type Dimension, dimensionNamed, isTime } from '../../report/dimension.js';
import { FILTER_FIELDS, type Filter, filterFieldNamed, nameOfNone, splitCondition } from '../../report/filter.js';
import { UNASSIGNED } from '../../report/query.js';
import { SORT_KEYS, type Sort } from '../../report/row-order.js';

/** @throws BAD_OPTION with the nearest name */
export function dimensionOf(name: string): Dimension {
  const dimension = dimensionNamed(name);
  if (dimension !== null) return dimension;
  throw badOption('--by', name, whyNone(name), nearestHint(name, DIMENSIONS, 'dimensions', BESIDE));
}

const BESIDE = ['unit:<level>', 'tag:<name>', 'cycle:<day>'];

function whyNone(name: string): string {
  if (/^cycle\b/.test(name)) return 'names no day from 1 to 31, as cycle:15 does';
  return /^unit:/.test(name) ? 'names no level from 1 to 9, as unit:1 does' : 'is no dimension';
}

/**
 * `<field>=<value>`, `!=` or `~`, several values with commas.
 *
 * @throws BAD_OPTION
 */
export function filterOf(text: string): Filter {
  const parts = splitCondition(text);
  if (parts === null)
    throw badOption('--where', text, 'is no condition', 'write <field>=<value>, as in project=alpha or model~qwen*');
  const field = filterFieldNamed(parts.field);
  if (field === null)
    throw badOption(
      '--where',
      parts.field,
      isPeriod(parts.field) ? 'is a time' : 'is no field',
      isPeriod(parts.field)
        ? 'use --period, or --from and --to'
        : nearestHint(parts.field, FILTER_FIELDS, 'fields', ['tag:<name>']),
    );
  if (parts.values.length === 0)
    throw badOption('--where', text, 'names no value', `for events without one: ${field}=${nameOfNone(field)}`);
  const isNone = (value: string) => value === nameOfNone(field) && parts.op !== '~';
  return { field, op: parts.op, values: parts.values.map((value) => (isNone(value) ? null : value)) };
}

const isPeriod = (name: string): boolean => {
  const dimension = dimensionNamed(name);
  return dimension !== null && isTime(dimension);
};

/** @throws BAD_OPTION */
export function sortOf(text: string): Sort {
  const [name = '', direction, ...rest] = text.split(':');
  const key = SORT_KEYS.find((each) => each === name);
  if (key === undefined) throw badOption('--sort', text, 'is no order', nearestHint(name, SORT_KEYS, 'orders', []));
  if (direction === undefined) return { key, direction: key === 'name' ? 'asc' : 'desc' };
  if ((direction !== 'asc' && direction !== 'desc') || rest.length > 0)
    throw badOption('--sort', text, 'has no such direction', `write ${name}:asc or ${name}:desc`);
  return { key, direction };
}

/** The units named and those beneath them; `null` in the list is "unassigned". */
export const unitsOf = (
  units: readonly string[] | undefined,
  defined: readonly UnitDefinition[],
): (string | null)[] | null =>
  units === undefined
    ? null
    : [...new Set(units.flatMap<string | null>((name) => (name === UNASSIGNED ? null : unitsWithin(name, defined))))];

function nearestHint(name: string, known: readonly string[], what: string, beside: readonly string[]): string {
  const near = nearest(name, known);
  return `${near === null ? '' : `did you mean ${near}? `}${what}: ${[...known, ...beside].join(', ')}`;
}

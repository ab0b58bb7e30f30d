/** Where in a usage object a figure may stand. */

import { badField } from '../../errors/usage-records.js';
import { countOf, freshInput, millionthsOfCount } from '../reading/count.js';
import { type Fields, isFields, shown, valueAt } from '../reading/fields.js';

/** One place: `field` is its dotted path, as errors name it. */
export interface FieldPlace {
  readonly field: string;
  readonly path: readonly string[];
}

/** A count and the place that stated it. */
export interface StatedCount {
  readonly field: string;
  readonly count: number;
}

export const places = (...fields: readonly string[]): readonly FieldPlace[] =>
  fields.map((field) => ({ field, path: field.split('.') }));

/** The value at a place; `undefined` when it or an object on the way is absent. Throws BAD_FIELD at a non-object. */
export function valueAtPlace(usage: Fields, place: FieldPlace): unknown {
  let value: unknown = usage;
  for (const name of place.path) {
    if (value === null || value === undefined) return undefined;
    if (!isFields(value)) throw badField(place.field, shown(value), 'is no object', 'log the usage as the API sent it');
    value = valueAt(value, name);
  }
  return value;
}

/**
 * The count that one of several places states; `null` when none does. Servers that speak two dialects fill the other
 * one's fields with 0, so a 0 yields to a larger figure; two different figures contradict each other.
 *
 * @throws BAD_FIELD for a bad count and for a contradiction
 */
export function statedCount(usage: Fields, where: readonly FieldPlace[]): StatedCount | null {
  let stated: StatedCount | null = null;
  for (const place of where) {
    const count = countOf(valueAtPlace(usage, place), place.field);
    if (count === null) continue;
    if (stated === null || stated.count === 0) stated = { field: place.field, count };
    else if (count !== 0 && count !== stated.count)
      throw badField(place.field, count, `contradicts ${stated.field}, ${stated.count}`, 'see which one is right');
  }
  return stated;
}

/** Throws BAD_FIELD when a part is larger than what it is a part of; an unknown whole bounds nothing. */
export function checkPart(part: StatedCount | null, whole: StatedCount | null): void {
  if (part === null || whole === null || part.count <= whole.count) return;
  throw badField(part.field, part.count, `is more than ${whole.field}, ${whole.count}`, 'see which one is right');
}

/** Fresh input of a whole that includes what was cached and written. Throws BAD_FIELD when they are more than it. */
export function freshOf(whole: StatedCount | null, cached: StatedCount | null, written: StatedCount | null) {
  if (whole === null) return null;
  checkPart(cached, whole);
  return freshInput(whole.count, (cached?.count ?? 0) + (written?.count ?? 0), whole.field);
}

/** Parts of the tokens that some models price apart, as quantities; a part of 0 is left out. */
export function partQuantities(
  parts: readonly (readonly [name: string, part: StatedCount | null, whole: StatedCount | null])[],
): Record<string, bigint> {
  const quantities: Record<string, bigint> = {};
  for (const [name, part, whole] of parts) {
    checkPart(part, whole);
    if (part !== null && part.count > 0) quantities[name] = millionthsOfCount(part.count, part.field);
  }
  return quantities;
}

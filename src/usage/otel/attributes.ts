/** Attributes of OTLP JSON: `[{ key, value: { stringValue | intValue | doubleValue | boolValue } }]`. */

import { type Fields, fieldsAt, isFields, valueAt } from '../reading/fields.js';

export type Attributes = ReadonlyMap<string, unknown>;

/** Attributes one span or resource may carry; more is no honest log. */
const MAX_ATTRIBUTES = 2000;
/** Lists, maps and bytes are not read. `intValue` is a JSON string, since it may pass 2^53. */
const SCALARS = ['stringValue', 'intValue', 'doubleValue', 'boolValue'];

/** The scalar attributes of a span or a resource by name; of a name given twice the first. */
export function attributesOf(holder: Fields): Attributes {
  const list = valueAt(holder, 'attributes');
  const attributes = new Map<string, unknown>();
  if (!Array.isArray(list)) return attributes;
  for (const entry of list.slice(0, MAX_ATTRIBUTES)) {
    if (!isFields(entry)) continue;
    const [key, value] = [valueAt(entry, 'key'), fieldsAt(entry, 'value')];
    const kind = value === null ? undefined : SCALARS.find((name) => Object.hasOwn(value, name));
    if (typeof key === 'string' && kind !== undefined && !attributes.has(key)) attributes.set(key, value![kind]);
  }
  return attributes;
}

/** The first of the names that has a value, and it; `['', undefined]`: none has. */
export function attribute(attributes: Attributes, names: readonly string[]): readonly [name: string, value: unknown] {
  const name = names.find((candidate) => !['', null, undefined].includes(attributes.get(candidate) as null));
  return name === undefined ? ['', undefined] : [name, attributes.get(name)];
}

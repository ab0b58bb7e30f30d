/** The shapes that values of a config have, with the words for those that have another. */

import { z } from 'zod';

export const text = z.string({ error: 'must be a text' }).trim().min(1, { error: 'must not be empty' });

/** One text or a list of them. */
export const texts = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(text, { error: 'must be a text or a list of texts' }).min(1, { error: 'must name at least one' }),
);

/** A mapping that has no other keys; its message for an unknown key is the list of the known ones. */
export const fields = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? Object.keys(shape).join(', ') : 'must be a mapping'),
  });

export const mapping = <Value extends z.ZodType>(value: Value) =>
  z.record(z.string(), value, { error: 'must be a mapping of names' });

export const list = <Item extends z.ZodType>(item: Item) => z.array(item, { error: 'must be a list' });

export const wholeNumber = (least: 0 | 1) =>
  z
    .number({ error: 'must be a whole number' })
    .int({ error: 'must be a whole number' })
    .min(least, { error: `must be ${least} or more` });

export const oneOf = <const Names extends readonly [string, ...string[]]>(...names: Names) =>
  z.enum(names, { error: `must be one of: ${names.join(', ')}` });

export function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false; // RangeError: Intl's way of saying no
  }
}

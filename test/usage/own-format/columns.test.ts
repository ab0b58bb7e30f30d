import { expect, test } from 'vitest';
import { FIELD, OWN_FIELDS, ownField } from '../../../src/usage/own-format/columns.js';
import { layoutOf } from '../../../src/usage/own-format/layout.js';

test('fields are numbered in their order, from 0', () => {
  expect(Object.values(FIELD)).toEqual([...OWN_FIELDS.keys()]);
});

test('a layout tells of each field by its number: where its column is, and how errors name it', () => {
  const headers = ['note', ...[...OWN_FIELDS].reverse().map((name) => name.toUpperCase())];
  const { columns, places, printed } = layoutOf(headers, {});
  for (const name of OWN_FIELDS) {
    const place = places[FIELD[name]]!;
    expect([headers[place], columns.fields.get(name), printed[FIELD[name]]]).toEqual(Array(3).fill(name.toUpperCase()));
    expect(ownField(headers[place]!)).toBe(name);
  }
});

test('a field that a file has no column for has no place, and errors name it by its own name', () => {
  const { places, printed } = layoutOf(['model'], {});
  expect([places[FIELD.user], printed[FIELD.user]]).toEqual([-1, 'user']);
});

import { expect, test } from 'vitest';
import { jsonCell, objectCell } from '../../../src/usage/reading/json-cell.js';
import { rejection } from '../fixture.js';

test('a cell may hold JSON, as a value or as text', () => {
  const cells = ['{"a":1}', [1], ' ', undefined].map((value) => jsonCell(value, 'x'));
  expect(cells).toEqual([{ a: 1 }, [1], null, null]);
  expect(rejection(() => jsonCell('{', 'x'))).toMatchObject({ code: 'BAD_FIELD', field: 'x' });
});

test('where an object is asked for, blank is an empty one, and a list is none', () => {
  expect([objectCell('{"a":1}', 'x'), objectCell('', 'x')]).toEqual([{ a: 1 }, {}]);
  expect(rejection(() => objectCell('[1]', 'x')).field).toBe('x');
});

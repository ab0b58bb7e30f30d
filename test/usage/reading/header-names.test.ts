import { expect, test } from 'vitest';
import { hasColumns, headerName, rowsByName } from '../../../src/usage/reading/header-names.js';
import { rejection } from '../fixture.js';

test('letter case, blanks around a name and a byte order mark tell no columns apart', () => {
  expect(headerName('\ufeff BYOK Usage ')).toBe('byok usage');
  expect(hasColumns(['\ufeffDate', 'Slug'], ['date', 'slug'])).toBe(true);
  expect(hasColumns(['Date'], ['date', 'slug'])).toBe(false);
});

test('rows are read by name, each by its own headers', () => {
  const rowOf = rowsByName();
  const plain = { date: '1' };
  expect(rowOf(plain)).toBe(plain);
  expect(rowOf({ ' Date': '2', X: '3' })).toEqual({ date: '2', x: '3' });
  expect(rowOf(plain)).toBe(plain);
});

test('of two columns of one name the first counts', () =>
  expect(rowsByName()({ Date: '1', DATE: '2' })).toEqual({ date: '1' }));

test('a header cannot reach a prototype', () => {
  const row = rowsByName()(JSON.parse('{"__PROTO__": {"polluted": 1}, "Date": "1"}'));
  expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  expect(Object.hasOwn(row, '__proto__')).toBe(true);
});

test('what is no row is rejected', () => expect(rejection(() => rowsByName()(5)).code).toBe('BAD_RECORD'));

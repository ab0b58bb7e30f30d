import { expect, test } from 'vitest';
import { billTagsOf } from '../../../src/usage/reading/bill-tags.js';
import { listTagsOf } from '../../../src/usage/reading/list-tags.js';
import { hasColumns, jsonCell, rowReader } from '../../../src/usage/reading/row.js';
import { rejection } from '../fixture.js';

test('a column is found in any spelling, and under the first name that has something', () => {
  const read = rowReader();
  const row = read({ '\ufeffStart Time': ' a ', model_id: '', Model: 'm', count: '1,234' });
  expect([row.text('startTime'), row.text('modelId', 'model'), row.text('other')]).toEqual(['a', 'm', null]);
  expect([row.count('count'), row.count('other')]).toEqual([1234, null]);
  expect(row.cell('other')).toBeUndefined();
});

test('a record with other columns than the one before is read by its own', () => {
  const read = rowReader();
  expect(read({ a: '1', b: '2' }).text('b')).toBe('2');
  expect(read({ b: '3' }).text('b')).toBe('3');
  expect(read({ a: '1', c: '2' }).text('b')).toBeNull();
});

test('what is no object is no record', () => expect(rejection(() => rowReader()([])).code).toBe('BAD_RECORD'));

test('names inherited by every object are no columns', () =>
  expect(rowReader()({ a: 1 }).cell('constructor')).toBeUndefined());

test('columns are compared in any spelling', () => {
  expect(hasColumns(['\ufeffStart Date', 'END_DATE'], 'startDate', 'End Date')).toBe(true);
  expect(hasColumns(['Start Date'], 'Start Date', 'End Date')).toBe(false);
});

test('a cell may hold JSON, as a value or as text', () => {
  expect([jsonCell('{"a":1}', 'x'), jsonCell([1], 'x'), jsonCell(' ', 'x'), jsonCell(undefined, 'x')]).toEqual([
    ...[{ a: 1 }, [1], null, null],
  ]);
  expect(rejection(() => jsonCell('{', 'x'))).toMatchObject({ code: 'BAD_FIELD', field: 'x' });
});

test('a list of tags has names and values', () => {
  expect(listTagsOf(['a', 'b: c', 'b:d', ':e', ''], 'tags')).toEqual({ a: 'true', b: 'c,d', ':e': 'true' });
  expect(listTagsOf({ a: 'b' }, 'tags')).toEqual({ a: 'b' });
  expect(listTagsOf(null, 'tags')).toEqual({});
  expect(rejection(() => listTagsOf('a', 'tags')).field).toBe('tags');
  expect(rejection(() => listTagsOf(Array(65).fill('a'), 'tags')).field).toBe('tags');
});

test('tags of a bill may lack their braces', () => {
  expect(billTagsOf('"a": "b","c": "d"', 'Tags')).toEqual({ a: 'b', c: 'd' });
  expect(billTagsOf('{"a": "b"}', 'Tags')).toEqual({ a: 'b' });
  expect([billTagsOf('', 'Tags'), billTagsOf(undefined, 'Tags')]).toEqual([{}, {}]);
});

import { expect, test } from 'vitest';
import { columnsNamed } from '../../../src/usage/reading/columns.js';
import { rowReader } from '../../../src/usage/reading/row.js';
import { rejection } from '../fixture.js';

const COLUMNS = columnsNamed(['start_time', 'model_id', 'model', 'count', 'other']);

test('a column is read in any spelling', () => {
  const row = rowReader(COLUMNS)({ '\ufeffStart Time': ' a ', modelId: '', Model: 'm', count: '1,234' });
  expect([row.text('start_time'), row.text('model_id'), row.text('other')]).toEqual(['a', null, null]);
  expect([row.firstText('model_id', 'model'), row.firstText('other', 'model_id')]).toEqual(['m', null]);
  expect([row.count('count'), row.count('other'), row.cell('other')]).toEqual([1234, null, undefined]);
});

test('a record with other columns than the one before is read by its own', () => {
  const read = rowReader(COLUMNS);
  expect(read({ model: 'a', count: '2' }).count('count')).toBe(2);
  expect(read({ count: '3' }).count('count')).toBe(3);
  expect(read({ model: 'b', other: '2' }).count('count')).toBeNull();
  expect(read({ Count: '4', model: 'c' }).count('count')).toBe(4);
  expect(read({ model: 'a', count: '5' }).count('count')).toBe(5);
});

test('an error names the column as the file does', () => {
  const read = rowReader(COLUMNS);
  expect(rejection(() => read({ Count: '-1' }).count('count'))).toMatchObject({ code: 'BAD_FIELD', field: 'Count' });
  expect(rejection(() => read({ Count: '-1' }).required('model')).field).toBe('model');
  expect(rejection(() => read({ MODEL: ' ' }).required('model'))).toMatchObject({
    ...{ code: 'MISSING_FIELD', field: 'MODEL' },
  });
});

test('what is no object is no record', () => {
  const read = rowReader(COLUMNS);
  expect([[], 5, null].map((value) => rejection(() => read(value)).code)).toEqual(Array(3).fill('BAD_RECORD'));
});

test('names that every object inherits are no columns', () => {
  const read = rowReader(columnsNamed(['constructor', '__proto__']));
  expect([read({ a: 1 }).cell('constructor'), read({ a: 1 }).cell('__proto__')]).toEqual([undefined, undefined]);
  expect(read(JSON.parse('{"__PROTO__": 1}')).cell('__proto__')).toBe(1);
});

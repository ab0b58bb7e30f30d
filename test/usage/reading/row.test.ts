import { expect, test } from 'vitest';
import { type ColumnNames, columnsNamed } from '../../../src/usage/reading/columns.js';
import { rowReader } from '../../../src/usage/reading/row.js';
import { rejection } from '../fixture.js';

/** Reads values, as of JSON lines. */
const read = <Name extends string>(names: ColumnNames<Name>) => {
  const readRecord = rowReader(names);
  return (value: unknown) => readRecord({ value });
};

const COLUMNS = columnsNamed(['start_time', 'model_id', 'model', 'count', 'other']);

test('a column is read in any spelling', () => {
  const row = read(COLUMNS)({ '\ufeffStart Time': ' a ', modelId: '', Model: 'm', count: '1,234' });
  expect([row.text('start_time'), row.text('model_id'), row.text('other')]).toEqual(['a', null, null]);
  expect([row.firstText('model_id', 'model'), row.firstText('other', 'model_id')]).toEqual(['m', null]);
  expect([row.count('count'), row.count('other'), row.cell('other')]).toEqual([1234, null, undefined]);
});

test('a record with other columns than the one before is read by its own', () => {
  const row = read(COLUMNS);
  expect(row({ model: 'a', count: '2' }).count('count')).toBe(2);
  expect(row({ count: '3' }).count('count')).toBe(3);
  expect(row({ model: 'b', other: '2' }).count('count')).toBeNull();
  expect(row({ Count: '4', model: 'c' }).count('count')).toBe(4);
  expect(row({ model: 'a', count: '5' }).count('count')).toBe(5);
});

test('an error names the column as the file does', () => {
  const row = read(COLUMNS);
  expect(rejection(() => row({ Count: '-1' }).count('count'))).toMatchObject({ code: 'BAD_FIELD', field: 'Count' });
  expect(rejection(() => row({ Count: '-1' }).required('model')).field).toBe('model');
  expect(rejection(() => row({ MODEL: ' ' }).required('model'))).toMatchObject({
    ...{ code: 'MISSING_FIELD', field: 'MODEL' },
  });
});

test('what is no object is no record', () => {
  const row = read(COLUMNS);
  expect([[], 5, null].map((value) => rejection(() => row(value)).code)).toEqual(Array(3).fill('BAD_RECORD'));
});

test('names that every object inherits are no columns', () => {
  const row = read(columnsNamed(['constructor', '__proto__']));
  expect([row({ a: 1 }).cell('constructor'), row({ a: 1 }).cell('__proto__')]).toEqual([undefined, undefined]);
  expect(row(JSON.parse('{"__PROTO__": 1}')).cell('__proto__')).toBe(1);
});

test('of a row of a CSV file the cells are read, not the object made of them', () => {
  const readRow = rowReader(COLUMNS);
  const columns = ['x', 'Model', 'count'];
  const record = (cells: readonly string[]) => ({
    row: { columns, cells },
    get value(): unknown {
      throw new Error('made the object');
    },
  });
  expect(readRow(record(['1', 'm', '1,234'])).count('count')).toBe(1234);
  const row = readRow(record(['1', 'n']));
  expect([row.text('model'), row.cell('count'), row.cell('other')]).toEqual(['n', '', undefined]);
});

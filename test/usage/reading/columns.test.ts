import { expect, test } from 'vitest';
import { columnsNamed, findColumns, hasColumns, plainHeader } from '../../../src/usage/reading/columns.js';

test('letter case, blanks, underscores, hyphens and a byte order mark tell no columns apart', () => {
  expect(['\ufeff BYOK Usage ', 'byok_usage', 'byokUsage', 'BYOK-usage'].map(plainHeader)).toEqual(
    Array(4).fill('byokusage'),
  );
});

test('a file has columns in any spelling', () => {
  expect(hasColumns(['\ufeffStart Date', 'END_DATE'], 'startDate', 'End Date')).toBe(true);
  expect(hasColumns(['Start Date'], 'Start Date', 'End Date')).toBe(false);
});

test('of several names the preferred one counts, and of two headers alike the earlier', () => {
  const names = { at: ['Date', 'Day'], ...columnsNamed(['model']) };
  expect(findColumns(['day', 'DATE', 'date', 'x'], names)).toEqual(
    new Map([['at', { header: 'DATE', place: 1, field: 'DATE' }]]),
  );
  expect(findColumns(['Day'], names).get('at')?.header).toBe('Day');
});

test('a header that could steer a terminal is named otherwise in errors', () => {
  const [column] = findColumns(['mo\u001bdel'], columnsNamed(['mo\u001bdel'])).values();
  expect(column).toEqual({ header: 'mo\u001bdel', place: 0, field: 'mo\u001bdel' });
  const plain = (text: string) => text.replace(/[^a-z]/g, '');
  expect(findColumns(['mo\u001bdel'], columnsNamed(['model']), plain).get('model')?.field).toBe('model');
});

import { expect, test } from 'vitest';
import { timeOfRecord } from '../../../src/usage/time/reject-time.js';
import { UTC } from '../fixture.js';

const context = { ...UTC, timeZone: 'Asia/Shanghai' };
const at = Date.parse('2026-10-01T02:00:00Z'); // 10:00 in Shanghai

test.each([
  ['own column', { Timestamp: '2026-10-01 10:00:00', input: 'many' }],
  ['short name', { ts: '2026-10-01T02:00:00Z' }],
  ['seconds of a response', { created: at / 1000 }],
  ['a wrapped response', { request: 1, response: { body: { created_at: at / 1000 } } }],
])('is read from %s', (_, value) => {
  expect(timeOfRecord(value, context)).toBe(at);
});

test('is read from the mapped column alone', () => {
  const value = { 'Start time': '2026-10-01 10:00:00', time: '2027-01-01 00:00:00' };
  expect(timeOfRecord(value, { ...context, mapping: { ts: 'Start time' } })).toBe(at);
});

test.each([[{}], [{ timestamp: 'soon' }], [{ timestamp: '' }], ['text'], [null], [[1]], [{ response: [] }]])(
  'of %j is not known',
  (value) => {
    expect(timeOfRecord(value, context)).toBeNull();
  },
);

test('of a record nested two hundred levels deep is looked for without harm', () => {
  let value: unknown = { ts: 'never' };
  for (let i = 0; i < 200; i++) value = { response: value };
  expect(timeOfRecord(value, context)).toBeNull();
});

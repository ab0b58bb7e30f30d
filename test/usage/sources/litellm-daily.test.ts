import { describe, expect, test } from 'vitest';
import { litellmDaily } from '../../../src/usage/sources/litellm-daily.js';
import { litellmExport } from '../../../src/usage/sources/litellm-export.js';
import { csvRows, eventOf, record, rejection, UTC } from '../fixture.js';
import { columnsOf, recognisers, sampleRows } from '../tables.js';

const [table, exported] = [csvRows('litellm-daily.csv'), csvRows('litellm-team-export.csv')];

test('a row of a daily table is a bucket of one day', () =>
  expect(eventOf(litellmDaily, table[0])).toMatchObject({
    ...{ id: null, day: '2026-10-05', at: Date.UTC(2026, 9, 5), until: Date.UTC(2026, 9, 6), requests: 11 },
    ...{ model: 'claude-sonnet-4-5', provider: 'anthropic' },
    // 5000 - 3000 - 500
    tokens: { input: 1500, cacheRead: 3000, cacheWrite5m: 500, cacheWrite1h: null, output: 800 },
    origin: { user: 'u1', key: '9f1c', path: '/chat/completions' },
    statedCost: { pico: 42_000_000_000n },
  }));

test('a day of failed requests alone is skipped', () =>
  expect(litellmDaily.decoder(UTC)(record(table[1]))).toEqual({ skipped: 'no successful request' }));

test('a row of the export spans its days, both included, and names no model', () =>
  expect(eventOf(litellmExport, exported[0])).toMatchObject({
    ...{ id: null, day: '2026-10-01', until: Date.UTC(2026, 10, 1), model: '(no model)', requests: 118 },
    ...{ tokens: { input: 250_000, cacheRead: null, output: 31_000 }, origin: { team: 't-core', user: 'u7' } },
    statedCost: { pico: 1_012_500_000_000_000n },
  }));

test('the e-mail address names the user only where nothing else does', () =>
  expect(eventOf(litellmExport, exported[1]).origin.user).toBe('lin@example.com'));

test('an export by day has a bucket of one day', () => {
  const { 'Start Date': _, 'End Date': __, ...rest } = exported[0]!;
  const row = { Date: '2026-10-07', ...rest };
  expect(recognisers({ columns: Object.keys(row) })).toEqual(['litellm-export']);
  expect(eventOf(litellmExport, row)).toMatchObject({ day: '2026-10-07', until: Date.UTC(2026, 9, 8) });
});

test('without successful requests stated, they are all but the failed ones', () =>
  expect(eventOf(litellmDaily, { ...table[0], successful_requests: '' }).requests).toBe(11)); // 12 - 1

test('a table by tags counts requests several times, so its rows are rejected', () =>
  expect(rejection(() => eventOf(litellmDaily, { ...table[0], tag: 'prod' }))).toMatchObject({ code: 'BAD_RECORD' }));

test.each([
  ['less input than cached', table[0], { prompt_tokens: '100' }, 'prompt_tokens'],
  ['a time instead of a date', table[0], { date: '2026-10-05 08:00:00' }, 'date'],
  ['no model in a table', table[0], { model: '', model_group: '' }, 'model'],
  ['a range that ends before it begins', exported[0], { 'End Date': '2026-09-01' }, 'End Date'],
  ['a spend that is no number', exported[0], { 'Spend (USD)': 'x' }, 'Spend (USD)'],
])('%s is rejected by name', (_, row, changes, field) =>
  expect(rejection(() => eventOf(row === table[0] ? litellmDaily : litellmExport, { ...row, ...changes })).field).toBe(
    field,
  ),
);

test('no other source takes the files', () => {
  expect(recognisers(columnsOf(table))).toEqual(['litellm-daily']);
  expect(recognisers(columnsOf(exported))).toEqual(['litellm-export']);
});

const sample = sampleRows('litellm/team_user_export.csv');

describe.skipIf(sample === null)('the shared sample', () => {
  test('is August, with 118 of 120 requests', () =>
    expect(eventOf(litellmExport, sample![0])).toMatchObject({
      ...{ day: '2026-08-01', until: Date.UTC(2026, 8, 1), requests: 118, origin: { team: 't1', user: 'u1' } },
      ...{ tokens: { input: 250_000, output: 31_000 }, statedCost: { pico: 12_340_000_000_000n } },
    }));
});

import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { bucketKeyOf } from '../../../src/usage/bucket.js';
import { wukong } from '../../../src/usage/sources/wukong.js';
import { decodeAll, eventOf, recognisedBy, record, rejection, sumOf, UTC } from '../decode.js';
import { columnsOf, csvRows, sampleRows } from '../fixtures.js';

const rows = csvRows('wukong.csv');

test('a line is a day of grains, without tokens, money or calls', () =>
  expect(eventOf(wukong, rows[0])).toMatchObject({
    // midnight of 5 October in UTC+8
    ...{ id: null, at: Date.UTC(2026, 9, 4, 16), day: '2026-10-05', until: Date.UTC(2026, 9, 5, 16) },
    ...{ model: 'flagship', provider: 'alibaba', account: null, requests: 0, tokens: NO_TOKENS, statedCost: null },
    quantities: { grain: 120_000_000n },
    origin: {
      ...{ team: 'HR', user: 'w-1' },
      tags: { organization: 'example', seat_type: 'premium', feature: 'agent_task' },
    },
  }));

test('lines of one person, seat, model and feature add up', () => {
  const events = decodeAll(wukong, rows).events;
  expect(new Set(events.map(bucketKeyOf)).size).toBe(1);
  expect(sumOf(events).quantities).toEqual({ grain: 150_500_000n }); // 120 + 30.5
});

test('its grains are an account of their own', () => expect(wukong.account).toBe('wukong'));

test('a line without grains is skipped', () =>
  expect(wukong.decoder(UTC)(record(rows[2]))).toEqual({ skipped: 'no grains' }));

test.each([
  ['negative grains', { grains: '-1' }, 'grains'],
  ['grains that are no number', { grains: 'many' }, 'grains'],
  ['a date that is none', { date: '2026-13-01' }, 'date'],
  ['no model', { model: '' }, 'model'],
])('%s are rejected by name', (_, changes, field) =>
  expect(rejection(() => eventOf(wukong, { ...rows[0], ...changes })).field).toBe(field),
);

test('no other source takes it for its own', () => expect(recognisedBy(columnsOf(rows))).toEqual(['wukong']));

const sample = sampleRows('wukong_grains_sample.csv');

describe.skipIf(sample === null)('the shared sample', () => {
  test('is 388 grains', () =>
    // 120 + 8 + 260
    expect(sumOf(decodeAll(wukong, sample ?? []).events).quantities).toEqual({ grain: 388_000_000n }));
});

import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { parseTime } from '../../../src/usage/time/record-time.js';
import { rejection } from '../decode.js';

const iso = (value: unknown, zone = 'UTC') => new Date(parseTime(value, zone, 'timestamp').at).toISOString();

describe('a time with an offset', () => {
  test.each([
    ['2026-10-05T08:30:00Z', '2026-10-05T08:30:00.000Z'],
    ['2026-10-05T08:30:00.123456Z', '2026-10-05T08:30:00.123Z'],
    ['2026-10-05 08:30:00+08:00', '2026-10-05T00:30:00.000Z'],
    ['2026-10-05T08:30-0530', '2026-10-05T14:00:00.000Z'],
    ['2026-10-05 08:30:00 UTC', '2026-10-05T08:30:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('%s is %s, whatever the zone', (text, expected) => expect(iso(text, 'Asia/Shanghai')).toBe(expected));
});

describe('a time without an offset', () => {
  test('is local time of the zone', () => {
    expect(iso('2026-10-05 08:30:00.250000', 'Asia/Shanghai')).toBe('2026-10-05T00:30:00.250Z'); // 08:30 - 8 h
    expect(iso('2026/10/05 08:30', 'UTC')).toBe('2026-10-05T08:30:00.000Z');
  });

  test('that a clock change skips takes the offset before it', () => {
    // New York, 2026-03-08: 02:00 EST becomes 03:00 EDT. 02:30 at -05:00 is 07:30 UTC.
    expect(iso('2026-03-08 02:30:00', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
  });

  test('that a clock change repeats is the earlier one', () => {
    // New York, 2026-11-01: 02:00 EDT becomes 01:00 EST. The first 01:30 is at -04:00: 05:30 UTC.
    expect(iso('2026-11-01 01:30:00', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });

  test('is what Temporal says, near clock changes and far from them', () => {
    const zones = [
      'America/New_York',
      'Asia/Shanghai',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Africa/Casablanca',
      'Asia/Beirut',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2015, 0, 2) / 60_000, max: Date.UTC(2037, 0, 1) / 60_000 }),
        (zone, minutes) => {
          const text = new Date(minutes * 60_000).toISOString().slice(0, 19);
          const slow = Temporal.PlainDateTime.from(text).toZonedDateTime(zone, { disambiguation: 'compatible' });
          expect(parseTime(text, zone, 't').at).toBe(slow.epochMilliseconds);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('in a zone that does not exist is an error', () =>
    expect(rejection(() => parseTime('2026-10-05 08:30:00', 'Mars/Base', 't')).code).toBe('UNKNOWN_TIME_ZONE'));
});

describe('a number', () => {
  test.each([1790000000, '1790000000', 1790000000000, '1790000000000', '1790000000000000'])(
    '%s is the same instant',
    (value) => expect(parseTime(value, 'UTC', 't')).toEqual({ at: 1_790_000_000_000, day: null, until: null }),
  );
  test('of seconds may have a fraction', () =>
    expect(parseTime(1790000000.123456, 'UTC', 't').at).toBe(1_790_000_000_123));
  test.each([0, -1, 1e9, 20261005, '123', 1e22, Number.NaN])('%s is rejected', (value) =>
    expect(rejection(() => parseTime(value, 'UTC', 'ts')).field).toBe('ts'),
  );
});

describe('a date alone', () => {
  test('is a daily bucket that begins when the day does in the zone', () =>
    expect(parseTime('2026-10-05', 'Asia/Shanghai', 't')).toEqual({
      at: Date.UTC(2026, 9, 4, 16),
      day: '2026-10-05',
      until: Date.UTC(2026, 9, 5, 16),
    }));
  test('begins at 01:00 where midnight is skipped', () =>
    // Santiago, 2026-09-06: 00:00 -04:00 becomes 01:00 -03:00, which is 04:00 UTC.
    expect(iso('2026-09-06', 'America/Santiago')).toBe('2026-09-06T04:00:00.000Z'));
});

test.each([
  '2026-02-30T00:00:00Z',
  '2025-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-10-05T24:00:00Z',
  '2026-10-05T10:60:00Z',
  '2026-10-05T10:00:00+24:00',
  'yesterday',
  '',
  '9'.repeat(1_000_000),
  '2014-12-31T23:59:59Z',
  '2100-01-01T00:00:00Z',
])('%.30s is rejected', (text) =>
  expect(rejection(() => parseTime(text, 'UTC', 'time'))).toMatchObject({ code: 'BAD_FIELD', field: 'time' }),
);

test.each([
  ['25/12/2026', '2026-12-25'],
  ['12/25/26 08:00', '2026-12-25'],
  ['1.31.2026', '2026-01-31'],
])('%s is refused, though it proves its order, as others of its file may not', (text, written) => {
  const { message, hint } = rejection(() => parseTime(text, 'UTC', 'ts'));
  expect(message).toContain('ends with its year; of other dates written so nobody can tell the day from the month');
  expect(hint).toBe(`write ${written}`);
});

test.each(['10/01/2026', '1.10.2026 08:00', '10-01-26'])(
  '%s is rejected because day and month cannot be told apart',
  (text) => {
    const { message, hint } = rejection(() => parseTime(text, 'UTC', 'date'));
    expect(message).toContain('which the month');
    expect(hint).toBe('write 2026-10-31');
  },
);

test.each([null, {}, [], true])('%j is no time', (value) =>
  expect(rejection(() => parseTime(value, 'UTC', 't')).code).toBe('BAD_FIELD'),
);

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localDays } from '../../src/report/local-days.js';

const ZONES = [
  'UTC',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'America/New_York',
  'Asia/Shanghai',
  'Pacific/Apia',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Africa/Monrovia',
  'America/Asuncion',
];

test('the local day is the one the calendar of the platform gives, in any zone and order', () => {
  const formats = new Map(
    ZONES.map((timeZone) => [
      timeZone,
      new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
    ]),
  );
  const instant = fc.oneof(
    fc.integer({ min: 0, max: Date.UTC(2040, 0, 1) }),
    // Around the hours at which days begin and clocks change.
    fc
      .tuple(fc.integer({ min: 0, max: 24_000 }), fc.integer({ min: 0, max: 48 }), fc.integer({ min: -2, max: 2 }))
      .map(([day, half, ms]) => Math.max(0, day * 86_400_000 + half * 1_800_000 + ms)),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(instant, fc.constantFrom(...ZONES)), { minLength: 1, maxLength: 60 }),
      (questions) => {
        const dayOf = localDays();
        for (const [at, zone] of questions)
          expect(`${zone} ${at} ${dayOf(at, zone)}`).toBe(`${zone} ${at} ${formats.get(zone)!.format(at)}`);
      },
    ),
    { numRuns: 60 },
  );
});

test('asking at the very instant clocks change does not spoil the answer for instants before it', () => {
  const dayOf = localDays();
  const change = Date.parse('2026-03-08T07:00:00Z'); // New York: 02:00 EST becomes 03:00 EDT
  expect(dayOf(change, 'America/New_York')).toBe('2026-03-08');
  expect(dayOf(Date.parse('2026-03-08T04:30:00Z'), 'America/New_York')).toBe('2026-03-07'); // 23:30 EST; 00:30 in EDT
});

test('a day a zone never had is left out', () => {
  const dayOf = localDays();
  const apia = (time: string) => dayOf(Date.parse(time), 'Pacific/Apia'); // crossed the date line after 2011-12-29
  expect([apia('2011-12-30T09:59:59Z'), apia('2011-12-30T10:00:00Z')]).toEqual(['2011-12-29', '2011-12-31']);
});

test('an unknown zone is an error', () => {
  expect(() => localDays()(0, 'Nowhere/Land')).toThrow(RangeError);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localHours } from '../../src/report/local-hours.js';

const hour = (at: string, zone: string): string => localHours()(Date.parse(at), zone);

test.each([
  ['2026-10-05T14:59:59.999Z', 'UTC', '2026-10-05T14'],
  ['2026-10-05T18:45:00Z', 'Asia/Kolkata', '2026-10-06T00'], // +05:30
  ['2026-10-05T18:29:59Z', 'Asia/Kolkata', '2026-10-05T23'],
  ['2026-10-05T18:15:00Z', 'Asia/Kathmandu', '2026-10-06T00'], // +05:45
  // Berlin, 25 October 2026: at 01:00Z clocks go back from 03:00 to 02:00.
  ['2026-10-24T23:59:59Z', 'Europe/Berlin', '2026-10-25T01'],
  ['2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25T02+02:00'],
  ['2026-10-25T01:30:00Z', 'Europe/Berlin', '2026-10-25T02+01:00'],
  ['2026-10-25T02:00:00Z', 'Europe/Berlin', '2026-10-25T03'],
  // And forward on 29 March 2026: there is no hour 02.
  ['2026-03-29T00:59:59Z', 'Europe/Berlin', '2026-03-29T01'],
  ['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29T03'],
  ['2026-11-01T05:10:00Z', 'America/New_York', '2026-11-01T01-04:00'],
  ['2026-11-01T06:10:00Z', 'America/New_York', '2026-11-01T01-05:00'],
  // Lord Howe, 5 April 2026: at 15:00Z of the 4th, 02:00 at +11 becomes 01:30 at +10:30.
  ['2026-04-04T14:05:00Z', 'Australia/Lord_Howe', '2026-04-05T01+11:00'],
  ['2026-04-04T15:05:00Z', 'Australia/Lord_Howe', '2026-04-05T01+10:30'],
  ['2026-04-04T15:30:00Z', 'Australia/Lord_Howe', '2026-04-05T02'],
])('%s is in %s the hour %s', (at, zone, expected) => {
  expect(hour(at, zone)).toBe(expected);
});

test('two instants have one hour only when no clock change lies between them', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns', 'Pacific/Apia'];
  const quarter = 900_000;
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2_000_000 }).map((n) => n * quarter),
      fc.integer({ min: 1, max: 12 }).map((n) => n * quarter),
      fc.constantFrom(...zones),
      (at, later, zone) => {
        const hourOf = localHours();
        const clock = (instant: number) =>
          new Intl.DateTimeFormat('en-GB', { timeZone: zone, dateStyle: 'short', timeStyle: 'long' }).format(instant);
        if (hourOf(at, zone) !== hourOf(at + later, zone)) return;
        // The same hour: the clocks have gone forward by what passed, and the minute is a later one.
        expect(later).toBeLessThan(3_600_000);
        expect(clock(at).slice(0, 14)).toBe(clock(at + later).slice(0, 14));
      },
    ),
    { numRuns: 300 },
  );
});

test('the order of the questions does not matter', () => {
  const ask = fc.tuple(
    fc.integer({ min: 0, max: 200 }).map((n) => Date.parse('2026-10-24T20:00:00Z') + n * 300_000),
    fc.constantFrom('Europe/Berlin', 'UTC', 'Asia/Kolkata'),
  );
  fc.assert(
    fc.property(fc.array(ask), (questions) => {
      const hourOf = localHours();
      for (const [at, zone] of questions) expect(hourOf(at, zone)).toBe(localHours()(at, zone));
    }),
  );
});

import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { localDateAt } from '../../../src/usage/time/time-zone.js';

const ZONES = ['UTC', 'Asia/Shanghai', '+03:00', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe'];

test('a date is that of the calendar of its zone, near changes of the clock too', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) }),
      (zone, at) => {
        const { year, month, day } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        expect(localDateAt(at, zone)).toEqual({ year, month, day });
      },
    ),
    { numRuns: 500 },
  ));

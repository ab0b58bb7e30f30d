import { expect, test } from 'vitest';
import { callTime } from '../../../src/usage/time/call-time.js';
import { rejection, UTC } from '../fixture.js';

const AT = { ...UTC, at: 5 };

test('is what the record states, else --at, else what the file tells', () => {
  const stated = '2026-10-05T08:00:00Z';
  expect(callTime(stated, 'timestamp', AT, '2026-10-01T00:00:00Z').at).toBe(Date.UTC(2026, 9, 5, 8));
  expect(callTime(null, 'timestamp', AT, stated)).toEqual({ at: 5, day: null, until: null });
  expect(callTime('', 'timestamp', UTC, stated).at).toBe(Date.UTC(2026, 9, 5, 8));
});

test('is no date alone, and is not made up', () => {
  expect(callTime('2026-10-05', 'timestamp', AT).at).toBe(5);
  expect(rejection(() => callTime('2026-10-05', 'timestamp', UTC))).toMatchObject({
    code: 'BAD_FIELD',
    field: 'timestamp',
  });
  expect(rejection(() => callTime(null, 'startTime', UTC))).toMatchObject({
    code: 'MISSING_FIELD',
    field: 'startTime',
  });
});

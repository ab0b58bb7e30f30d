import { expect, test } from 'vitest';
import { rejectTimes } from '../../src/ledger/reject-times.js';

const spanOf = (times: readonly (number | null)[]) => {
  const rejected = rejectTimes();
  for (const at of times) rejected.add(at);
  return rejected.span();
};

test('the span of rejected records is from the first of their times to the last', () => {
  expect(spanOf([5, 2, 9])).toEqual({ from: 2, to: 9 });
  expect(spanOf([5])).toEqual({ from: 5, to: 5 });
});

test('one time that is not known leaves the span open, and no record at all has none', () => {
  expect(spanOf([5, null, 9])).toBeNull();
  expect(spanOf([])).toBeNull();
});

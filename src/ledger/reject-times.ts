import type { RejectSpan } from './ledger.js';

/** First and last of the times of rejected records, told one by one; `null` as soon as one of them is not known. */
export function rejectTimes() {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let isKnown = true;
  return {
    /** `at`: ms since 1970-01-01T00:00Z; `null`: not known. */
    add: (at: number | null): void => {
      if (at === null) isKnown = false;
      else [from, to] = [Math.min(from, at), Math.max(to, at)];
    },
    /** `null` also when there are no rejected records. */
    span: (): RejectSpan | null => (isKnown && from <= to ? { from, to } : null),
  };
}

import type { Amount } from '../../pricing/money.js';
import type { CacheKind, Mode } from '../../pricing/price.js';
import type { TokenClasses } from '../../pricing/token-classes.js';

/** Which of the recordings compared: they stand in this order, from who asked to who charges. */
export type Side = 'app' | 'gateway' | 'bill';

/** A call, or a bucket of calls, as one recording tells it: no more than comparing and pricing it need. */
export interface CallRecord {
  /** `null`: the record states none. */
  readonly id: string | null;
  /** Milliseconds since 1970-01-01T00:00Z; of a bucket its first instant. */
  readonly at: number;
  /** End of a bucket, exclusive, in ms; `null` for a single call. */
  readonly until: number | null;
  /** `YYYY-MM-DD` of the issuer's calendar: the first day of a bucket of whole days; `null` for any other record. */
  readonly day: string | null;
  /** As the record names it. */
  readonly model: string;
  /** The one name it is compared by. */
  readonly name: string;
  readonly provider: string;
  readonly account: string;
  readonly key: string | null;
  readonly workspace: string | null;
  readonly unit: string | null;
  readonly tokens: TokenClasses;
  readonly requests: number;
  /** The provider's or the gateway's word for how the call ended. */
  readonly status: string | null;
  /** What covered the usage, so that nothing is owed for it. */
  readonly plan: string | null;
  /** Which try at the request it is, from 1; `null`: the recording does not tell. */
  readonly attempt: number | null;
  /** Billed in a bill, computed in every other recording; `null`: no price. */
  readonly cost: Pick<Amount, 'currency' | 'pico'> | null;
  readonly mode: Mode;
  readonly cacheKind: CacheKind | null;
  readonly tierUpTo: number | null;
  readonly quantities: Readonly<Record<string, bigint>>;
}

/** Whether there is anything to compare: not of a bucket that tells neither tokens nor a cost, as of grains. */
export const isComparable = ({ id, tokens, cost }: CallRecord): boolean =>
  id !== null || cost !== null || Object.values(tokens).some((count) => count !== null);

/** One recording, read. */
export interface Recorded {
  readonly side: Side;
  readonly records: readonly CallRecord[];
}

/**
 * The usage event: one billed call, or one billed bucket of calls. The ledger's row.
 */

import type { Amount } from '../pricing/money.js';
import type { CacheKind, Mode } from '../pricing/price.js';
import { NO_TOKENS, type TokenClasses } from '../pricing/token-classes.js';

/** What kind of record a recording is; see `roles.ts` for the stage each belongs to. */
export type Role = 'engine' | 'gateway' | 'meter' | 'bill' | 'app';
export type Stage = 'create' | 'transport' | 'apply';

/** Every field of an event, besides model, provider, source and account, that a unit rule can see. */
export interface Origin {
  readonly unit: string | null;
  readonly key: string | null;
  readonly workspace: string | null;
  readonly project: string | null;
  readonly team: string | null;
  readonly user: string | null;
  readonly service: string | null;
  readonly consumer: string | null;
  readonly path: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

export interface UsageEvent {
  /** The request's own id; `null` when the record has none (the importer then keys it by its content). */
  readonly id: string | null;
  /** Milliseconds since 1970-01-01T00:00Z; for a daily bucket the first instant of its day in its issuer's zone. */
  readonly at: number;
  /** `YYYY-MM-DD` of the issuer's calendar: the first day of a bucket of whole days; `null` for any other record. */
  readonly day: string | null;
  /** End of a bucket, exclusive, in ms; `null` for a single request. */
  readonly until: number | null;
  readonly model: string;
  /** Canonical provider name (`alibaba`, `openai`, ...), see `providers.ts`. */
  readonly provider: string;
  /** From the record itself; `null` when the record does not say. */
  readonly account: string | null;
  readonly origin: Origin;
  readonly agent: string | null;
  readonly session: string | null;
  /** Calls this event stands for: 1, or the number in the bucket; 0 where the record tells nothing of calls, as bills do. */
  readonly requests: number;
  readonly tokens: TokenClasses;
  /**
   * What was used besides tokens, and parts of the tokens that some models price apart, in millionths (1 image is
   * 1_000_000n). Names: `image`, `video`, `video_second`, `character`, `second`, `call:<tool>`, and the token parts
   * `audio_input_tokens`, `audio_output_tokens`, `image_input_tokens`, `video_input_tokens`; `grain` (Wukong's unit). Of
   * bills: `accelerator_second`, `unclassed_token` (tokens of no known class), `currency:<name>` (of a provider's own).
   * What an agent did, which is no usage: `agent_run`, `tool_call`.
   */
  readonly quantities: Readonly<Record<string, bigint>>;
  readonly cacheKind: CacheKind | null;
  readonly mode: Mode;
  /** Upper bound, in tokens of input, of the price tier a bucket states for all its calls; `null`: not stated. */
  readonly tierUpTo: number | null;
  /** What kind of line of a bill it is; of every other record `usage`. */
  readonly charge: Charge;
  /** Plan, package or free quota that covered the usage, so that nothing is owed for it; `null`: none. */
  readonly plan: string | null;
  /**
   * Name of the series of a meter reading: then the tokens are what the series had counted by `at` since its start, and
   * usage is the difference of two readings; `null` for records of usage itself.
   */
  readonly counter: string | null;
  /** HTTP status or the provider's word for how the call ended. */
  readonly status: string | null;
  /** Milliseconds. */
  readonly latencyMs: number | null;
  /** The cost the record states; billed in a recording of role `bill`, claimed in every other. */
  readonly statedCost: Amount | null;
}

/** A line of a bill: usage at the price stated for it, or what is added to and taken off a bill beside usage. */
export type Charge = 'usage' | 'tax' | 'discount' | 'credit' | 'refund' | 'purchase' | 'other';

export const NO_ORIGIN: Origin = {
  unit: null,
  key: null,
  workspace: null,
  project: null,
  team: null,
  user: null,
  service: null,
  consumer: null,
  path: null,
  tags: {},
};

/** Written out anew for every event: spreading a constant took half the time of decoding a row. */
const unstated = () => ({
  id: null,
  day: null,
  until: null,
  account: null,
  origin: NO_ORIGIN,
  agent: null,
  session: null,
  requests: 1,
  tokens: NO_TOKENS,
  quantities: {},
  cacheKind: null,
  mode: 'standard' as const,
  tierUpTo: null,
  charge: 'usage' as const,
  plan: null,
  counter: null,
  status: null,
  latencyMs: null,
  statedCost: null,
});

/** A usage event of what a record states; everything else is "not stated", for one call. */
export const usageEvent = (stated: Pick<UsageEvent, 'at' | 'model' | 'provider'> & Partial<UsageEvent>): UsageEvent =>
  Object.assign<Omit<UsageEvent, 'at' | 'model' | 'provider'>, typeof stated>(unstated(), stated);

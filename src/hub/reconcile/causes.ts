/** Why recordings of the same tokens differ, and the sign of each. */

export const CAUSES = {
  stream_abort: 'the client went away before the answer was complete, and not both recorded what was used until then',
  retry: 'a second attempt at the request is on record, which the provider served too',
  missing_in_app: 'the application has no record of the request',
  missing_in_gateway: 'the gateway has no record of the request',
  gateway_cache_hit: 'the gateway answered from a cache of its own, so the provider served nothing',
  duplicate_in_app: 'the application recorded the request more than once, without a second attempt on record',
  duplicate_in_gateway: 'the gateway recorded the request more than once, without a second attempt on record',
  cached_ignored_by_app: 'the application counts cached input as fresh input, or leaves it out',
  estimated_tokens: 'both completed the call and count it differently, as an estimate does',
  tokenizer_skew: 'the same, where a tokenizer of its own is declared for one of them',
  price_table: 'the bill is exactly what another price list gives',
  tier_rule: 'the bill is exactly what another choice of the price tier gives',
  late_bill: 'the bill does not have these hours yet, or its month is not final',
  rounding: 'the difference is less than the last digit the bill states, for each of its lines',
} as const satisfies Readonly<Record<string, string>>;

export type Cause = keyof typeof CAUSES;

export const CAUSE_NAMES = Object.keys(CAUSES) as readonly Cause[];

/** What each system recorded of a call, by what went wrong with it. Every list is one record per element. */

import { OWN_MODEL } from './organisation.js';
import { instant } from './time.js';

/** An estimate of an application that counts characters is this much too high. */
const ESTIMATE_PERCENT = 112;

/** Times that a provider, and its engines, served the call: not at all from the gateway's cache, twice when it was tried again. */
const served = ({ cause }) => (cause === 'gateway_cache_hit' ? 0 : cause === 'retry' ? 2 : 1);

const repeated = (call, times) => Array.from({ length: times }, () => call);

/** The lab's engines: the calls of the one model they serve, those that the client left before the end too. */
export const engineView = (calls) =>
  calls.filter(({ model }) => model === OWN_MODEL).flatMap((call) => repeated(call, served(call)));

/** The gateway: two lines for a call it tried twice, one without tokens for a client that left. */
export const gatewayView = (calls) =>
  calls
    .filter(({ cause }) => cause !== 'missing_in_gateway')
    .flatMap((call) =>
      repeated(call, call.cause === 'retry' ? 2 : 1).map((one, index) => ({ ...one, attempt: index + 1 })),
    );

/** What the provider bills: whatever was served, whoever heard of it. */
export const billView = (calls) => calls.flatMap((call) => repeated(call, served(call)));

/** Hours that the bill of the month does not have yet when the month is closed. */
export const isLate = ({ at }) => at >= instant(31, 21);

/** The log of an application, of one kind of callers. */
export const appView = (calls, caller) =>
  calls
    .filter((call) => call.caller.startsWith(caller) && call.cause !== 'missing_in_app')
    .flatMap((call) => repeated(asAppSaw(call), call.cause === 'duplicate_in_app' ? 2 : 1));

function asAppSaw(call) {
  switch (call.cause) {
    case 'stream_abort':
      return { ...call, output: 0, reasoning: call.reasoning === null ? null : 0, status: 'aborted' };
    case 'cached_ignored_by_app':
      return { ...call, cached: 0, status: '200' };
    case 'estimated_tokens':
      return { ...call, input: Math.round((call.input * ESTIMATE_PERCENT) / 100), status: '200' };
    default:
      return { ...call, status: '200' };
  }
}

/** What a record says of how its call ended. */

import type { CallRecord } from './call-record.js';

/** 499 is the code of a client that closed the request; `DC` Envoy's flag of a downstream disconnect. */
const ABORTED = /abort|cancel|interrupt|disconnect|client[ _-]?closed|incomplete|^(?:.*\s)?(?:499|DC)(?:\s|,|$)/i;
const CACHE_HIT = /cache[ _-]?hit/i;

/** Whether the call ended before its answer was complete. */
export const isAborted = ({ status }: Pick<CallRecord, 'status'>): boolean => status !== null && ABORTED.test(status);

/** Whether a gateway answered from a cache of its own. */
export const isCacheHit = ({ status, plan }: Pick<CallRecord, 'status' | 'plan'>): boolean =>
  plan === 'gateway cache' || (status !== null && CACHE_HIT.test(status));

/** The differences between the systems that are put in on purpose, each on calls chosen by the place they have in time. */

import { OWN_MODEL } from './organisation.js';
import { instant } from './time.js';

const by = (caller, model) => (call) => call.caller.startsWith(caller) && (model === undefined || call.model === model);

/** Which calls a cause may fall on, and how many of each kind it gets. Earlier causes choose first. */
const CAUSES = [
  ['stream_abort', by('qianwen', 'qwen3.7-plus')],
  ['stream_abort', by('wukong', 'qwen3-max')],
  ['stream_abort', by('wukong', OWN_MODEL)],
  ['retry', by('qianwen', 'qwen3.7-plus')],
  ['retry', by('innovation', 'qwen3.7-plus')],
  ['retry', by('wukong', OWN_MODEL)],
  ['missing_in_app', by('qianwen', 'qwen3.7-plus')],
  ['missing_in_app', by('innovation', 'qwen3-max')],
  ['missing_in_gateway', by('qianwen', 'qwen3-max')],
  ['missing_in_gateway', by('qianwen', OWN_MODEL)],
  ['gateway_cache_hit', by('qianwen', 'qwen3.7-plus')],
  ['gateway_cache_hit', by('qianwen', OWN_MODEL)],
  ['duplicate_in_app', by('qianwen', 'qwen3.7-plus')],
  ['duplicate_in_app', by('qianwen', OWN_MODEL)],
  ['cached_ignored_by_app', (call) => call.cached > 0 && by('qianwen', 'qwen3.7-plus')(call)],
  ['cached_ignored_by_app', (call) => call.cached > 0 && by('qianwen', 'qwen3-max')(call)],
  ['estimated_tokens', (call) => call.cached === 0 && by('qianwen', 'qwen3.7-plus')(call)],
  ['estimated_tokens', (call) => call.cached === 0 && by('qianwen', OWN_MODEL)(call)],
];

/** Nothing is planted at the edges of the month, where the causes of late bills and time zones are. */
const isInside = ({ at }) => at >= instant(3, 0) && at < instant(30, 0);

/** The same calls, with their `cause`. The sandbox has no log of its own, so an application misses all of it. */
export function plant(calls) {
  const causes = new Map(calls.filter(by('sandbox')).map(({ id }) => [id, 'missing_in_app']));
  for (const [index, [cause, fits]] of CAUSES.entries()) {
    const free = calls.filter((call) => isInside(call) && fits(call) && !causes.has(call.id));
    if (free.length === 0) throw new Error(`no call is left for ${cause}; take another seed`);
    // spread over the month, so that no two causes share a day of the same caller by habit
    causes.set(free[Math.floor((free.length * (index + 1)) / (CAUSES.length + 1))].id, cause);
  }
  return calls.map((call) => ({ ...call, cause: causes.get(call.id) ?? null }));
}

/** Bailian's gateway: the access log of Higress, one JSON object per line, whose field `ai_log` is JSON once more. */

import { jsonLines } from './text.js';
import { instant, utcText } from './time.js';

/** A call that was refused; its caller waited and called again. */
const REFUSED = {
  ...{ path: '/v1/chat/completions', route_name: 'qwen', upstream_cluster: 'outbound|443||llm-aliyun.internal.dns' },
  ...{ start_time: utcText(instant(14, 10, 0, 5)), request_id: 'q-refused', response_code: '429', response_flags: '-' },
  ai_log: '-',
};

export const gatewayLog = (calls) =>
  jsonLines([...calls.map(lineOf), REFUSED].sort((a, b) => (a.start_time < b.start_time ? -1 : 1)));

const lineOf = (call) => ({
  path: '/v1/chat/completions',
  route_name: 'qwen',
  upstream_cluster: 'outbound|443||llm-aliyun.internal.dns',
  start_time: utcText(call.at),
  request_id: call.id,
  response_code: '200',
  response_flags: call.cause === 'stream_abort' ? 'DC' : '-',
  ...(call.cause === 'retry' ? { attempt: String(call.attempt) } : {}),
  ai_log: JSON.stringify(measured(call)),
});

/** Numbers are texts, as older releases of the plug-in write them. */
function measured(call) {
  const { model, caller: consumer, input, output, cached, reasoning, session } = call;
  const about = { model, consumer, ...(session === undefined ? {} : { session_id: session }) };
  if (call.cause === 'stream_abort') return { ...about, llm_first_token_duration: '402' };
  return {
    ...about,
    ...{ input_token: String(input), output_token: String(output), total_token: String(input + output) },
    cached_tokens: String(cached),
    ...(reasoning === null ? {} : { reasoning_tokens: String(reasoning) }),
    llm_service_duration: String(call.latencyMs),
    ...(call.cause === 'gateway_cache_hit' ? { cache_status: 'hit' } : {}),
  };
}

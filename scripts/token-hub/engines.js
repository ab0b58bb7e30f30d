/** The lab's counters, as its engines serve them at `/metrics`: vLLM behind the gateway, SGLang for experiments. */

import { ENGINE_MODEL, LAB_MODEL } from './organisation.js';
import { sumOf } from './text.js';
import { instant, localDay } from './time.js';

/** Midnights (UTC+8) at which the counters of vLLM were saved. */
const SNAPSHOTS = [1, 8, 15, 22, 32].map((day) => instant(day, 0));
/** Engine 0 was started anew just behind the third, so that nothing it counted is lost. */
const RESTARTED = { engine: 0, after: SNAPSHOTS[2] };
/** What the engines had counted before the month. */
const BEFORE = [
  { prompt: 8_128_902, cached: 1_200_000, output: 7_557_572, requests: 37_794 },
  { prompt: 6_404_115, cached: 905_216, output: 5_811_020, requests: 30_102 },
];

/** Saved counters by file name. Calls go to the two engines in turn. */
export function vllmFiles(calls) {
  const byEngine = BEFORE.map((_, engine) => calls.filter((_, index) => index % BEFORE.length === engine));
  return Object.fromEntries(
    SNAPSHOTS.map((at) => [
      `logs/tongyi-vllm-${localDay(at)}.prom`,
      vllmText(
        byEngine.map((served, engine) => counted(served, engine, at)),
        at,
      ),
    ]),
  );
}

function counted(calls, engine, at) {
  const isRestarted = engine === RESTARTED.engine && at > RESTARTED.after;
  const since = isRestarted ? RESTARTED.after : 0;
  const before = isRestarted ? { prompt: 0, cached: 0, output: 0, requests: 0 } : BEFORE[engine];
  const served = calls.filter((call) => call.at >= since && call.at < at);
  return {
    prompt: before.prompt + sumOf(served, ({ input }) => input),
    cached: before.cached + sumOf(served, ({ cached }) => cached),
    output: before.output + sumOf(served, ({ output }) => output),
    requests: before.requests + served.length,
    aborted: served.filter(({ cause }) => cause === 'stream_abort').length,
  };
}

/** Hits of the prefix cache count requests that were queued again once more, so nobody should bill by them. */
function vllmText(engines, at) {
  const lines = (metric, countOf, labels = '') =>
    engines.map(
      (counts, engine) =>
        `vllm:${metric}{model_name="${ENGINE_MODEL}",engine="${engine}"${labels}} ${countOf(counts)} ${at}`,
    );
  return `${[
    '# HELP vllm:prompt_tokens_total Number of prefill tokens processed.',
    '# TYPE vllm:prompt_tokens_total counter',
    ...lines('prompt_tokens_total', ({ prompt }) => prompt),
    '# TYPE vllm:prompt_tokens_cached_total counter',
    ...lines('prompt_tokens_cached_total', ({ cached }) => cached),
    '# TYPE vllm:prefix_cache_hits_total counter',
    ...lines('prefix_cache_hits_total', ({ cached }) => cached + Math.floor(cached / 10)),
    '# HELP vllm:generation_tokens_total Number of generation tokens processed.',
    '# TYPE vllm:generation_tokens_total counter',
    ...lines('generation_tokens_total', ({ output }) => output),
    '# TYPE vllm:request_success_total counter',
    ...lines('request_success_total', ({ requests, aborted }) => requests - aborted, ',finished_reason="stop"'),
    ...lines('request_success_total', ({ aborted }) => aborted, ',finished_reason="abort"'),
  ].join('\n')}\n`;
}

/** What the lab's own experiments used between the two readings of SGLang. */
export const EXPERIMENTS = { prompt: 1_840_000, cached: 460_000, output: 212_500, requests: 1_250 };

export function sglangFiles() {
  const first = { prompt: 2_000_000, cached: 350_000, output: 90_000, requests: 4_000 };
  const last = Object.fromEntries(Object.entries(first).map(([name, count]) => [name, count + EXPERIMENTS[name]]));
  return {
    'logs/tongyi-sglang-2026-10-05.prom': sglangText(first, instant(5, 9)),
    'logs/tongyi-sglang-2026-10-26.prom': sglangText(last, instant(26, 9)),
  };
}

/** Both ranks of tensor parallelism count the same tokens. */
function sglangText({ prompt, cached, output, requests }, at) {
  const model = `model_name="${LAB_MODEL}"`;
  const ranked = (metric, value) =>
    [0, 1].map((rank) => `sglang:${metric}{${model},tp_rank="${rank}",pp_rank="0"} ${value} ${at}`);
  return `${[
    '# TYPE sglang:prompt_tokens_total counter',
    ...ranked('prompt_tokens_total', prompt),
    '# TYPE sglang:generation_tokens_total counter',
    ...ranked('generation_tokens_total', output),
    '# TYPE sglang:cached_tokens_total counter',
    `sglang:cached_tokens_total{${model},cache_source="device"} ${cached} ${at}`,
    '# TYPE sglang:num_requests_total counter',
    `sglang:num_requests_total{${model}} ${requests} ${at}`,
    `sglang:num_aborted_requests_total{${model}} 9 ${at}`,
  ].join('\n')}\n`;
}

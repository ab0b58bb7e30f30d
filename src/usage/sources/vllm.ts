import { engineSource } from '../engine/engine-source.js';

/**
 * Counters of vLLM, a copy of its `/metrics`, per `model_name` and `engine`. Classes: input is `prompt_tokens_total` less
 * `prompt_tokens_cached_total`, which is cacheRead; output is `generation_tokens_total`. Never read:
 * `prefix_cache_hits_total`, which counts requests that were queued again once more. Requests are those that ended, for
 * whatever reason.
 */
export const vllm = engineSource(
  {
    engine: 'vllm',
    prompt: 'vllm:prompt_tokens_total',
    cached: 'vllm:prompt_tokens_cached_total',
    output: 'vllm:generation_tokens_total',
    requests: 'vllm:request_success_total',
    inner: ['finished_reason'],
    ranks: [],
  },
  { title: 'vLLM', documentation: 'https://docs.vllm.ai/en/latest/usage/metrics.html' },
);

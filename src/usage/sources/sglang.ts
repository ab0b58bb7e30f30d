import { engineSource } from '../engine/engine-source.js';

/**
 * Counters of SGLang, a copy of its `/metrics`, per `model_name`. Classes: input is `prompt_tokens_total` less
 * `cached_tokens_total` of all cache sources, which is cacheRead (a request is counted under its sources or, without
 * details, under `total`, never both); output is `generation_tokens_total`. Ranks of tensor and pipeline parallelism
 * count the same tokens, so that rank 0 alone is read; those of data parallelism serve requests of their own and add up.
 */
export const sglang = engineSource(
  {
    engine: 'sglang',
    prompt: 'sglang:prompt_tokens_total',
    cached: 'sglang:cached_tokens_total',
    output: 'sglang:generation_tokens_total',
    requests: 'sglang:num_requests_total',
    inner: ['cache_source', 'dp_rank', 'engine_type'],
    ranks: ['tp_rank', 'pp_rank', 'moe_ep_rank'],
  },
  { title: 'SGLang', documentation: 'https://docs.sglang.ai/references/production_metrics.html' },
);

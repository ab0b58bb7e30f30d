/** What every file of the shared samples must become, worked out by hand from the file. */

import type { Expected } from './usage-files.js';

const AT = ['--at', '2026-10-05T08:00:00Z'];

export const SAMPLES: readonly Expected[] = [
  {
    // 0.0008 + 0.001 + 0.00096
    file: 'alibaba-bailian-bill/consumedetailbill_v2_SUBSET.csv',
    ...{ source: 'alibaba-bill', role: 'bill', counts: [3, 2, 0, 0] },
    ...{ tokens: [1_000, 2_000, null, null, 500, null], billed: { usage: '0.00276 CNY' } },
  },
  {
    // an item without a date is of the month of --at; gross 0.001, and 0.000001 to be paid, without a word why
    file: 'alibaba-bailian-bill/describe_instance_bill_item.json',
    ...{ source: 'alibaba-bill', role: 'bill', counts: [1, 2, 0, 0], words: AT },
    ...{ tokens: [1_000, null, null, null, null, null], billed: { other: '-0.000999 CNY', usage: '0.001 CNY' } },
  },
  {
    // 1,203.411K + 90,210.5K; 61,020.25K; 88.02K + 4,020.125K + 3.5K + 12.25K; six of eight rows differ in more than the class
    // 1.444093 + 0.52812 + 36.0842 + 4.88162 + 6.4322 + 0.0042 + 0.0784 + 6
    file: 'alibaba_bill_detail_sample.csv',
    ...{ source: 'alibaba-bill', role: 'bill', counts: [8, 6, 0, 0], quantities: { video_second: 40 } },
    ...{ tokens: [91_413_911, 61_020_250, null, null, 4_123_895, null], billed: { usage: '55.452833 USD' } },
  },
  {
    file: 'anthropic-admin-api/cost_report.json', // 100 cents
    ...{ source: 'anthropic-cost-api', role: 'bill', counts: [1, 1, 0, 0], billed: { usage: '1 USD' } },
  },
  {
    file: 'anthropic-admin-api/usage_report_messages.json',
    ...{ source: 'anthropic-usage-api', role: 'meter', counts: [1, 1, 0, 0], tokens: [100, 50, 8, 2, 200, null] },
  },
  {
    file: 'anthropic-console-usage-csv/usage_synthetic_real-columns.csv', // 100,000 + 50,000, 5,000 + 2,000
    ...{ source: 'anthropic-usage', role: 'meter', counts: [2, 3, 0, 0] },
    ...{ tokens: [150_000, 0, 0, 0, 7_000, null], quantities: { 'call:web_search': 10 } },
  },
  {
    file: 'azure-cost/payg_SUBSET.csv', // 1.25 of 1M
    ...{ source: 'azure-cost', role: 'bill', counts: [1, 1, 0, 0] },
    ...{ tokens: [1_250_000, null, null, null, null, null], billed: { usage: '3.125 USD' } },
  },
  {
    file: 'batch_output.jsonl', // 1,200 + (900 - 512), 80 + 60
    ...{ source: 'openai-batch', role: 'app', counts: [3, 2, 1, 0], words: AT },
    ...{ requests: 2, tokens: [1_588, 512, null, null, 140, null] },
  },
  {
    file: 'claude-code/ccusage_project-alpha.jsonl', // 100 + 200 + 300, 10 + 20 + 40, 25 + 50, 50 + 75 + 125, 0.12 + 0.34 + 0.56
    ...{ source: 'claude-code', role: 'app', counts: [3, 3, 0, 0], requests: 3 },
    ...{ tokens: [600, 70, 75, null, 250, null], claimed: { usage: '1.02 USD' } },
  },
  {
    file: 'claude-code/ccusage_test-transcript.jsonl', // no model, no time
    ...{ source: 'claude-code', role: 'app', counts: [4, 0, 2, 2], says: 'message.model: is missing' },
  },
  {
    file: 'codex-cli/ccusage_session-alpha.jsonl', // (1,000 - 250) + (2,500 - 500), 250 + 500, 125 + 300, 75 + 200
    ...{ source: 'codex', role: 'app', counts: [3, 2, 1, 0], requests: 2, tokens: [2_750, 750, null, null, 425, 275] },
  },
  {
    file: 'dashscope-usage/compatible_usage.jsonl', // (3,019 - 2,048) + 48, 104 + 19
    ...{ source: 'openai', role: 'app', counts: [2, 2, 0, 0], words: AT },
    ...{ requests: 2, tokens: [1_019, 2_048, null, null, 123, null] },
  },
  {
    file: 'deepseek/amount-2026-08-01_2026-08-17.csv', // 7,064 x 0.000003 + 1,890 x 0.000006
    ...{ source: 'deepseek', role: 'bill', counts: [3, 1, 0, 0], requests: 2 },
    ...{ tokens: [7_064, null, null, null, 1_890, null], billed: { usage: '0.032532 CNY' } },
  },
  {
    file: 'deepseek/cost-2026-08-01_2026-08-17.csv',
    ...{ source: 'deepseek-cost', role: 'bill', counts: [1, 1, 0, 0], billed: { usage: '0.032532 CNY' } },
  },
  {
    file: 'fireworks/billing.csv',
    ...{ source: 'fireworks', role: 'bill', counts: [1, 1, 0, 0], tokens: [1_000, null, null, null, 300, null] },
  },
  focus('a1', [1, 1, 0, 0], { billed: { purchase: '200000 USD' } }),
  focus('a2', [3, 2, 0, 0], { billed: { usage: '0 USD' }, quantities: { 'currency:Token': 615 } }), // 245 + 10 + 360
  focus('b1', [1, 1, 0, 0], { billed: { purchase: '100000 USD' } }),
  focus('b2', [3, 2, 0, 0], { billed: { usage: '0 USD' }, quantities: { 'currency:Token': 615 } }), // 245 + 10 + 360
  focus('b3', [3, 2, 0, 0], { billed: { usage: '0 USD' }, quantities: { 'currency:Token': 495 } }), // 245 + 10 + 240
  focus('c', [2, 2, 0, 0], { billed: { purchase: '53000 USD' } }), // 3,000 + 50,000
  {
    file: 'gemini-cli/session.jsonl', // 1,234 - 890, 567 + 123 of thoughts
    ...{ source: 'gemini-cli', role: 'app', counts: [1, 1, 0, 0], words: AT },
    ...{ requests: 1, tokens: [344, 890, null, null, 690, 123] },
  },
  {
    file: 'gemini-usageMetadata/response_usage.json', // 6 + 194 of thoughts
    ...{ source: 'gemini', role: 'app', counts: [1, 1, 0, 0], words: AT },
    ...{ requests: 1, tokens: [27, null, null, null, 200, 194] },
  },
  {
    file: 'helicone/export.csv',
    ...{ source: 'helicone', role: 'gateway', counts: [1, 1, 0, 0], requests: 1 },
    ...{ tokens: [1_000, null, null, null, 300, null], claimed: { usage: '0.00033 USD' } },
  },
  {
    file: 'higress_access.log', // 10 + (343 - 128), 69 + 153; the stream that was cut off has no tokens
    ...{
      source: 'higress',
      role: 'gateway',
      counts: [4, 3, 1, 0],
      requests: 3,
      tokens: [225, 128, null, null, 222, 0],
    },
  },
  {
    file: 'langfuse/observations_v2.jsonl',
    ...{ source: 'langfuse', role: 'app', counts: [1, 1, 0, 0], requests: 1 },
    ...{ tokens: [1_000, 200, null, null, 300, null], claimed: { usage: '0.000345 USD' } },
  },
  {
    file: 'litellm/spendlogs_row.json',
    ...{ source: 'litellm', role: 'gateway', counts: [1, 1, 0, 0], requests: 1 },
    ...{ tokens: [2_461, 0, null, null, 303, null], claimed: { usage: '0.005318 USD' } },
  },
  {
    file: 'litellm/team_user_export.csv', // the successful calls
    ...{ source: 'litellm-export', role: 'gateway', counts: [1, 1, 0, 0], requests: 118 },
    ...{ tokens: [250_000, null, null, null, 31_000, null], claimed: { usage: '12.34 USD' } },
  },
  {
    file: 'litellm_spendlogs.csv', // the failed call is skipped
    ...{ source: 'litellm', role: 'gateway', counts: [2, 1, 1, 0], requests: 1 },
    ...{ tokens: [2_400, 0, null, null, 210, null], claimed: { usage: '0.001296 USD' } },
  },
  newApi('newapi_logs.csv'),
  newApi('newapi_logs.sqlite'),
  {
    file: 'openai-dashboard-csv/completions_usage_RECONSTRUCTED.csv', // 4,212 + (7,162 - 1,280), 1,673 + 900, 3 + 2 calls
    ...{ source: 'openai-usage', role: 'meter', counts: [2, 2, 0, 0], requests: 5 },
    tokens: [10_094, 1_280, null, null, 2_573, null],
  },
  {
    file: 'openai-dashboard-csv/completions_usage_empty.csv',
    ...{ source: 'openai-usage', role: 'meter', counts: [1, 0, 1, 0], says: 'none of its 1 record holds usage' },
  },
  {
    file: 'openai-dashboard-csv/cost.csv', // 0.00383598 + 0.5
    ...{ source: 'openai-cost', role: 'bill', counts: [3, 2, 1, 0] },
    ...{ tokens: [1_000, null, null, null, null, null], billed: { usage: '0.50383598 USD' } },
  },
  {
    file: 'openai-usage-api/completions.json', // 1,000 - 800
    ...{
      source: 'openai-usage',
      role: 'meter',
      counts: [1, 1, 0, 0],
      requests: 5,
      tokens: [200, 800, null, null, 500, null],
    },
  },
  {
    file: 'openai-usage-api/costs.json',
    ...{ source: 'openai-cost', role: 'bill', counts: [1, 1, 0, 0], billed: { usage: '0.06 USD' } },
  },
  {
    file: 'openrouter-activity/api_v1_activity.json', // 0.015 + 0.012 by own key
    ...{ source: 'openrouter-api', role: 'gateway', counts: [1, 1, 0, 0], requests: 5 },
    ...{ tokens: [50, null, null, null, 125, 25], claimed: { usage: '0.027 USD' } },
  },
  {
    file: 'openrouter-activity/daily.csv',
    ...{ source: 'openrouter-daily', role: 'gateway', counts: [1, 1, 0, 0], requests: 4_115 },
    ...{ tokens: [70_965_665, null, null, null, 3_009_973, 0], claimed: { usage: '430.07 USD' } },
  },
  {
    file: 'openrouter-activity/logs_per-generation.csv', // 10 - 1
    ...{ source: 'openrouter', role: 'gateway', counts: [1, 1, 0, 0], requests: 1 },
    ...{ tokens: [9, 1, null, null, 20, 3], claimed: { usage: '0.12 USD' } },
  },
  {
    file: 'otel_genai_spans.json', // leaves alone: 2,400 + (2,800 - 2,304) + 100, 210 + 200 + 20
    ...{
      source: 'otel',
      role: 'app',
      counts: [1, 3, 0, 0],
      requests: 3,
      tokens: [2_996, 2_304, null, null, 430, null],
      quantities: { agent_run: 1, tool_call: 1 },
    },
  },
  {
    file: 'otlp-genai/traces.json', // 500 - 100 - 30
    ...{ source: 'otel', role: 'app', counts: [1, 1, 0, 0], requests: 1, tokens: [370, 100, 30, null, 200, 50] },
  },
  {
    file: 'qwen-code/splitrail_qwen_code.jsonl', // 500 + (600 - 50), 20 + 5
    ...{ source: 'qwen-code', role: 'app', counts: [8, 2, 6, 0], requests: 2, tokens: [1_050, 50, null, null, 25, 0] },
  },
  {
    // 835,478 of input in 39 rows, of which the second req-033 has 4,176; so 17,057 - 768 of output
    file: 'reconcile/app.csv',
    ...{ source: 'tokenhub', role: 'app', counts: [39, 38, 0, 0], requests: 38 },
    tokens: [715_334, 115_968, null, null, 16_289, null],
  },
  {
    // 837,047 of input in 40 rows, of which the second attempt of req-008 has 38,407; so 16,572 - 83 of output
    file: 'reconcile/gateway.csv',
    ...{ source: 'tokenhub', role: 'gateway', counts: [40, 39, 0, 0], words: ['--role', 'gateway'], requests: 39 },
    ...{ tokens: [676_144, 122_496, null, null, 16_489, null], says: 'columns not read: attempt' },
  },
  {
    file: 'reconcile/provider_bill.csv', // 734,774 + 157,952 = 892,726 of input, 17,531 of output
    ...{ source: 'alibaba-bill', role: 'bill', counts: [31, 12, 0, 0] },
    tokens: [734_774, 157_952, null, null, 17_531, null],
  },
  {
    // 971 + 8 + 8 + 22 + 22 + 433 + 1,277 + 207 + 23 + 79 + 10,751 + 25 + 36 + 100; 2,048 + 1,606 + 1,000 + 64 + 20; 1,606 + 500
    // 104 + 36 + 40 + 310 + 17 + 164 + 55 + 103 + 13 + 40 + 9 + 80; 250 + 50; one call is of two models
    file: 'usage_shapes.jsonl',
    ...{ source: 'openai', role: 'app', counts: [17, 18, 0, 0], words: AT, requests: 18 },
    tokens: [13_962, 4_738, 2_106, null, 971, 300],
    quantities: {
      ...{ audio_input_tokens: 120, audio_output_tokens: 83, 'call:search:agent': 1, character: 58, image: 2 },
      ...{ image_input_tokens: 1_247, video: 1, video_second: 10 },
    },
  },
  {
    file: 'wukong_grains_sample.csv', // 120 + 8 + 260
    ...{ source: 'wukong', role: 'app', counts: [3, 3, 0, 0], quantities: { grain: 388 } },
  },
];

function focus(name: string, counts: Expected['counts'], sums: Pick<Expected, 'billed' | 'quantities'>): Expected {
  return { file: `focus/virtual_currency_pricing_model_${name}.csv`, source: 'focus', role: 'bill', counts, ...sums };
}

/** 3,000 + (9,000 - 8,192) + 1,000; 400 + 120 + 50; (5,100 + 700 + 310) / 500,000; -310 / 500,000; an error and a top-up. */
function newApi(file: string): Expected {
  return {
    ...{ file, source: 'new-api', role: 'gateway', counts: [6, 4, 2, 0], requests: 3 },
    tokens: [4_808, 8_192, null, null, 570, null],
    claimed: { refund: '-0.00062 USD', usage: '0.01222 USD' },
  };
}

/** Readings of the counters of engines. */
export const READINGS: readonly string[] = [
  ...['vllm_metrics_t0.prom', 'vllm_metrics_t1.prom', 'vllm_metrics_t2_restarted.prom', 'sglang_metrics.prom'],
];

/** Samples that are no usage. */
export const OTHERS: readonly string[] = [
  ...['README.md', 'image_token_vectors.json', 'qwen35_probe_vectors.json', 'tokenizer_vectors.json'],
  ...['prices/prices_alibaba_modelsdev_20260702.json', 'prices/prices_bailian_cny.json'],
  ...['prices/prices_dashscope_litellm_usd_20260806.json'],
  ...['reconcile/expected_causes.json', 'reconcile/expected_totals.json'],
];

/** What every file of `fixtures/usage` must become, worked out by hand from the file. */

import type { Expected } from './usage-files.js';

export const FIXTURES: readonly Expected[] = [
  {
    // input 410.007K, cached 20K, output 2.5K + 0.395K; 0.4920084 + 0.0048 + 0.016 + 1.25 + 0.001738; 0.4428076 - 0.4920084
    ...{ file: 'alibaba-bill-en.csv', source: 'alibaba-bill', role: 'bill', counts: [5, 5, 0, 0] },
    tokens: [410_007, 20_000, null, null, 2_895, null],
    quantities: { video_second: 12.5 },
    billed: { discount: '-0.0492008 USD', usage: '1.7645464 USD' },
  },
  {
    // 12.5K, 3.001K, 0.75K; one hour holds two of the rows
    ...{ file: 'alibaba-bill-hours.csv', source: 'alibaba-bill', role: 'bill', counts: [3, 2, 0, 0] },
    tokens: [12_500, 3_001, null, null, 750, null],
  },
  {
    // input 812,405 + 100,000 + 1,500 + 250,000; output 20,200 + 3,000 of a free quota; the refund takes back money alone
    // usage 3.24962 + 0.4 + 0.0516096 + 0.3232 + 0.0008 + 0.1 + 0.0032 + 0.0052 + 0.6; discount 0.32496 + 0.04
    // rounding of a line 0.05161 - 0.0516096; the disk is no usage of models
    ...{ file: 'alibaba-bill.csv', source: 'alibaba-bill', role: 'bill', counts: [13, 12, 1, 0] },
    tokens: [1_163_905, 64_512, 1_024, null, 23_200, null],
    quantities: { character: 26, image: 3 },
    billed: {
      ...{ discount: '-0.36496 CNY', other: '0.0000004 CNY', purchase: '100 CNY', refund: '-0.15 CNY' },
      usage: '4.7336296 CNY',
    },
  },
  {
    // 10.5K, of which a package covers 4K; half a token is refused; gross 0.0026, off 0.0006, back 0.05
    ...{ file: 'alibaba-bill.json', source: 'alibaba-bill', role: 'bill', counts: [1, 4, 0, 1] },
    says: 'Data.Items.2.Usage: "0.5" is not a whole number',
    tokens: [10_500, null, null, null, null, null],
    billed: { discount: '-0.0006 USD', refund: '-0.05 USD', usage: '0.0026 USD' },
  },
  {
    // list 0.05 + 0.02 + 1 + 0.4 + 0.3; discounts 0.9 - 1 and 0 - 0.4; the row of 0 of 0 is skipped
    ...{ file: 'anthropic-cost.csv', source: 'anthropic-cost', role: 'bill', counts: [6, 7, 1, 0] },
    billed: { discount: '-0.5 USD', usage: '1.77 USD' },
  },
  {
    // in cents: 123.4567 + 250, and 50 back
    ...{ file: 'anthropic-cost.json', source: 'anthropic-cost-api', role: 'bill', counts: [1, 3, 0, 1] },
    says: 'data.0.results.3.amount: "12 dollars" is no decimal number',
    billed: { credit: '-0.5 USD', usage: '3.734567 USD' },
  },
  {
    // input 1,200,000 + 700,000 + 81,000 + 40; output 52,000 + 900 + 6,000 + 10; the row of zeros is skipped
    ...{ file: 'anthropic-usage.csv', source: 'anthropic-usage', role: 'meter', counts: [5, 5, 1, 0] },
    tokens: [1_981_040, 30_000, 4_000, 500, 58_910, null],
    quantities: { 'call:web_search': 3 },
  },
  {
    // 900 + 11, 60 + 0, 30 + 0, 7 + 0, 120 + 2
    ...{ file: 'anthropic-usage.json', source: 'anthropic-usage-api', role: 'meter', counts: [1, 3, 0, 1] },
    says: 'data.0.results.1.uncached_input_tokens: "-1" is negative',
    tokens: [911, 60, 30, 7, 122, null],
    quantities: { 'call:web_search': 2 },
  },
  {
    // 70 + 15, 2,000, 600, 40, 95 + 6
    ...{ file: 'anthropic.jsonl', source: 'anthropic', role: 'app', counts: [2, 2, 0, 0] },
    ...{ requests: 2, tokens: [85, 2_000, 600, 40, 101, null], quantities: { 'call:web_search': 3 } },
  },
  {
    // cached 0.5M, output 12.345K; 0.00625 + 0.12345 + 0; the virtual machine is skipped
    ...{ file: 'azure-cost-ea.csv', source: 'azure-cost', role: 'bill', counts: [5, 4, 1, 0] },
    tokens: [null, 500_000, null, null, 12_345, null],
    billed: { refund: '-0.01 EUR', usage: '0.1297 EUR' },
  },
  {
    ...{ file: 'azure-cost-payg.csv', source: 'azure-cost', role: 'bill', counts: [1, 1, 0, 0] }, // 0.002M of audio
    tokens: [2_000, null, null, null, null, null],
    ...{ quantities: { audio_input_tokens: 2_000 }, billed: { usage: '0.064 USD' } },
  },
  {
    // 25 + 80, output 150 + 9; the throttled call is skipped
    ...{ file: 'bedrock.jsonl', source: 'bedrock', role: 'meter', counts: [3, 2, 1, 0] },
    ...{ requests: 2, tokens: [105, 512, 100, 200, 159, null] },
  },
  {
    // one message, written twice while it grew; a summary, a user's line and a synthetic message are skipped
    ...{ file: 'claude-code.jsonl', source: 'claude-code', role: 'app', counts: [5, 1, 3, 0] },
    ...{ requests: 1, tokens: [4, 12_000, 0, 900, 260, null], claimed: { usage: '0.034 USD' } },
  },
  {
    // (9,000 - 2,000) + (12,000 - 8,500) + 5,000; cached 2,000 + 8,500; output 400 + 600 + 300; reasoning 150 + 0 + 20
    ...{ file: 'codex.jsonl', source: 'codex', role: 'app', counts: [11, 3, 8, 0] },
    ...{ requests: 3, tokens: [15_500, 10_500, null, null, 1_300, 170] },
  },
  {
    // 310 + 120 + 33, output 45 + 18 + 4; the second call is of two models; the throttled one is skipped
    ...{ file: 'dashscope.jsonl', source: 'dashscope', role: 'app', counts: [4, 4, 1, 0] },
    ...{ requests: 4, tokens: [463, null, null, null, 67, null] },
    quantities: { 'call:search:agent': 2, video: 1, video_second: 7.5 },
  },
  {
    // output 1,890 + 10 + 300; 7,001 x 0.000003 + 20,480 x 0.000000025 + 1,890 x 0.000006 + 10 x 0.000012 + 300 x 0.000002
    // = 0.021003 + 0.000512 + 0.01134 + 0.00012 + 0.0006
    ...{ file: 'deepseek-amount.csv', source: 'deepseek', role: 'bill', counts: [7, 2, 1, 0] },
    ...{ requests: 4, tokens: [7_001, 20_480, null, null, 2_200, null], billed: { usage: '0.033575 CNY' } },
  },
  {
    // 0.022975 paid and 0.01 granted are usage of 0.032975, of which a credit covers 0.01
    ...{ file: 'deepseek-cost.csv', source: 'deepseek-cost', role: 'bill', counts: [3, 2, 1, 0] },
    billed: { credit: '-0.01 CNY', usage: '0.032975 CNY' },
  },
  {
    ...{ file: 'fireworks.csv', source: 'fireworks', role: 'bill', counts: [3, 2, 1, 0] },
    ...{ tokens: [12_000, null, null, null, 3_400, null], quantities: { accelerator_second: 90.5 } },
  },
  {
    ...{ file: 'focus-virtual.csv', source: 'focus', role: 'bill', counts: [2, 2, 0, 0] },
    ...{ quantities: { 'currency:Token': 6.5 }, billed: { purchase: '500 USD', usage: '0 USD' } },
  },
  {
    // 50K, 20K, 7,000; 0.125 + 0.01 + 0 of a commitment; the disk is skipped
    ...{ file: 'focus.csv', source: 'focus', role: 'bill', counts: [6, 4, 1, 0] },
    tokens: [50_000, 20_000, null, null, 7_000, null],
    billed: { refund: '-0.02 USD', tax: '0.03 USD', usage: '0.135 USD' },
  },
  {
    // (8,000 - 6,000 + 40 of tools) + 500; output with thoughts (250 + 90) + 20
    ...{ file: 'gemini-cli.json', source: 'gemini-cli', role: 'app', counts: [1, 2, 0, 0] },
    ...{ requests: 2, tokens: [2_540, 6_000, null, null, 360, 90] },
  },
  {
    // (1,000 - 400) + 7; (30 + 10) + 1
    ...{ file: 'gemini-cli.jsonl', source: 'gemini-cli', role: 'app', counts: [7, 2, 5, 0] },
    ...{ requests: 2, tokens: [607, 400, null, null, 41, 10] },
  },
  {
    // (900 - 600 + 50 of tools) + 10 + 20; (40 + 110) + 5 + 7
    ...{ file: 'gemini.jsonl', source: 'gemini', role: 'app', counts: [3, 3, 0, 0] },
    ...{ requests: 3, tokens: [380, 600, null, null, 162, 110], quantities: { audio_input_tokens: 32 } },
  },
  {
    // 1,000 + 10, 300 + 2; the call that was refused is skipped
    ...{ file: 'helicone.csv', source: 'helicone', role: 'gateway', counts: [3, 2, 1, 0] },
    ...{ requests: 2, tokens: [1_010, null, null, null, 302, null], claimed: { usage: '0.00085 USD' } },
  },
  {
    // (900 - 512) + 70 + (120 - 20 + 7) + 21; cached 512 + 2,000 + 20; output 120 + 95 + (30 + 50) + 17; reasoning 80 + 50
    ...{ file: 'higress.jsonl', source: 'higress', role: 'gateway', counts: [7, 5, 2, 0] },
    ...{ requests: 5, tokens: [586, 2_532, 600, null, 312, 130] },
  },
  {
    ...{ file: 'langfuse.csv', source: 'langfuse', role: 'app', counts: [1, 1, 0, 0] },
    ...{ requests: 1, tokens: [500, null, null, null, null, null], claimed: { usage: '0.00001 USD' } },
  },
  {
    // (700 + 50 of audio) + 40; cached 300 + 900; output (120 + 80) + 60; the span without tokens is skipped
    ...{ file: 'langfuse.jsonl', source: 'langfuse', role: 'app', counts: [3, 2, 1, 0] },
    ...{ requests: 2, tokens: [790, 1_200, 200, null, 260, 80], quantities: { audio_input_tokens: 50 } },
    claimed: { usage: '0.00125 USD' },
  },
  {
    // 5,000 - 3,000 - 500; the failed calls are none
    ...{ file: 'litellm-daily.csv', source: 'litellm-daily', role: 'gateway', counts: [2, 1, 1, 0] },
    ...{ requests: 11, tokens: [1_500, 3_000, 500, null, 800, null], claimed: { usage: '0.042 USD' } },
  },
  {
    // 118 + 3, 250,000 + 900, 31,000 + 100, 1,012.5 + 0.5
    ...{ file: 'litellm-team-export.csv', source: 'litellm-export', role: 'gateway', counts: [2, 2, 0, 0] },
    ...{ requests: 121, tokens: [250_900, null, null, null, 31_100, null], claimed: { usage: '1013 USD' } },
  },
  {
    // (1,500 - 1,024) + 1,500 from the gateway's cache + (2,100 - 900 - 700); 60 + 60 + 30; 0.0123 + 0 + 0.05
    ...{ file: 'litellm.csv', source: 'litellm', role: 'gateway', counts: [4, 3, 1, 0] },
    ...{ requests: 3, tokens: [2_476, 1_924, 500, 200, 150, 20], claimed: { usage: '0.0623 USD' } },
  },
  {
    ...{ file: 'litellm.json', source: 'litellm', role: 'gateway', counts: [1, 1, 0, 1] },
    says: 'data.1.prompt_tokens: "-1" is negative',
    ...{ requests: 1, tokens: [400, null, null, null, 30, null], claimed: { usage: '0.0021 USD' } },
  },
  {
    // (9,000 - 8,192) + 70 + 1,000 + 0; 120 + 95 + 50 + 0; (725 + 4,210 + 310 + 0) / 500,000; -(310 + 500) / 500,000
    ...{ file: 'new-api.csv', source: 'new-api', role: 'gateway', counts: [8, 6, 2, 0] },
    ...{ requests: 4, tokens: [1_878, 10_192, 600, 40, 265, null], quantities: { 'call:web_search': 2 } },
    claimed: { refund: '-0.00162 USD', usage: '0.01049 USD' },
  },
  {
    ...{ file: 'one-api.csv', source: 'one-api', role: 'gateway', counts: [2, 1, 1, 0] }, // 17 / 500,000
    ...{ requests: 1, tokens: [100, null, null, null, 20, null], claimed: { usage: '0.000034 USD' } },
  },
  {
    ...{ file: 'openai-batch.jsonl', source: 'openai-batch', role: 'app', counts: [2, 1, 1, 0] },
    ...{ requests: 1, tokens: [250, null, null, null, 30, null] },
  },
  {
    ...{ file: 'openai-chat.jsonl', source: 'openai', role: 'app', counts: [3, 1, 2, 0] }, // 900 - 512
    ...{ requests: 1, tokens: [388, 512, null, null, 210, 130] },
  },
  {
    // three rows of one bucket; 0.000123456789012345678901234567 + 0.00004 + 0.0002 + 0.006 + 0.025
    ...{ file: 'openai-cost.csv', source: 'openai-cost', role: 'bill', counts: [7, 4, 1, 0] },
    ...{ tokens: [4_000, 8_000, null, null, 500, null], quantities: { second: 60 } },
    billed: { credit: '-0.01 USD', usage: '0.031363456789012345678901234567 USD' },
  },
  {
    ...{ file: 'openai-cost.json', source: 'openai-cost', role: 'bill', counts: [1, 2, 0, 1] }, // 0.06 + 1.25
    says: 'data.0.results.2.amount.currency: is missing',
    ...{ tokens: [null, null, null, null, 1_500, null], billed: { usage: '1.31 USD' } },
  },
  {
    // (5,000 - 1,200 - 300) + 900 + 80,000 + (640 - 40); cached 1,200 + 40; 700 + 400 + 9,000 + 90; 3 + 2 + 40 + 7 calls
    ...{ file: 'openai-usage.csv', source: 'openai-usage', role: 'meter', counts: [5, 4, 1, 0] },
    ...{ requests: 52, tokens: [85_000, 1_240, 300, null, 10_190, null] },
    quantities: { audio_input_tokens: 250, audio_output_tokens: 180 },
  },
  {
    // (2,600 - 600) + 70, 310 + 8, 4 + 2 calls
    ...{ file: 'openai-usage.json', source: 'openai-usage', role: 'meter', counts: [1, 2, 0, 1] },
    says: 'data.0.results.1.input_tokens: "50" is less than its cached tokens, 60',
    ...{ requests: 6, tokens: [2_070, 600, null, null, 318, null] },
  },
  {
    // (1,500 - 1,024) + 700, 60 + 44
    ...{ file: 'openai-wrapped.jsonl', source: 'openai', role: 'app', counts: [2, 2, 0, 0] },
    ...{ requests: 2, tokens: [1_176, 1_024, null, null, 104, 12] },
  },
  {
    ...{ file: 'opencode.json', source: 'opencode', role: 'app', counts: [1, 1, 0, 0] }, // 300 + 45 of reasoning
    ...{ requests: 1, tokens: [12, 9_000, 700, null, 345, 45], claimed: { usage: '0.0421 USD' } },
  },
  {
    // 41 + 3 calls; 900,000 + 7,000; 30,000 + 800; reasoning above its output is none; 12.5 + 0.25 + 0.4
    ...{ file: 'openrouter-activity.csv', source: 'openrouter-daily', role: 'gateway', counts: [3, 2, 1, 0] },
    ...{ requests: 44, tokens: [907_000, null, null, null, 30_800, 12_000], claimed: { usage: '13.15 USD' } },
  },
  {
    ...{ file: 'openrouter-activity.json', source: 'openrouter-api', role: 'gateway', counts: [1, 1, 0, 1] },
    says: 'data.1.requests: "-1" is negative',
    ...{ requests: 6, tokens: [500, null, null, null, 140, 100], claimed: { usage: '0.025 USD' } }, // 0.021 + 0.004
  },
  {
    // (1,200 - 700) + 50; 0.0123 + 0.5 by own key
    ...{ file: 'openrouter-log.csv', source: 'openrouter', role: 'gateway', counts: [3, 2, 1, 0] },
    ...{ requests: 2, tokens: [550, 700, null, null, 300, 90], claimed: { usage: '0.5123 USD' } },
  },
  {
    // leaves alone: (3,000 - 1,200 - 300) + 900, 250 + 80
    ...{ file: 'otel.json', source: 'otel', role: 'app', counts: [1, 2, 0, 0] },
    ...{ requests: 2, tokens: [2_400, 1_200, 300, null, 330, 40], quantities: { agent_run: 1, tool_call: 1 } },
  },
  {
    ...{ file: 'own-short.jsonl', source: 'tokenhub', role: 'app', counts: [3, 2, 1, 0] }, // 640 - 128, 72 + 9
    ...{ requests: 2, tokens: [512, 128, null, null, 81, null] },
  },
  {
    // (1,200 - 300 - 100 - 50) + 400, 80 + 35
    ...{ file: 'own.csv', source: 'tokenhub', role: 'app', counts: [2, 2, 0, 0], says: 'columns not read: note' },
    ...{ requests: 2, tokens: [1_150, 300, 100, 50, 115, 20], claimed: { usage: '0.0045 USD' } },
  },
  {
    ...{ file: 'portal-export.csv', source: 'tokenhub', role: 'app', counts: [1, 1, 0, 0] },
    words: ['--map', 'timestamp=Start time,model=Model name,input_tokens=prompt_tok,output_tokens=completion_tok'],
    ...{ requests: 1, tokens: [12_345, null, null, null, 678, null] },
  },
  {
    ...{ file: 'qwen-code.jsonl', source: 'qwen-code', role: 'app', counts: [4, 1, 3, 0] }, // 5,000 - 3,000, 120 + 30
    ...{ requests: 1, tokens: [2_000, 3_000, null, null, 150, 30] },
  },
  {
    ...{ file: 'wukong.csv', source: 'wukong', role: 'app', counts: [3, 1, 1, 0], quantities: { grain: 150.5 } }, // 120 + 30.5
  },
];

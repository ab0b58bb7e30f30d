/**
 * International list prices (Model Studio, Singapore) in USD per million tokens.
 *
 * Facts retyped from LiteLLM's price file of 2026-08-06 (MIT), which cites the Model Studio model list. Left out: models
 * on which public lists disagree beyond their tiers (qwen3-next-*, qwen3-vl-235b-*), image and speech models, and
 * `-latest` names, which mean another model tomorrow. qwen3.7-plus is disputed too (models.dev: 0.5 and 3): the source is
 * part of the price. No source states since when a price holds, so a price here is taken to hold at any date.
 */

import type { AlibabaTable, AlibabaTier } from './alibaba-table.js';

const MODEL_LIST = 'https://www.alibabacloud.com/help/en/model-studio/models, as carried by LiteLLM on 2026-08-06';

const QWEN3_MAX: readonly AlibabaTier[] = [
  { upTo: 32_000, input: '1.2', output: '6' },
  { upTo: 128_000, input: '2.4', output: '12' },
  { upTo: 252_000, input: '3', output: '15' },
];
const QWEN_PLUS: readonly AlibabaTier[] = [
  { upTo: 256_000, input: '0.4', output: '1.2', thinking: '4' },
  { upTo: 1_000_000, input: '1.2', output: '3.6', thinking: '12' },
];
const QWEN_FLASH: readonly AlibabaTier[] = [
  { upTo: 256_000, input: '0.05', output: '0.4' },
  { upTo: 1_000_000, input: '0.25', output: '2' },
];
const QWEN3_CODER_PLUS: readonly AlibabaTier[] = [
  { upTo: 32_000, input: '1', output: '5' },
  { upTo: 128_000, input: '1.8', output: '9' },
  { upTo: 256_000, input: '3', output: '15' },
  { upTo: 1_000_000, input: '6', output: '60' },
];
const QWEN3_CODER_FLASH: readonly AlibabaTier[] = [
  { upTo: 32_000, input: '0.3', output: '1.5' },
  { upTo: 128_000, input: '0.5', output: '2.5' },
  { upTo: 256_000, input: '0.8', output: '4' },
  { upTo: 1_000_000, input: '1.6', output: '9.6' },
];
const QWEN3_VL_PLUS: readonly AlibabaTier[] = [
  { upTo: 32_000, input: '0.2', output: '1.6' },
  { upTo: 128_000, input: '0.3', output: '2.4' },
  { upTo: 256_000, input: '0.6', output: '4.8' },
];
const QWEN35_PLUS: readonly AlibabaTier[] = [
  { upTo: 256_000, input: '0.4', output: '2.4' },
  { upTo: 1_000_000, input: '0.5', output: '3' },
];
const QWEN37_PLUS: readonly AlibabaTier[] = [
  { upTo: 256_000, input: '0.4', output: '1.6', cached: '0.08' },
  { upTo: 1_000_000, input: '1.2', output: '4.8', cached: '0.24' },
];
const flat = (input: string, output: string, more: { thinking?: string; cached?: string } = {}): AlibabaTier[] => [
  { upTo: null, input, output, ...more },
];

export const INTERNATIONAL: AlibabaTable = {
  region: 'intl',
  currency: 'USD',
  asOf: '2026-08-06',
  models: [
    { names: ['qwen3-max', 'qwen3-max-preview', 'qwen3-max-2026-01-23'], tiers: QWEN3_MAX, reference: MODEL_LIST },
    { names: ['qwen-plus', 'qwen-plus-2025-07-28', 'qwen-plus-2025-09-11'], tiers: QWEN_PLUS, reference: MODEL_LIST },
    {
      names: ['qwen-plus-2025-04-28', 'qwen-plus-2025-07-14'],
      tiers: flat('0.4', '1.2', { thinking: '4' }),
      reference: MODEL_LIST,
    },
    { names: ['qwen-plus-2025-01-25'], tiers: flat('0.4', '1.2'), reference: MODEL_LIST },
    { names: ['qwen-flash', 'qwen-flash-2025-07-28'], tiers: QWEN_FLASH, reference: MODEL_LIST },
    { names: ['qwen3-coder-plus', 'qwen3-coder-plus-2025-07-22'], tiers: QWEN3_CODER_PLUS, reference: MODEL_LIST },
    { names: ['qwen3-coder-flash', 'qwen3-coder-flash-2025-07-28'], tiers: QWEN3_CODER_FLASH, reference: MODEL_LIST },
    {
      names: ['qwen3-vl-plus'],
      tiers: QWEN3_VL_PLUS,
      reference: MODEL_LIST,
      note: 'disputed: models.dev (2026-07-02) says thinking output 4.8',
    },
    { names: ['qwen3.5-plus'], tiers: QWEN35_PLUS, reference: MODEL_LIST },
    {
      names: ['qwen3.7-plus'],
      tiers: QWEN37_PLUS,
      reference: MODEL_LIST,
      note: 'disputed: models.dev (2026-07-02) says input 0.5, output 3',
    },
    { names: ['qwen3.7-max'], tiers: flat('2.5', '7.5', { cached: '0.5' }), reference: MODEL_LIST },
    { names: ['qwen-max'], tiers: flat('1.6', '6.4'), reference: MODEL_LIST },
    {
      names: ['qwen-turbo', 'qwen-turbo-2025-04-28'],
      tiers: flat('0.05', '0.2', { thinking: '0.5' }),
      reference: MODEL_LIST,
    },
    { names: ['qwen-turbo-2024-11-01'], tiers: flat('0.05', '0.2'), reference: MODEL_LIST },
    { names: ['qwq-plus'], tiers: flat('0.8', '2.4'), reference: MODEL_LIST },
  ],
};

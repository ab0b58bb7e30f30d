/**
 * Mainland list prices (Bailian) in CNY per million tokens. They are no conversions of the international ones.
 *
 * Facts retyped in 2026-11 from price pages; none of them states since when a price holds, so a price here is taken to
 * hold at any date. A contract or an older price belongs in a price file of the user's.
 */

import type { AlibabaTable } from './alibaba-table.js';

const CONSOLE = 'Bailian console price pages, early 2026, and help-centre prices of 2026-05';
const HELP_CENTRE = 'help-centre prices of 2026-05';
const BILLING_RULES = 'https://help.aliyun.com/en/document_detail/3023262.html';

export const MAINLAND: AlibabaTable = {
  region: 'cn',
  currency: 'CNY',
  asOf: '2026-11',
  models: [
    {
      names: ['qwen3-max'],
      reference: CONSOLE,
      tiers: [
        { upTo: 32_000, input: '2.5', output: '10' },
        { upTo: 128_000, input: '4', output: '16' },
        { upTo: 256_000, input: '7', output: '28' },
      ],
    },
    {
      names: ['qwen-plus'],
      reference: BILLING_RULES,
      tiers: [
        { upTo: 128_000, input: '0.8', output: '2', thinking: '8' },
        { upTo: 256_000, input: '2.4', output: '20', thinking: '24' },
        { upTo: 1_000_000, input: '4.8', output: '48', thinking: '64' },
      ],
    },
    {
      names: ['qwen-flash'],
      reference: `${CONSOLE}; ${BILLING_RULES}`,
      tiers: [
        { upTo: 128_000, input: '0.15', output: '1.5' },
        { upTo: 256_000, input: '0.6', output: '6' },
        { upTo: 1_000_000, input: '1.2', output: '12' },
      ],
    },
    {
      names: ['qwen3.5-plus'],
      reference: HELP_CENTRE,
      tiers: [
        { upTo: 128_000, input: '0.8', output: '4.8' },
        { upTo: 256_000, input: '2', output: '12' },
      ],
    },
    { names: ['qwen3.6-plus'], reference: HELP_CENTRE, tiers: [{ upTo: 256_000, input: '2', output: '12' }] },
    { names: ['qwen-max'], reference: HELP_CENTRE, tiers: [{ upTo: null, input: '2.4', output: '9.6' }] },
    { names: ['qwen-turbo'], reference: HELP_CENTRE, tiers: [{ upTo: null, input: '0.3', output: '0.6' }] },
    { names: ['qwen-long'], reference: HELP_CENTRE, tiers: [{ upTo: null, input: '0.5', output: '2' }] },
  ],
};

/** Buckets of many requests, whose tier is not known, of a model that costs more per token in larger requests. */

import { describe, expect, test } from 'vitest';
import { type Body, scene } from './scene.js';

const HEAD = 'timestamp,model,input_tokens,output_tokens,requests,provider\n';
const FILES = {
  'tokenhub.config.yaml': 'alibaba: { region: cn }\n',
  'many.csv': `${HEAD}2026-10-10,qwen3-max,1000000,1000,10,alibaba\n`,
  'few.csv': `${HEAD}2026-10-10,qwen3-max,32000,1000,10,alibaba\n2026-10-11T08:00:00Z,qwen3-max,40000,0,,alibaba\n`,
};
const TEXT = 'priced as if no request had over 32,000 tokens of input: a lower bound';

describe('a bucket of many requests', () => {
  test('is priced at the lowest tier, which import, preview and report say', async () => {
    const { tokenhub, json } = scene(FILES);
    const preview = await json('import', 'many.csv', '--preview');
    expect(preview.files[0].events[0].lowestTier).toBe(32_000);
    expect((await tokenhub('import', 'many.csv', '--preview')).stdout).toContain(`lowest tier: qwen3-max: ${TEXT}`);
    const { stdout } = await tokenhub('import', 'many.csv', '--dry-run');
    expect(stdout).toContain(`lowest tier: qwen3-max: 1 event, 1,001,000 tokens, ${TEXT}`);
    const body = await json('import', 'many.csv');
    expect(body.lowestTier).toEqual([{ model: 'qwen3-max', events: 1, tokens: 1_001_000, upTo: 32_000 }]);
    const warning = `buckets of qwen3-max that state no tier are ${TEXT}`;
    for (const tz of ['UTC', 'Asia/Shanghai']) expect((await json('report', '--tz', tz)).warnings).toEqual([warning]);
    expect((await json('report', '--cost', 'claimed')).warnings).toEqual([]);
    expect((await json('report', '--period', '2026-09')).warnings).toEqual([]);
  });

  test('is not spoken of in a report whose money is that of a bill', async () => {
    const { tokenhub, json } = scene({
      ...FILES,
      'bill.csv': `${HEAD.replace('\n', ',cost,currency\n')}2026-10-10,qwen3-max,1000000,1000,10,alibaba,4.2,CNY\n`,
    });
    await tokenhub('import', 'many.csv');
    await tokenhub('import', 'bill.csv', '--role', 'bill');
    const { totals, warnings } = await json('report');
    expect([totals.cost, warnings]).toEqual([{ CNY: '4.2' }, []]);
    expect((await json('report', '--cost', 'computed')).warnings).toHaveLength(1);
  });

  test('that is as small as one request of the lowest tier is priced exactly, and so is a single request', async () => {
    const { json } = scene(FILES);
    const { events } = (await json('import', 'few.csv', '--preview')).files[0];
    const priceOf = ({ requests, cost, lowestTier }: Body) => [requests, cost.amount, cost.currency, lowestTier];
    expect(events.map(priceOf)).toEqual([
      [1, '0.16', 'CNY', null], // 40,000 x 4 = 160,000 millionths, of the tier up to 128,000
      [10, '0.09', 'CNY', null], // 32,000 x 2.5 + 1,000 x 10 = 90,000 millionths, of the tier up to 32,000
    ]);
    expect((await json('import', 'few.csv')).lowestTier).toEqual([]);
    expect((await json('report')).totals.cost).toEqual({ CNY: '0.25' }); // 0.16 + 0.09
  });
});

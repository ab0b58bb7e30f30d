import { describe, expect, test } from 'vitest';
import { scene } from './scene.js';

const DAY = '2026-10-20T00:00:00Z,2026-10-21T00:00:00Z';

describe('a quantity that no price list knows', () => {
  const bill = [
    'start_time,end_time,amount_value,amount_currency,quantity,quantity_unit,line_item',
    `${DAY},0.25,usd,2500,duration_seconds,whisper-1`,
  ].join('\n');

  test('does not make a line unpriced that the bill has billed', async () => {
    const at = scene({ 'bill.csv': bill });
    const { unpriced } = await at.json('import', 'bill.csv');
    expect(unpriced).toEqual([]);
    const { totals } = await at.json('report', '--period', '2026-10');
    expect(totals).toMatchObject({ cost: { USD: '0.25' }, unpriced: { events: 0, tokens: 0 } });
  });

  test('makes the cost unknown that is computed of the line', async () => {
    const at = scene({ 'bill.csv': bill });
    await at.json('import', 'bill.csv');
    const { totals } = await at.json('report', '--period', '2026-10', '--cost', 'computed');
    expect(totals).toMatchObject({ cost: {}, unpriced: { events: 1, tokens: 0 } });
  });

  test('does not keep the tokens of its bucket from being priced in an export of Anthropic', async () => {
    const columns = 'usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens,web_search_count';
    const at = scene({ 'usage.csv': `${columns}\n2026-10-20,claude-sonnet-4-5,1000000,100000,10` });
    const { unpriced } = await at.json('import', 'usage.csv');
    expect(unpriced).toMatchObject([{ events: 1, tokens: 0, reason: 'no price for call:web_search' }]);
    const { totals } = await at.json('report', '--period', '2026-10');
    // 1 million x 3 + 0.1 million x 15 = 4.5 USD
    expect(totals).toMatchObject({ cost: { USD: '4.5' }, unpriced: { events: 1, tokens: 0 } });
  });
});

import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { bucketKeyOf } from '../../../src/usage/bucket.js';
import type { UsageEvent } from '../../../src/usage/event.js';
import { alibabaBillCsv, alibabaBillJson } from '../../../src/usage/sources/alibaba-bill.js';
import { decodeAll, eventOf, eventsOf, recognisedBy, record, rejection, sumOf, UTC } from '../decode.js';
import { columnsOf, csvRows, jsonDocument, sampleLines, sampleRows } from '../fixtures.js';

const rows = csvRows('alibaba-bill.csv');
const english = csvRows('alibaba-bill-en.csv');
const line = (id: string) => rows.find((row) => row['标识信息/账单明细ID'] === id)!;
const of = (id: string) => eventsOf(alibabaBillCsv, line(id));
const picos = (events: readonly UsageEvent[]) => events.map(({ charge, statedCost }) => [charge, statedCost?.pico]);

describe('a line of the Chinese export', () => {
  test('is an hour of one type of tokens of a key, workspace, model and channel', () =>
    expect(of('l-01')[0]).toEqual({
      // 09:15 in UTC+8 is 01:15 UTC, in the hour from 01:00
      ...{ id: null, at: Date.UTC(2026, 9, 3, 1), day: null, until: Date.UTC(2026, 9, 3, 2) },
      ...{ model: 'qwen3-max', provider: 'alibaba-cn', account: '2000000000000001' },
      origin: {
        ...{ unit: null, key: '77001', workspace: 'llm-portal', project: null, team: null, user: null },
        ...{ service: null, consumer: null, path: null, tags: { channel: 'app', app: 'portal', env: 'prod' } },
      },
      ...{ agent: null, session: null, requests: 0 },
      tokens: { ...NO_TOKENS, input: 812_405 }, // 812.405 x 1,000
      ...{ quantities: {}, cacheKind: null, mode: 'standard', tierUpTo: 128_000, charge: 'usage', plan: null },
      ...{ counter: null, status: null, latencyMs: null },
      statedCost: { currency: 'CNY', pico: 3_249_620_000_000n, text: null },
    }));

  test('costs its list total, and what was taken off is a charge of its own', () =>
    // 3.24962 - 0.32496 = 2.92466 payable
    expect(picos(of('l-01'))).toEqual([
      ['usage', 3_249_620_000_000n],
      ['discount', -324_960_000_000n],
    ]));

  test('has what lies between list total, discount and the amount payable as one more charge', () =>
    // payable 0.05161 - list 0.0516096 = 0.0000004, which no column explains
    expect(picos(of('l-03'))).toEqual([
      ['usage', 51_609_600_000n],
      ['other', 400_000n],
    ]));

  test('adds up with the others of its hour to one whole event', () => {
    const hour = ['l-01', 'l-02', 'l-03', 'l-04'].map((id) => of(id)[0]!);
    expect(new Set(hour.map(bucketKeyOf)).size).toBe(1);
    expect(sumOf(hour)).toMatchObject({
      // input 812,405 + 100,000, hits 64,512, output 20,200
      tokens: { input: 912_405, cacheRead: 64_512, output: 20_200, cacheWrite5m: null, reasoning: null },
      statedCost: { pico: 4_024_429_600_000n }, // 3.24962 + 0.4 + 0.0516096 + 0.3232
    });
  });
});

describe('usage that was deducted', () => {
  test('by a free quota is covered, and costs nothing', () => {
    const events = of('l-05');
    expect(events).toMatchObject([{ plan: 'free quota', tokens: { output: 3000 }, charge: 'usage', statedCost: null }]);
    expect(events[0]!.origin).toMatchObject({ key: null, tags: { channel: 'bmp' } });
  });
  test('in part is covered in part', () =>
    // 1,500 = 500 + 1,000
    expect(of('l-06').map(({ plan, tokens, statedCost }) => [plan, tokens.input, statedCost?.pico])).toEqual([
      [null, 1000, 800_000_000n],
      ['resource plan', 500, undefined],
    ]));
  test('must add up', () =>
    expect(rejection(() => eventsOf(alibabaBillCsv, { ...line('l-06'), '用量信息/抵扣用量': '400' }))).toMatchObject({
      code: 'BAD_FIELD',
      field: '用量信息/抵扣前用量',
    }));
});

test('batch inference is billed as batch, in millions of tokens', () =>
  expect(of('l-07')).toMatchObject([{ mode: 'batch', tokens: { input: 250_000 } }])); // 0.25 x 1,000,000

test('a cache that was asked for is told from the automatic one', () => {
  expect(of('l-08')).toMatchObject([{ cacheKind: 'explicit', tokens: { cacheWrite5m: 1024, input: null } }]);
  expect(of('l-03')[0]).toMatchObject({ cacheKind: null, tokens: { cacheRead: 64_512 } });
});

test('speech and images are quantities', () => {
  expect(of('l-09')[0]).toMatchObject({ tokens: NO_TOKENS, quantities: { character: 26_000_000n } }); // 0.0026 x 10,000
  expect(of('l-10')[0]).toMatchObject({ tokens: NO_TOKENS, quantities: { image: 3_000_000n } });
});

test('a refund gives money back and takes no tokens away', () =>
  expect(of('l-11')).toMatchObject([
    { charge: 'refund', tokens: NO_TOKENS, statedCost: { pico: -150_000_000_000n }, model: 'qwen3-max' },
  ]));

test('a subscription is a purchase on its day, other products are skipped', () => {
  expect(of('l-12')).toMatchObject([
    {
      model: '百炼节省计划',
      charge: 'purchase',
      day: '2026-10-04',
      tokens: NO_TOKENS,
      statedCost: { pico: 100_000_000_000_000n },
    },
  ]);
  expect(of('l-12')[0]!.at).toBe(Date.UTC(2026, 9, 3, 16)); // midnight in UTC+8
  expect(alibabaBillCsv.decoder(UTC)(record(line('l-13')))).toEqual({ skipped: 'another product than Model Studio' });
});

test('all charges of a bill add up to what is payable', () => {
  const payable = rows
    .filter((row) => row['产品信息/产品名称'] !== '对象存储OSS')
    .reduce((sum, row) => sum + Math.round(Number(row['应付信息/应付金额（含税）']) * 1e6), 0);
  const stated = decodeAll(alibabaBillCsv, rows).events.reduce(
    (sum, event) => sum + (event.statedCost?.pico ?? 0n),
    0n,
  );
  // 2.92466 + 0.36 + 0.05161 + 0.3232 + 0 + 0.0008 + 0.1 + 0.0032 + 0.0052 + 0.6 - 0.15 + 100
  expect(payable).toBe(104_218_670);
  expect(stated).toBe(104_218_670_000_000n);
});

describe('the English export', () => {
  const events = decodeAll(alibabaBillCsv, english).events;
  test('has days of UTC+8, international prices, tiers and discounts by the amount after reduction', () =>
    expect(events.slice(0, 2)).toMatchObject([
      {
        ...{ day: '2026-10-05', at: Date.UTC(2026, 9, 4, 16), provider: 'alibaba-intl', tierUpTo: 32_000 },
        ...{ tokens: { input: 410_007 }, statedCost: { currency: 'USD', pico: 492_008_400_000n } },
        origin: { tags: { unit: 'lab', channel: 'api' } },
      },
      { charge: 'discount', tokens: NO_TOKENS, statedCost: { pico: -49_200_800_000n } }, // 0.4428076 - 0.4920084
    ]));
  test('has instances of the older form, and of the marketplace', () => {
    expect(events[3]).toMatchObject({
      ...{ model: 'qwen-max', tokens: { output: 2500 }, origin: { key: null, workspace: 'llm-lab' } },
    });
    expect(events[5]).toMatchObject({
      ...{ model: 'VENDOR/GLM-5', provider: 'alibaba-intl', tokens: { output: 395 } },
      origin: { key: '88002', workspace: 'ws-lab' },
    });
  });
  test('has seconds of video', () =>
    expect(events[4]).toMatchObject({ quantities: { video_second: 12_500_000n }, tierUpTo: null }));
});

test('the export by hour states usage without money', () => {
  const [input, cached, output] = decodeAll(alibabaBillCsv, csvRows('alibaba-bill-hours.csv')).events;
  expect(input).toMatchObject({
    // 23:00 in UTC+8 is 15:00 UTC
    ...{ at: Date.UTC(2026, 9, 7, 15), until: Date.UTC(2026, 9, 7, 16), day: null, provider: 'alibaba' },
    ...{ tokens: { input: 12_500 }, statedCost: null, origin: { key: 'k-lab' } },
  });
  expect(bucketKeyOf(cached!)).toBe(bucketKeyOf(input!));
  expect(output!.at).toBe(Date.UTC(2026, 9, 7, 16));
});

describe('an answer of the billing API', () => {
  const answer = jsonDocument('alibaba-bill.json') as { readonly Data: { readonly Items: readonly object[] } };
  const decoded = alibabaBillJson.decoder(UTC)(record(answer));
  const { events, rejects = [] } = 'events' in decoded ? decoded : { events: [] };

  test('is its billing month, with usage that a plan took off', () => {
    expect(events[0]).toMatchObject({
      ...{ at: Date.UTC(2026, 7, 31, 16), until: Date.UTC(2026, 8, 30, 16), day: '2026-09-01' },
      ...{ account: '4000000000000004', provider: 'alibaba-intl', tokens: { input: 6500 } }, // 10.5 - 4 = 6.5
      origin: { key: '99001', tags: { app: 'lab', env: 'test' } },
    });
    expect(events[1]).toMatchObject({ plan: 'resource plan', tokens: { input: 4000 }, statedCost: null });
    expect(picos(events)).toEqual([
      ['usage', 2_600_000_000n],
      ['usage', undefined],
      ['discount', -600_000_000n],
      ['refund', -50_000_000_000n],
    ]);
  });
  test('has half a token rejected by the path of its item', () =>
    expect(rejects.map(({ code, place }) => [code, place.field])).toEqual([['BAD_FIELD', 'Data.Items.2.Usage']]));
  test('may come item by item, then a month must be given', () => {
    const [item] = answer.Data.Items;
    expect(rejection(() => eventsOf(alibabaBillJson, item))).toMatchObject({ code: 'MISSING_FIELD' });
    expect(eventOf(alibabaBillJson, item, { ...UTC, at: Date.UTC(2026, 9, 20) }).day).toBe('2026-10-01');
    expect(eventOf(alibabaBillJson, { ...item, BillingDate: '2026-09-03' }).day).toBe('2026-09-03');
    expect(recognisedBy({ value: item })).toEqual(['alibaba-bill']);
  });
});

const bad = (changes: Record<string, string>) =>
  rejection(() => eventsOf(alibabaBillCsv, { ...line('l-04'), ...changes }));

test.each([
  ['a fraction of a token', { '用量信息/用量': '0.0005', '用量信息/抵扣前用量': '0.0005' }, '用量信息/用量'],
  ['usage that is no number', { '用量信息/用量': 'many' }, '用量信息/用量'],
  ['an unknown unit of tokens', { '用量信息/用量单位': '打tokens' }, '用量信息/用量单位'],
  [
    'an unknown type of tokens',
    { '资源信息/实例ID（出账粒度）': '1;llm-a;m;mystery_token;app;0' },
    '资源信息/实例ID（出账粒度）',
  ],
  ['a price without currency', { '定价信息/定价币种': '' }, '定价信息/定价币种'],
  ['an amount that is no number', { '费用信息/目录总价': '1.2.3' }, '费用信息/目录总价'],
  ['a date that is none', { '账单信息/消费时间': '', '账单信息/账单日期': '20261340' }, '账单信息/账单日期'],
])('%s is rejected by name', (_, changes, field) => expect(bad(changes as never).field).toBe(field));

test('hours of a deployed model keep their money, not their hours', () =>
  expect(
    eventsOf(alibabaBillCsv, { ...line('l-04'), '用量信息/用量单位': '小时', '用量信息/抵扣前用量': '20.2' }),
  ).toMatchObject([{ tokens: NO_TOKENS, quantities: {}, statedCost: { pico: 323_200_000_000n } }]));

test('columns may stand anywhere, in any letter case', () => {
  const row = Object.fromEntries(
    Object.entries(english[0]!)
      .reverse()
      .map(([name, value]) => [`\ufeff ${name.toUpperCase()} `, value]),
  );
  expect(eventOf(alibabaBillCsv, row)).toEqual(eventOf(alibabaBillCsv, english[0]!));
});

test('no other source takes a bill for its own', () => {
  for (const table of [rows, english, csvRows('alibaba-bill-hours.csv')])
    expect(recognisedBy(columnsOf(table))).toEqual(['alibaba-bill']);
  expect(recognisedBy({ value: jsonDocument('alibaba-bill.json') })).toEqual(['alibaba-bill']);
});

const chinese = sampleRows('alibaba-bailian-bill/consumedetailbill_v2_SUBSET.csv');
const detail = sampleRows('alibaba_bill_detail_sample.csv');
const provider = sampleRows('reconcile/provider_bill.csv');

describe.skipIf(chinese === null)('the shared samples', () => {
  test('in Chinese: 1,000 in, 500 out, 2,000 cached for 0.00276 CNY', () => {
    const events = decodeAll(alibabaBillCsv, chinese ?? []).events;
    expect(sumOf(events).tokens).toMatchObject({ input: 1000, output: 500, cacheRead: 2000 });
    expect(sumOf(events).statedCost).toMatchObject({ currency: 'CNY', pico: 2_760_000_000n }); // 0.0008 + 0.001 + 0.00096
    expect(recognisedBy(columnsOf(chinese ?? []))).toEqual(['alibaba-bill']);
  });
  test('in English: fractions of thousands become whole tokens', () => {
    const events = decodeAll(alibabaBillCsv, detail ?? []).events;
    expect(events.map(({ tokens }) => [tokens.input, tokens.cacheRead, tokens.output])).toEqual([
      ...[
        [1_203_411, null, null],
        [null, null, 88_020],
        [90_210_500, null, null],
        [null, 61_020_250, null],
      ],
      ...[
        [null, null, 4_020_125],
        [null, null, 3500],
        [null, null, 12_250],
        [null, null, null],
      ],
    ]);
    expect(events.at(-1)!.quantities).toEqual({ video_second: 40_000_000n });
    // 1.444093 + 0.52812 + 36.0842 + 4.88162 + 6.4322 + 0.0042 + 0.0784 + 6
    expect(sumOf(events).statedCost?.pico).toBe(55_452_833_000_000n);
  });
  test('by hour: input 892,726 with the cached part, output 17,531, as the reconciliation expects', () => {
    const { tokens } = sumOf(decodeAll(alibabaBillCsv, provider ?? []).events);
    expect(tokens.input! + tokens.cacheRead!).toBe(892_726);
    expect(tokens.output).toBe(17_531);
  });
  test('of the billing API: 1,000 in', () => {
    const [item] = sampleLines('alibaba-bailian-bill/describe_instance_bill_item.json') ?? [];
    const events = eventsOf(alibabaBillJson, item, { ...UTC, at: Date.UTC(2026, 7, 2) });
    expect(events[0]).toMatchObject({ model: 'qwen-max', provider: 'alibaba-cn', tokens: { input: 1000 } });
    // list 0.001, payable 0.000001
    expect(picos(events)).toEqual([
      ['usage', 1_000_000_000n],
      ['other', -999_000_000n],
    ]);
  });
});

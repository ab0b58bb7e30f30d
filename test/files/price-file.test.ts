import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeText, type TokenhubError } from '../../src/errors/tokenhub-error.js';
import { readPriceFiles } from '../../src/files/price-file.js';
import { type PriceQuery, type PriceSource, priceIn } from '../../src/pricing/price.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenhub-prices-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(text: string, name = 'prices.yaml'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}
const read = async (text: string): Promise<PriceSource> => readPriceFiles([await write(text)]);

async function complaint(text: string): Promise<string> {
  const error = await read(text).then(
    () => expect.fail('was accepted'),
    (thrown: TokenhubError) => thrown,
  );
  expect(error.code).toBe('BAD_PRICE');
  return `${placeText(error.place).slice(folder.length + 1)}: ${error.message} | ${error.hint}`.replaceAll(folder, '');
}

const query = (over: Partial<PriceQuery>): PriceQuery => ({
  model: 'qwen3-max',
  provider: 'alibaba',
  at: Date.UTC(2026, 5, 1),
  mode: 'standard',
  ...over,
});

const HEAD = 'model: m, provider: p, currency: USD, per: 1M tokens';

test('a full entry becomes a price with exact rates', async () => {
  const source = await read(`
- model: [Qwen3-Max, dashscope/qwen3-max-2026]
  provider: alibaba
  currency: cny
  per: 1M tokens
  mode: batch
  region: cn
  source: contract 4711
  input: 2.50000000000000000000000000000000001
  cached_input: 8.333333333333334e-8
  cached_input_explicit: "0.25"
  cache_write_5m: 3
  cache_write_1h: 4
  output: 10
  output_thinking: 11
  input_audio: 12
  output_audio: 13
`);
  const price = priceIn(source, query({ mode: 'batch' }));
  expect(price).toMatchObject({
    model: 'qwen3-max',
    provider: 'alibaba',
    currency: 'CNY',
    region: 'cn',
    mode: 'batch',
    source: 'prices.yaml',
    reference: 'contract 4711',
  });
  expect(price!.asOf).toMatch(/^sha256:[0-9a-f]{12}$/);
  expect(price!.tiers).toEqual([
    {
      upTo: null,
      rates: {
        input: '2.50000000000000000000000000000000001', // a float would have kept 2.5
        cacheRead: '0.00000008333333333333334',
        cacheReadExplicit: '0.25',
        cacheWrite5m: '3',
        cacheWrite1h: '4',
        output: '10',
        outputThinking: '11',
        inputAudio: '12',
        outputAudio: '13',
      },
    },
  ]);
  expect(priceIn(source, query({ mode: 'batch', model: 'qwen3-max-2026' }))).not.toBeNull();
  expect(priceIn(source, query({}))).toBeNull(); // standard
  expect(priceIn(source, query({ mode: 'batch', provider: 'alibaba-cn' }))).toBeNull();
});

test('a provider may be called by its other names', async () => {
  const source = await read('- { model: m, provider: DashScope, currency: CNY, per: 1M tokens, input: 1 }');
  expect(priceIn(source, query({ model: 'm' }))).toMatchObject({ provider: 'alibaba' });
});

test('prices per thousand tokens are brought to a million exactly', async () => {
  const source = await read('- { model: m, provider: p, currency: USD, per: 1k tokens, input: 0.0000001, output: 2 }');
  expect(priceIn(source, query({ model: 'm', provider: 'p' }))!.tiers[0]!.rates).toMatchObject({
    input: '0.0001',
    output: '2000',
  });
});

test('tiers have inclusive bounds, K is 1000, and the last may have none', async () => {
  const source = await read(
    `- { ${HEAD}, tiers: [{ up_to: 32k, input: 1 }, { up_to: 1M, input: 2 }, { up_to: 2000000, input: 3 }, { input: 4 }] }`,
  );
  const { tiers } = priceIn(source, query({ model: 'm', provider: 'p' }))!;
  expect(tiers.map(({ upTo, rates }) => [upTo, rates.input])).toEqual([
    [32_000, '1'],
    [1_000_000, '2'],
    [2_000_000, '3'],
    [null, '4'],
  ]);
});

test('JSON is read as well', async () => {
  const entry = { model: 'm', provider: 'p', currency: 'USD', per: '1M tokens', input: 0.1 };
  const source = await readPriceFiles([await write(JSON.stringify([entry]), 'prices.json')]);
  expect(priceIn(source, query({ model: 'm', provider: 'p' }))!.tiers[0]!.rates.input).toBe('0.1');
});

test('an empty file, and no file at all, hold no prices', async () => {
  expect(priceIn(await read('# nothing yet\n'), query({}))).toBeNull();
  expect(priceIn(await readPriceFiles([]), query({}))).toBeNull();
});

describe('entries of one model follow each other by date', () => {
  const input = (source: PriceSource, at: string) =>
    priceIn(source, query({ model: 'm', provider: 'p', at: Date.parse(at) }))?.tiers.at(0)?.rates.input ?? null;

  test('a date is midnight UTC and `to` includes its day', async () => {
    const source = await read(
      `- { ${HEAD}, input: 1, to: 2026-03-31 }\n- { ${HEAD}, input: 2, from: 2026-04-01, to: 2026-04-30 }\n`,
    );
    expect(input(source, '2020-01-01')).toBe('1');
    expect(input(source, '2026-03-31T23:59:59.999Z')).toBe('1');
    expect(input(source, '2026-04-01')).toBe('2');
    expect(input(source, '2026-04-30T23:59:59.999Z')).toBe('2');
    expect(input(source, '2026-05-01')).toBeNull();
  });
  test('an instant is itself, and ends before itself', async () => {
    const source = await read(
      `- { ${HEAD}, input: 1, to: "2026-04-01T00:00+08:00" }\n- { ${HEAD}, input: 2, from: "2026-04-01T00:00+08:00" }\n`,
    );
    expect(input(source, '2026-03-31T15:59:59.999Z')).toBe('1');
    expect(input(source, '2026-03-31T16:00Z')).toBe('2');
  });
  test('overlapping ones are refused, naming both lines', async () => {
    expect(
      await complaint(`- { ${HEAD}, input: 1, to: 2026-04-01 }\n\n- { ${HEAD}, input: 2, from: 2026-04-01 }\n`),
    ).toMatch(/^prices\.yaml:3: the standard price of m \(p\) overlaps the one at \/prices\.yaml:1 /);
  });
  test('overlapping ones are refused across files and in spite of spelling', async () => {
    const paths = [
      await write(`- { ${HEAD}, input: 1 }`, 'one.yaml'),
      await write(`\n- { ${HEAD.replace('m,', 'P/M,')}, input: 1 }`, 'two.yaml'),
    ];
    await expect(readPriceFiles(paths)).rejects.toThrow(/overlaps the one at .*one\.yaml:1/);
  });
  test('other modes and providers do not overlap', async () => {
    await read(
      `- { ${HEAD}, input: 1 }\n- { ${HEAD}, mode: flex, input: 1 }\n- { ${HEAD.replace('p,', 'q,')}, input: 1 }`,
    );
  });
});

describe('what is wrong is named by file, line and field', () => {
  test.each([
    [
      `- ${HEAD.replaceAll(', ', '\n  ')}\n  imput: 1`,
      'prices.yaml:5: "imput" is no field of a price | did you mean input?',
    ],
    [`- { ${HEAD}, input: 1, banana: 2 }`, 'prices.yaml:1: "banana" is no field of a price | known: model, provider'],
    [`- { ${HEAD}, __proto__: 1 }`, 'prices.yaml:1: "__proto__" is no field'],
    [`- ${HEAD.replaceAll(', ', '\n  ')}\n  input: 1,5`, 'prices.yaml:5: input: "1,5" is no decimal number'],
    [`- { ${HEAD}, input: -1 }`, 'prices.yaml:1: input: "-1" is not understood | write a price from 0'],
    [`- { ${HEAD}, input: 1e999999999 }`, 'prices.yaml:1: input: "1e999999999" is no decimal number'],
    [`- { ${HEAD}, input: .inf }`, 'prices.yaml:1: input: ".inf" is no decimal number'],
    [`- { ${HEAD}, input: true }`, 'prices.yaml:1: input: is no single value'],
    [`- { ${HEAD}, input: [1] }`, 'prices.yaml:1: input: is no single value'],
    [`- { ${HEAD} }`, 'prices.yaml:1: states no price'],
    [`- { model: m, provider: p, currency: USD, input: 1 }`, 'prices.yaml:1: per: is missing | use `1M tokens`'],
    [`- { ${HEAD.replace('1M tokens', '__proto__')}, input: 1 }`, 'prices.yaml:1: per: "__proto__" is not understood'],
    [`- { provider: p, currency: USD, per: 1M tokens, input: 1 }`, 'prices.yaml:1: model: is missing'],
    [`- { ${HEAD.replace('model: m', 'model: []')}, input: 1 }`, 'prices.yaml:1: model: is no list, or an empty one'],
    [`- { ${HEAD.replace('USD', 'dollars')}, input: 1 }`, 'prices.yaml:1: currency: "dollars" is no currency code'],
    [`- { ${HEAD}, mode: turbo, input: 1 }`, 'prices.yaml:1: mode: "turbo" is not understood | use one of: standard,'],
    [`- { ${HEAD}, input: 1, from: 2026-02-30 }`, 'prices.yaml:1: from: "2026-02-30" is not understood'],
    [`- { ${HEAD}, input: 1, from: 1.1.2026 }`, 'prices.yaml:1: from: "1.1.2026" is not understood'],
    [`- { ${HEAD}, input: 1, from: 2026-02-02, to: 2026-02-01 }`, 'prices.yaml:1: to: is not after from'],
    [`- { ${HEAD}, input: 1, tiers: [{ input: 1 }] }`, 'prices.yaml:1: input: stands beside tiers'],
    [`- { ${HEAD}, tiers: [] }`, 'prices.yaml:1: tiers: is no list, or an empty one'],
    [`- { ${HEAD}, tiers: [{ up_to: 10 }] }`, 'prices.yaml:1: states no price'],
    [
      `- { ${HEAD}, tiers:\n  [{ up_to: 2k, input: 1 },\n   { up_to: 2000, input: 1 }] }`,
      'prices.yaml:3: up_to: is not above the tier before',
    ],
    [`- { ${HEAD}, tiers: [{ input: 1 }, { up_to: 5, input: 1 }] }`, 'prices.yaml:1: up_to: is not above the tier'],
    [`- { ${HEAD}, tiers: [{ up_to: 0, input: 1 }] }`, 'prices.yaml:1: up_to: "0" is not understood'],
    [`- { ${HEAD}, tiers: [{ up_to: 1.5k, input: 1 }] }`, 'prices.yaml:1: up_to: "1.5k" is not understood'],
    [`prices: []`, 'prices.yaml:1: is no list'],
    [`- just text`, 'prices.yaml:1: is no price'],
    [`- { ${HEAD}, input: 1, input: 2 }`, 'prices.yaml:1: input: stands twice'],
    [`- { ${HEAD}, input: *y }`, 'prices.yaml:1: input: is no single value'],
    [`- { ${HEAD}, input: 1\n- x`, 'prices.yaml:2: '],
  ])('%s', async (text, message) => {
    expect((await complaint(text)).slice(0, message.length)).toBe(message);
  });

  test('a missing file, a folder and a bottomless one', async () => {
    await expect(readPriceFiles([join(folder, 'none.yaml')])).rejects.toThrow(/cannot be read: ENOENT: no such file/);
    await expect(readPriceFiles([folder])).rejects.toThrow(/is no file/);
    for (const nest of ['[', '- ', '{a: ', '? ']) {
      expect(await complaint(nest.repeat(50_000))).toMatch(/nested too deeply/);
    }
  });
});

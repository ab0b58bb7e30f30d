import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { run } from './memory-io.js';
import { addDecimals, type Body, fixture, picoOf, type Scene, scene, sharedScene } from './scene.js';
import { csv, ledgerOf } from './usage-ledger.js';

const SHANGHAI = { 'tokenhub.config.yaml': 'timeZone: Asia/Shanghai\n' };
const MAINLAND = { 'tokenhub.config.yaml': 'alibaba: { region: cn }\n' };

/** Tokens and cost of a report without filters, by model. */
async function sumsOf(
  { json }: Scene,
  ...flags: string[]
): Promise<{ tokens: number | null; cost: Body; unpriced: Body }> {
  const { totals } = await json('report', '--by', 'model', ...flags);
  return { tokens: totals.tokens.total, cost: totals.cost, unpriced: totals.unpriced };
}

describe('what a call costs', () => {
  // qwen3-max per million, international: 1.2 and 6 USD up to 32,000 input tokens, 2.4 and 12 above.
  test.each([
    [32_000, '0.0432'], // 32,000 x 1.2 = 38,400; 800 x 6 = 4,800; 43,200 / 1,000,000
    [32_001, '0.0864024'], // 32,001 x 2.4 = 76,802.4; 800 x 12 = 9,600; 86,402.4 / 1,000,000
  ])(
    '%i input tokens of qwen3-max cost %s USD: every token is billed at the tier of the request',
    async (input, usd) => {
      const at = await ledgerOf([{ input, output: 800 }]);
      expect((await sumsOf(at)).cost).toEqual({ USD: usd });
    },
  );

  // The mainland list: 2.5 and 10 CNY up to 32,000, 4 and 16 above.
  test.each([
    [32_000, '0.088'], // 32,000 x 2.5 = 80,000; 800 x 10 = 8,000; 88,000 / 1,000,000
    [32_001, '0.140804'], // 32,001 x 4 = 128,004; 800 x 16 = 12,800; 140,804 / 1,000,000
  ])('%i input tokens cost %s CNY where the config says mainland', async (input, cny) => {
    const at = await ledgerOf([{ input, output: 800 }], MAINLAND);
    expect((await sumsOf(at)).cost).toEqual({ CNY: cny });
  });

  test('cached input decides the tier too', async () => {
    // 32,001 of input, 30,000 of them cached: 2,001 x 2.4 = 4,802.4; 30,000 x 20% of 2.4 = 14,400; 19,202.4 / 1,000,000
    const at = await ledgerOf([{ input: 32_001, cached: 30_000, output: 0 }]);
    expect((await sumsOf(at)).cost).toEqual({ USD: '0.0192024' });
  });

  test('every class of tokens has its own rate', async () => {
    // Claude Sonnet 4.5 in USD per million: 3 fresh, 0.3 cached, 3.75 written for 5 minutes, 15 output.
    // Fresh 1,000 - 300 - 100 = 600: 1,800; cached 300: 90; written 100: 375; output 50: 750; 3,015 / 1,000,000
    const at = await ledgerOf([
      {
        model: 'claude-sonnet-4-5',
        provider: 'anthropic',
        input: 1000,
        cached: 300,
        cache_write_5m_tokens: 100,
        output: 50,
      },
    ]);
    expect((await sumsOf(at)).cost).toEqual({ USD: '0.003015' });
  });

  test('a price file of your own prices every class, and wins over the lists', async () => {
    const prices = [
      '- model: qwen3-max',
      '  provider: alibaba',
      '  currency: EUR',
      '  per: 1M tokens',
      '  input: 1',
      '  cached_input: 0.1',
      '  cache_write_5m: 1.25',
      '  cache_write_1h: 2',
      '  output: 4',
      '  output_thinking: 8',
      '',
    ].join('\n');
    const call = { input: 1000, cached: 300, cache_write_5m_tokens: 100, cache_write_1h_tokens: 50 };
    const at = await ledgerOf(
      [
        { ...call, output: 80 },
        { ...call, output: 80, reasoning_tokens: 20 },
      ],
      {
        'prices.yaml': prices,
        'tokenhub.config.yaml': 'prices: [prices.yaml]\n',
      },
    );
    // Input of each: fresh 1,000 - 450 = 550 x 1 = 550; 300 x 0.1 = 30; 100 x 1.25 = 125; 50 x 2 = 100; together 805.
    // Output: 80 x 4 = 320 of the one; 80 x 8 = 640 of the other, which reasoned. 1,125 + 1,445 = 2,570 / 1,000,000
    const body = await at.json('report', '--by', 'model');
    expect(body.totals.cost).toEqual({ EUR: '0.00257' });
    expect(body.totals.tokens).toEqual({
      input: 1100,
      cacheRead: 600,
      cacheWrite: 300, // twice 100 and 50
      output: 160,
      reasoning: 20,
      total: 2160, // 1,100 + 600 + 300 + 160: reasoning is part of the output
    });
  });

  test('a class of tokens without a price makes the call unpriced, not cheaper', async () => {
    // Alibaba knows no cache write for an hour. 1,000 + 80 tokens
    const at = await ledgerOf([{ input: 1000, cache_write_1h_tokens: 50, output: 80 }]);
    expect(await sumsOf(at)).toEqual({ tokens: 1080, cost: {}, unpriced: { events: 1, tokens: 1080 } });
  });

  test('what was not reported is null, not 0', async () => {
    const at = await ledgerOf([{ input: 10, output: 5 }]);
    const { tokens } = (await at.json('report', '--by', 'model')).totals;
    expect(tokens).toEqual({ input: 10, cacheRead: null, cacheWrite: null, output: 5, reasoning: null, total: 15 });
  });
});

describe('unpriced usage', () => {
  const rows = [
    { model: 'mystery-1', provider: 'nobody', input: 100, output: 20 },
    { input: 1000, output: 0 }, // 1,000 x 1.2 / 1,000,000 = 0.0012 USD
  ];

  test('is never 0: in JSON its cost is absent and its tokens are named', async () => {
    const at = await ledgerOf(rows);
    const body = await at.json('report', '--by', 'model');
    const unknown = body.rows.find(({ model }: Body) => model === 'mystery-1');
    expect(unknown).toMatchObject({ cost: {}, unpriced: { events: 1, tokens: 120 } });
    expect(unknown.metrics).toMatchObject({ costPerRequest: null, costPerMillionTokens: null });
    expect(body.totals).toMatchObject({ cost: { USD: '0.0012' }, unpriced: { events: 1, tokens: 120 } });
  });

  test('is never 0 in a table: a dash, and a line that says so', async () => {
    const { stdout } = await (await ledgerOf(rows)).tokenhub('report', '--by', 'model');
    expect(stdout).toMatch(/^mystery-1 .* - /m);
    expect(stdout).toContain('unpriced: 1 event, 120 tokens, not in the cost');
  });

  test('is never 0 in CSV: an empty cell, with its events and tokens beside it, and a line on standard error', async () => {
    const { stdout, stderr } = await (await ledgerOf(rows)).tokenhub('report', '--by', 'model', '--format', 'csv');
    const [header, ...lines] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const cell = (name: string) => lines.find(([model]) => model === 'mystery-1')![header!.indexOf(name)];
    expect([cell('cost_USD'), cell('unpriced_events'), cell('unpriced_tokens')]).toEqual(['', '1', '120']);
    expect(stderr).toContain('unpriced: 1 event, 120 tokens, not in the cost');
  });

  test.each(['markdown', 'ndjson'])('is visible in %s', async (format) => {
    const { stdout, stderr } = await (await ledgerOf(rows)).tokenhub('report', '--by', 'model', '--format', format);
    expect(stdout + stderr).toContain('unpriced: 1 event, 120 tokens, not in the cost');
  });

  test('exits 3 under --strict, 0 without', async () => {
    const at = await ledgerOf(rows);
    expect((await at.tokenhub('report', '--by', 'model')).exitCode).toBe(0);
    expect((await at.tokenhub('report', '--by', 'model', '--strict')).exitCode).toBe(3);
  });

  test('--strict over priced usage exits 0, over rejected rows 3', async () => {
    const at = await ledgerOf([{ request_id: 'r-1', input: 1, output: 1 }], { 'bad.csv': csv({ input: 'x' }) });
    expect((await at.tokenhub('report', '--strict')).exitCode).toBe(0);
    await at.tokenhub('import', 'bad.csv');
    expect((await at.tokenhub('report', '--strict')).exitCode).toBe(3);
  });
});

describe('currencies', () => {
  test('are never added: each has its own total and column', async () => {
    const at = await ledgerOf([
      { provider: 'alibaba-intl', input: 1000 }, // 1,000 x 1.2 USD / 1,000,000
      { provider: 'alibaba-cn', input: 1000 }, // 1,000 x 2.5 CNY / 1,000,000
      { provider: 'alibaba-cn', input: 2000 }, // 2,000 x 2.5
    ]);
    const body = await at.json('report', '--by', 'provider');
    expect(body.totals.cost).toEqual({ CNY: '0.0075', USD: '0.0012' });
    expect(body.rows.map(({ provider, cost }: Body) => [provider, cost]).sort()).toEqual([
      ['alibaba-cn', { CNY: '0.0075' }],
      ['alibaba-intl', { USD: '0.0012' }],
    ]);
    const { stdout } = await at.tokenhub('report', '--by', 'provider', '--format', 'csv');
    expect(stdout.split('\n')[0]).toMatch(/cost_CNY,cost_USD/);
  });
});

describe('views of the same tokens', () => {
  const calls = [
    { request_id: 'r-1', input: 1000, output: 100 },
    { request_id: 'r-2', input: 2000, output: 200 },
  ];

  test("an application's log and the provider's meter of the same calls are not added, and what was left out is named", async () => {
    const at = scene({ 'calls.csv': csv(...calls) });
    await at.tokenhub('import', 'calls.csv');
    await at.tokenhub('import', 'calls.csv', '--role', 'meter');
    const body = await at.json('report', '--by', 'model');
    expect(body.totals).toMatchObject({ requests: 2, tokens: { total: 3300 } });
    const uses = body.query.recordings.map(({ role, used, tokens, leftOut }: Body) => [
      role,
      used,
      tokens,
      leftOut.tokens,
    ]);
    expect(uses.sort()).toEqual([
      ['app', 'none', 3300, 3300],
      ['meter', 'both', 3300, 0],
    ]);
    const { stdout } = await at.tokenhub('report', '--by', 'model');
    expect(stdout).toContain('read for tokens and cost: meter tokenhub of account alibaba');
    expect(stdout).toContain(
      'left out: app tokenhub of account alibaba (3,300 tokens, 0.0054 USD), another view of the same tokens',
    );
  });

  test('a day that the meter misses is read from the application', async () => {
    const later = { timestamp: '2026-10-06T08:00:00Z', request_id: 'r-3', input: 10, output: 5 };
    const at = scene({ 'app.csv': csv(...calls, later), 'meter.csv': csv(...calls) });
    await at.tokenhub('import', 'app.csv');
    await at.tokenhub('import', 'meter.csv', '--role', 'meter');
    expect((await sumsOf(at)).tokens).toBe(3315); // 3,300 and 15
  });

  test('the same calls under another account are other tokens', async () => {
    const at = scene({ 'calls.csv': csv(...calls) });
    await at.tokenhub('import', 'calls.csv', '--account', 'one');
    await at.tokenhub('import', 'calls.csv', '--account', 'two', '--role', 'meter');
    expect((await sumsOf(at)).tokens).toBe(6600);
  });

  test('two applications of one account add up, a request id in both counts once', async () => {
    const response = (id: string, prompt: number, completion: number) =>
      JSON.stringify({
        timestamp: '2026-10-05T08:00:00Z',
        account: 'alibaba',
        response: { id, model: 'qwen3-max', usage: { prompt_tokens: prompt, completion_tokens: completion } },
      });
    const at = scene({
      'one.csv': csv(...calls),
      'two.jsonl': `${response('r-2', 2000, 200)}\n${response('r-3', 5000, 500)}\n`,
    });
    await at.tokenhub('import', 'one.csv');
    await at.tokenhub('import', 'two.jsonl');
    const body = await at.json('report', '--by', 'source');
    expect(body.totals).toMatchObject({ requests: 3, tokens: { total: 8800 } }); // 1,100 + 2,200 + 5,500
    expect(body.query.recordings.map(({ source, used }: Body) => [source, used]).sort()).toEqual([
      ['openai', 'both'],
      ['tokenhub', 'both'],
    ]);
    const rows = body.rows.map(({ requests }: Body) => requests);
    expect(rows.reduce((sum: number, requests: number) => sum + requests, 0)).toBe(3);
  });

  test('a bill is read for money, the meter for tokens', async () => {
    const at = scene({
      'meter.csv': csv(...calls),
      'bill.csv': csv({ timestamp: '2026-10-05', request_id: 'b-1', input: '', cost: '0.005', currency: 'USD' }),
    });
    await at.tokenhub('import', 'meter.csv', '--role', 'meter');
    await at.tokenhub('import', 'bill.csv', '--role', 'bill');
    expect(await sumsOf(at)).toMatchObject({ tokens: 3300, cost: { USD: '0.005' } });
    // Computed: 3,000 x 1.2 + 300 x 6 = 5,400 / 1,000,000
    expect((await sumsOf(at, '--cost', 'computed')).cost).toEqual({ USD: '0.0054' });
  });
});

describe('--cost claimed', () => {
  const rows = [
    { request_id: 'r-1', input: 1000, cost: '0.5', currency: 'USD' },
    { request_id: 'r-2', input: 2000, cost: '0', currency: 'USD' },
  ];

  test('shows what a log says of itself; 0 beside tokens is unknown', async () => {
    const at = await ledgerOf(rows);
    expect(await sumsOf(at, '--cost', 'claimed')).toEqual({
      tokens: 3000,
      cost: { USD: '0.5' },
      unpriced: { events: 1, tokens: 2000 },
    });
  });

  test('is not used unless asked for', async () => {
    const at = await ledgerOf(rows);
    expect((await sumsOf(at)).cost).toEqual({ USD: '0.0036' }); // 3,000 x 1.2 / 1,000,000
    expect((await at.tokenhub('report')).stdout).toContain('cost: billed, else computed (USD 0.0036 computed)');
  });
});

describe('sums', () => {
  const logs = [
    'bailian-gateway.log',
    'bailian-bill.csv',
    'qianwen-app.csv',
    'wukong-spans.jsonl',
    'wukong-grains.csv',
    'innovation-media.jsonl',
    ...['01', '08', '15', '22'].map((day) => `tongyi-vllm-2026-10-${day}.prom`),
  ];
  const at = sharedScene({
    'tokenhub.config.yaml': fixture('token-hub/tokenhub.config.yaml'),
    'prices.yaml': fixture('token-hub/prices.yaml'),
    ...Object.fromEntries(logs.map((name) => [name, fixture(`token-hub/logs/${name}`)])),
    'dollars.csv': csv(
      {
        request_id: 'usd-1',
        account: 'intl',
        provider: 'alibaba-intl',
        input: 7,
        output: 3,
        user: 'li',
        agent: 'a',
        project: 'p',
      },
      { request_id: 'usd-2', account: 'intl', provider: 'nobody', model: 'mystery', input: 11, output: 1, user: 'li' },
      {
        request_id: 'usd-3',
        account: 'intl',
        provider: 'alibaba-intl',
        input: 32_001,
        cached: 1,
        output: 9,
        reasoning_tokens: 4,
      },
    ),
  });
  beforeAll(async () => {
    await at.tokenhub('import', ...logs, 'dollars.csv');
  });

  const dimensions = [
    'unit',
    'stage',
    'model',
    'provider',
    'source',
    'account',
    'project',
    'agent',
    'user',
    ...['role', 'key', 'workspace', 'team', 'service', 'consumer', 'session', 'status', 'mode', 'charge', 'tag:app'],
    ...['hour', 'day', 'week', 'month', 'quarter', 'year', 'cycle:15'],
  ];
  const pairs = [
    'unit,model',
    'day,unit',
    'hour,mode,tag:app',
    'stage,provider',
    'model,unit,week',
    'agent,user',
    'account,source,day',
  ];

  test.each([...dimensions, ...pairs])('by %s: totals equal the sum of rows to the last digit', async (by) => {
    const { totals, rows } = await at.json('report', '--by', by);
    expect(rows.length).toBeGreaterThan(0);
    for (const name of ['input', 'cacheRead', 'cacheWrite', 'output', 'reasoning', 'total'])
      expect(BigInt(totals.tokens[name] ?? 0), name).toBe(
        rows.reduce((sum: bigint, { tokens }: Body) => sum + BigInt(tokens[name] ?? 0), 0n),
      );
    expect(BigInt(totals.requests)).toBe(rows.reduce((sum: bigint, { requests }: Body) => sum + BigInt(requests), 0n));
    for (const part of ['events', 'tokens'])
      expect(BigInt(totals.unpriced[part])).toBe(
        rows.reduce((sum: bigint, { unpriced }: Body) => sum + BigInt(unpriced[part]), 0n),
      );
    expect(Object.keys(totals.cost)).toEqual(['CNY', 'USD']);
    for (const currency of ['CNY', 'USD'])
      expect(picoOf(totals.cost[currency]), currency).toBe(
        addDecimals(rows.flatMap(({ cost }: Body) => (currency in cost ? [cost[currency]] : []))),
      );
  });

  test('every breakdown has the same totals', async () => {
    const all = await Promise.all(
      [...dimensions, ...pairs].map(async (by) => (await at.json('report', '--by', by)).totals),
    );
    for (const totals of all) expect(totals).toEqual(all[0]);
  });

  test('the CSV adds up to the JSON to the last digit', async () => {
    const { stdout } = await at.tokenhub('report', '--by', 'unit,model,day', '--format', 'csv');
    const [header, ...lines] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const column = (name: string) => lines.map((cells) => cells[header!.indexOf(name)]!).filter((cell) => cell !== '');
    const { totals } = await at.json('report', '--by', 'unit');
    expect(addDecimals(column('cost_CNY'))).toBe(picoOf(totals.cost.CNY));
    expect(addDecimals(column('cost_USD'))).toBe(picoOf(totals.cost.USD));
    expect(addDecimals(column('total'))).toBe(picoOf(String(totals.tokens.total)));
  });

  test('the lines of a table add up to the total it shows', async () => {
    const { stdout } = await at.tokenhub('report', '--by', 'unit,model', '-o', 'markdown=table.md');
    expect(stdout).toBe('');
    const lines = readFileSync(at.path('table.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| '));
    const cells = lines.map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll(/[*,]/g, '')),
    );
    const cny = cells[0]!.indexOf('CNY');
    const shown = cells.slice(2).map((line) => line[cny]!);
    expect(addDecimals(shown.slice(0, -1).filter((cell) => cell !== '-'))).toBe(picoOf(shown.at(-1)!));
  });

  test('what no rule assigns is visible: a row of its own and a line', async () => {
    const body = await at.json('report', '--by', 'unit');
    // two hours of the sandbox on the bill, 21,797 tokens; the three calls in dollars, 10 + 12 + 32,010
    expect(body.unassigned).toEqual({ events: 5, tokens: 53_829 });
    expect(body.rows.find(({ unit }: Body) => unit === '(unassigned)').tokens.total).toBe(53_829);
    expect((await at.tokenhub('report', '--by', 'model')).stdout).toContain('unassigned: 5 events, 53,829 tokens');
  });

  test("--unit '(unassigned)' selects it, and --unit and --model may be repeated", async () => {
    expect((await sumsOf(at, '--unit', '(unassigned)')).tokens).toBe(53_829);
    const both = await at.json('report', '--by', 'unit', '--unit', 'innovation', '--unit', '(unassigned)');
    expect(both.rows.map(({ unit }: Body) => unit).sort()).toEqual(['(unassigned)', 'innovation']);
    const models = await at.json('report', '--by', 'model', '--model', 'qwen3-32b', '--model', 'mystery');
    expect(models.rows.map(({ model }: Body) => model).sort()).toEqual(['mystery', 'qwen3-32b']);
  });

  test('the JSON has the documented keys and neither a clock nor a path of the ledger', async () => {
    const { stdout } = await at.tokenhub('report', '--by', 'unit', '--format', 'json');
    const body = JSON.parse(stdout);
    expect(Object.keys(body)).toEqual([
      ...[
        'schema',
        'tokenhub',
        'query',
        'prices',
        'incomplete',
        'straddling',
        'warnings',
        'unassigned',
        'unsplit',
        'totals',
        'rows',
      ],
    ]);
    expect(body.schema).toBe('tokenhub.report/v1');
    expect(Object.keys(body.rows[0])).toEqual([
      ...['unit', 'requests', 'tokens', 'quantities', 'cost', 'charges', 'unpriced', 'covered', 'metrics'],
    ]);
    expect(stdout).not.toContain(at.folder);
    expect((await at.tokenhub('report', '--by', 'unit', '--format', 'json')).stdout).toBe(stdout);
  });

  test('an unknown dimension exits 2 with the nearest', async () => {
    const { exitCode, stderr } = await at.tokenhub('report', '--by', 'modle');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean model?');
  });
});

describe('amounts', () => {
  test('beyond what a double holds stay exact', async () => {
    const big = 9_007_199_254_740_991; // 2^53 - 1, three times and 1: 27,021,597,764,222,974
    const at = await ledgerOf(
      [1, 2, 3]
        .map((n) => ({ request_id: `r-${n}`, model: 'm', provider: 'p', input: big }))
        .concat([{ request_id: 'r-4', model: 'm', provider: 'p', input: 1 }]),
    );
    const { stdout } = await at.tokenhub('report', '--by', 'model', '--json');
    expect(stdout).toContain('"total": 27021597764222974');
  });

  test('of a bill are added exactly to the last pico-unit', async () => {
    const bill = csv(
      { timestamp: '2026-10-05', request_id: 'b-1', input: '', cost: '0.000000000001', currency: 'USD' },
      { timestamp: '2026-10-05', request_id: 'b-2', cost: '1234567.000000000002', currency: 'USD' },
    );
    const at = scene({ 'bill.csv': bill });
    await at.tokenhub('import', 'bill.csv', '--role', 'bill');
    expect((await sumsOf(at, '--cost', 'billed')).cost).toEqual({ USD: '1234567.000000000003' });
  });
});

describe('periods', () => {
  // Local days of Shanghai: the first two are 18 October, the third is 19 October.
  const rows = [
    { timestamp: '2026-10-18T00:00:00+08:00', request_id: 'r-1', input: 1 },
    { timestamp: '2026-10-18T23:59:59.999+08:00', request_id: 'r-2', input: 10 },
    { timestamp: '2026-10-19T00:00:00+08:00', request_id: 'r-3', input: 100 },
    { timestamp: '2026-11-01T00:00:00+08:00', request_id: 'r-4', input: 1000 },
  ];

  test.each([
    [['--from', '2026-10-18', '--to', '2026-10-18'], 11],
    [['--since', '2026-10-18', '--until', '2026-10-19'], 111],
    [['--from', '2026-10-19'], 1100],
    [['--to', '2026-10-18'], 11],
    [['--from', '2026-10-18', '--to', '2026-10-19T00:00'], 11], // an end with a time is not included
    [['--to', '2026-10-18T16:00:00.001Z'], 111],
    [['--period', '2026-10'], 111],
    [['--period', '2026-Q4'], 1111],
    [['--period', '2026-W42'], 11], // Monday 12 to Sunday 18 October
    [['--period', '2026-W43'], 100],
    [['--period', '2026-10-19'], 100],
    [['--period', '2026-10-18', '--tz', 'UTC'], 110], // 18T00:00+08:00 is the 17th in UTC
  ])('%j in Asia/Shanghai holds %i tokens', async (flags, tokens) => {
    expect((await sumsOf(await ledgerOf(rows, SHANGHAI), ...flags)).tokens).toBe(tokens);
  });

  test.each([
    ['today', 1000],
    ['yesterday', null],
    ['mtd', 1000],
    ['this-month', 1000],
    ['last-month', 111],
  ])('%s is that of the home zone', async (period, tokens) => {
    const folder = (await ledgerOf(rows, SHANGHAI)).folder;
    // 2026-10-31T20:00Z is 1 November in Shanghai.
    const { stdout } = await run(['report', '--by', 'model', '--period', period, '--json'], {
      cwd: folder,
      now: '2026-10-31T20:00:00Z',
    });
    expect(JSON.parse(stdout).totals.tokens.total).toBe(tokens);
  });

  test('are echoed as half-open instants', async () => {
    const { query } = await (await ledgerOf(rows, SHANGHAI)).json(
      'report',
      '--from',
      '2026-10-18',
      '--to',
      '2026-10-18',
    );
    expect(query).toMatchObject({
      from: '2026-10-17T16:00:00.000Z',
      to: '2026-10-18T16:00:00.000Z',
      tz: 'Asia/Shanghai',
    });
  });

  test('days, weeks and months are those of the zone', async () => {
    const at = await ledgerOf(rows, SHANGHAI);
    const values = async (by: string) =>
      (await at.json('report', '--by', by)).rows.map((row: Body) => [row[by], row.tokens.total]);
    expect(await values('day')).toEqual([
      ['2026-10-18', 11],
      ['2026-10-19', 100],
      ['2026-11-01', 1000],
    ]);
    expect(await values('week')).toEqual([
      ['2026-W42', 11],
      ['2026-W43', 100],
      ['2026-W44', 1000],
    ]);
    expect(await values('month')).toEqual([
      ['2026-10', 111],
      ['2026-11', 1000],
    ]);
  });

  test('a daily bucket keeps the date of its issuer whatever the zone, and the header says so', async () => {
    const at = await ledgerOf([{ timestamp: '2026-10-18', request_id: 'b-1', input: 5 }], SHANGHAI);
    expect((await sumsOf(at, '--period', '2026-10-18', '--tz', 'America/New_York')).tokens).toBe(5);
    const { stdout } = await at.tokenhub('report', '--period', '2026-10-18', '--tz', 'America/New_York');
    expect(stdout).toContain('1 daily bucket');
  });

  test('a daily bucket that an edge cuts is a line of its own, not a part of the figures', async () => {
    const at = await ledgerOf([
      { timestamp: '2026-10-18', request_id: 'b-1', input: 5 },
      { timestamp: '2026-10-18T13:00:00Z', request_id: 'r-1', input: 7 },
    ]);
    const body = await at.json('report', '--from', '2026-10-18T12:00');
    expect(body.totals.tokens.total).toBe(7);
    expect(body.straddling).toMatchObject([{ day: '2026-10-18', events: 1, tokens: 5 }]);
    expect((await at.tokenhub('report', '--from', '2026-10-18T12:00')).stdout).toContain(
      'straddling: 1 daily bucket of 2026-10-18 (5 tokens)',
    );
  });

  test.each([
    [['--from', '2026-02-30'], 'is no date'],
    [['--period', 'October'], 'is no period'],
    [['--period', '2026-10', '--from', '2026-10-01'], 'use either --period'],
    [['--from', '2026-10-02', '--to', '2026-10-01'], 'ends'],
    [['--tz', 'Mars/Base'], 'is no time zone'],
  ])('%j exits 2', async (flags, words) => {
    const { exitCode, stderr } = await (await ledgerOf(rows)).tokenhub('report', ...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
  });

  test('without usage warns and names what the ledger holds', async () => {
    const { exitCode, stderr } = await (await ledgerOf(rows)).tokenhub('report', '--period', '2025');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning: no usage matches; the ledger holds 2026-10-17 to 2026-10-31');
  });
});

describe('the ledger', () => {
  test('that is missing exits 2, says how to make one, and is not created', async () => {
    const at = scene();
    const { exitCode, stderr } = await at.tokenhub('report');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('there is no ledger here\n  create one: tokenhub import <files...>');
    expect(existsSync(at.path('tokenhub.db'))).toBe(false);
  });

  test('that is empty warns', async () => {
    const at = scene({ 'usage.csv': 'timestamp,model,input_tokens\n' });
    await at.tokenhub('import', 'usage.csv');
    const { exitCode, stderr } = await at.tokenhub('report');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning: the ledger is empty; import usage first');
  });

  test('of a newer version is refused and left as it is', async () => {
    const at = await ledgerOf([{ input: 1 }]);
    const db = new Database(at.path('tokenhub.db'));
    db.pragma('user_version = 99');
    db.close();
    const before = readFileSync(at.path('tokenhub.db'));
    for (const argv of [['report'], ['import', 'usage.csv']]) {
      const { exitCode, stderr } = await at.tokenhub(...argv);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(
        /was written by a newer tokenhub \(schema 99; .*\)\n {2}run: npm install -g tokenhub@latest/,
      );
    }
    expect(readFileSync(at.path('tokenhub.db')).equals(before)).toBe(true);
  });

  test.each([
    ['a text', 'hello, I am no ledger, but quite a long text that fills the header of one'],
    ['one byte', 'x'],
  ])('that is %s is refused and left as it is', async (_, content) => {
    const at = scene({ 'tokenhub.db': content, 'usage.csv': csv({ input: 1 }) });
    for (const argv of [['report'], ['import', 'usage.csv']]) expect((await at.tokenhub(...argv)).exitCode).toBe(2);
    expect(readFileSync(at.path('tokenhub.db'), 'utf8')).toBe(content);
  });

  test('of another program is refused and left untouched', async () => {
    const at = scene({ 'usage.csv': csv({ input: 1 }) });
    const db = new Database(at.path('tokenhub.db'));
    db.exec('CREATE TABLE notes (text)');
    db.close();
    const { exitCode, stderr } = await at.tokenhub('import', 'usage.csv');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is an SQLite file of another program');
  });

  test('is not changed by a report', async () => {
    const at = await ledgerOf([{ input: 1 }]);
    const before = readFileSync(at.path('tokenhub.db'));
    await at.tokenhub('report');
    expect(readFileSync(at.path('tokenhub.db')).equals(before)).toBe(true);
  });

  test('prints names with control characters as escapes only', async () => {
    const at = scene();
    writeFileSync(at.path('usage.csv'), csv({ input: 1, user: '\u001b[2Jx\u0007\u202e' }));
    await at.tokenhub('import', 'usage.csv');
    for (const format of ['table', 'json', 'csv', 'markdown', 'ndjson'])
      expect((await at.tokenhub('report', '--by', 'user', '--format', format)).stdout).not.toMatch(/[\u001b\u0007]/);
  });
});

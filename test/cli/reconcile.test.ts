import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from './memory-io.js';
import { type Body, scene } from './scene.js';

const SAMPLE = resolve(import.meta.dirname, '../../../shared/samples/reconcile');
const sample = (name: string) => JSON.parse(readFileSync(resolve(SAMPLE, name), 'utf8'));

describe.skipIf(!existsSync(SAMPLE))('the sample', () => {
  const ALL = ['--app', 'app.csv', '--gateway', 'gateway.csv', '--bill', 'provider_bill.csv'];
  const reconciled = async (...argv: readonly string[]): Promise<Body> => {
    const { stdout } = await run(['reconcile', ...argv, '--json'], { cwd: SAMPLE });
    return JSON.parse(stdout);
  };
  const byRequest = ({ causes }: Body) =>
    Object.fromEntries(causes.flatMap(({ cause, evidence }: Body) => evidence.map((id: string) => [id, cause])));

  test.each([
    ['without the bill', ALL.slice(0, 4)],
    ['with the bill', ALL],
  ])('has its eleven causes, each at its request, and no other, %s', async (_, argv) => {
    const body = await reconciled(...argv);
    expect(byRequest(body)).toEqual(sample('expected_causes.json'));
    expect(body.unexplained).toMatchObject({ tokens: 0, gross: 0, evidence: [] });
  });

  test('has its totals', async () => {
    const { app, gateway, provider } = sample('expected_totals.json');
    const { recordings } = await reconciled(...ALL);
    expect(recordings.map(({ events, tokens: { input, output } }: Body) => ({ rows: events, input, output }))).toEqual([
      app,
      gateway,
      { rows: expect.any(Number), ...provider },
    ]);
  });

  test('gives what lies between the application and the bill alone as unexplained', async () => {
    const { difference, causes, unexplained } = await reconciled(...ALL.slice(0, 2), ...ALL.slice(4));
    expect(difference).toMatchObject({ input: 57_248, output: 474 }); // 892,726 - 835,478; 17,531 - 17,057
    expect(causes).toMatchObject([{ cause: 'duplicate_in_app', evidence: ['req-033'] }]);
    expect(unexplained.difference).toMatchObject({ input: 61_424, output: 1242 }); // without req-033's 4,176 and 768
  });
});

const APP = `timestamp,request_id,unit,model,input_tokens,cached_input_tokens,output_tokens,status
2026-09-01T01:00:00Z,a,chat,qwen-plus,1000,0,100,ok
2026-09-01T01:10:00Z,b,chat,qwen-plus,2000,500,200,ok
2026-09-01T02:00:00Z,c,chat,qwen-plus,3000,0,300,ok
`;
/** The same, and `b` served twice. */
const GATEWAY = APP.replace('unit,model', 'unit,model,attempt')
  .replaceAll('chat,qwen-plus', 'chat,qwen-plus,1')
  .replace(/(^.*,b,.*$)/m, (row) => `${row}\n${row.replace('qwen-plus,1', 'qwen-plus,2')}`);
const BILL_HEADER = 'Billing Date (UTC+8),Hour,Instance ID,Usage,Usage Unit';
const bill = (...lines: readonly string[]): string => [BILL_HEADER, ...lines, ''].join('\n');
const line = (hour: string, type: string, count: number, day = '2026-09-01'): string =>
  `${day},${hour},k;llm-chat;qwen-plus;${type};api,${count / 1000},1K tokens`;
/** Of `APP`: 01:00Z is 09:00 in UTC+8. */
const BILL = bill(
  line('09:00', 'input_token', 2500), // 1,000 + 2,000 - 500
  line('09:00', 'cached_token', 500),
  line('09:00', 'output_token', 300),
  line('10:00', 'input_token', 3000),
  line('10:00', 'output_token', 300),
);

const FILES = { 'app.csv': APP, 'gateway.csv': GATEWAY, 'bill.csv': BILL };
const PAIR = ['--app', 'app.csv', '--gateway', 'gateway.csv'];

describe('reconcile', () => {
  test('tells what differs, why, and by how much', async () => {
    const body = await scene(FILES).json('reconcile', ...PAIR);
    expect(body).toMatchObject({ schema: 'tokenhub.reconcile/v1', matched: 3, unmatched: 0, passed: true });
    expect(body.difference).toMatchObject({ input: 2000, cacheRead: 500, output: 200 });
    expect(body.causes).toMatchObject([
      { cause: 'retry', between: ['app', 'gateway'], requests: 1, tokens: 2200, evidence: ['b'] },
    ]);
    // 1,500 x 0.4 + 500 x 0.08 + 200 x 1.2 = 880 per million USD
    expect(body.causes[0].difference.cost).toEqual({ USD: '0.00088' });
    expect(body.difference.cost).toEqual({ USD: '0.00088' });
  });

  test("puts calls into the bill's hours, which are of UTC+8", async () => {
    const body = await scene(FILES).json('reconcile', '--app', 'app.csv', '--bill', 'bill.csv');
    expect(body).toMatchObject({ matched: 2, unmatched: 0, causes: [], unexplained: { gross: 0 } });
  });

  test('compares by days where it is asked to, in the zone asked for', async () => {
    const flags = ['--app', 'app.csv', '--bill', 'bill.csv', '--bucket', 'day', '--tz', 'Asia/Shanghai'];
    expect((await scene(FILES).json('reconcile', ...flags)).pairs).toMatchObject([{ by: 'day', matched: 1 }]);
  });

  test('compares only the time that all cover, and names the rest', async () => {
    const early = APP.replace('2026-09-01T01:00:00Z,a', '2026-08-31T23:00:00Z,a'); // before the first line of the bill
    const late = `${early}2026-09-01T05:00:00Z,d,chat,qwen-plus,7000,0,700,ok\n`; // after its last
    const billed = BILL.replace(line('09:00', 'input_token', 2500), line('09:00', 'input_token', 1500)) // without a
      .replace(line('09:00', 'output_token', 300), line('09:00', 'output_token', 200));
    const at = scene({ 'app.csv': late, 'bill.csv': billed });
    const body = await at.json('reconcile', '--app', 'app.csv', '--bill', 'bill.csv');
    expect(body.recordings[0].outside).toEqual({
      before: { events: 1, tokens: 1100 },
      after: { events: 1, tokens: 7700 },
    });
    expect(body.causes).toMatchObject([{ cause: 'late_bill', requests: 1, tokens: 7700, difference: { input: 0 } }]);
    expect(body).toMatchObject({ difference: { input: 0, output: 0 }, unexplained: { gross: 0 } });
    const { stdout } = await at.tokenhub('reconcile', '--app', 'app.csv', '--bill', 'bill.csv');
    expect(stdout).toContain('not compared: 1 event of app, 1,100 tokens, before the time that all cover');
  });

  test('takes what a bill lacks of a month that is not final as late, and later as unexplained', async () => {
    const files = { 'app.csv': APP, 'bill.csv': BILL.replaceAll('k;llm-chat;qwen-plus', 'k;llm-chat;qwen-max') };
    const causes = async (now: string) =>
      (await scene(files, { now }).json('reconcile', '--app', 'app.csv', '--bill', 'bill.csv')).causes.map(
        ({ cause, difference }: Body) => [cause, difference.input],
      );
    expect(await causes('2026-10-03T03:59:59Z')).toEqual([['late_bill', -6000]]); // 11:59:59 on day 3, UTC+8
    expect(await causes('2026-10-03T04:00:00Z')).toEqual([]);
  });

  test('reads what the ledger holds as it reads files', async () => {
    const at = scene(FILES);
    await at.tokenhub('import', 'app.csv');
    await at.tokenhub('import', 'bill.csv');
    const body = await at.json('reconcile', '--app', 'ledger:app', '--bill', 'ledger:alibaba-bill');
    const ofFiles = await at.json('reconcile', '--app', 'app.csv', '--bill', 'bill.csv');
    expect(body.pairs).toEqual(ofFiles.pairs);
    expect(body.recordings.map(({ tokens }: Body) => tokens)).toEqual(
      ofFiles.recordings.map(({ tokens }: Body) => tokens),
    );
    const day = await at.json('reconcile', '--app', 'ledger:app', '--bill', 'bill.csv', '--from', '2026-09-01T02:00Z');
    expect(day.recordings[0].events).toBe(1);
  });

  test('compares one unit where rules say whose the bill is', async () => {
    const other = APP.replace(',c,chat,', ',c,search,');
    const config = 'units: { chat: {} }\nrules: [{ unit: chat, workspace: [llm-chat] }]\n';
    const at = scene({ ...FILES, 'app.csv': other, 'tokenhub.config.yaml': config });
    const body = await at.json('reconcile', '--app', 'app.csv', '--bill', 'bill.csv', '--unit', 'chat');
    expect(body.pairs[0].dimensions).toEqual(['hour', 'unit', 'model', 'class']);
    expect(body.recordings[0].events).toBe(2);
  });

  test('exits 1 above the threshold and 0 exactly at it', async () => {
    const at = scene(FILES);
    const exitCode = async (...flags: readonly string[]) =>
      (await at.tokenhub('reconcile', ...PAIR, ...flags)).exitCode;
    // The gateway has 2,200 more, of its 8,800 tokens: 25%.
    expect(await exitCode()).toBe(0);
    expect(await exitCode('--threshold', '25%')).toBe(0);
    expect(await exitCode('--threshold', '24.999999%')).toBe(1);
    expect(await exitCode('--threshold', '2200 tokens')).toBe(0);
    expect(await exitCode('--threshold', '2199 tokens')).toBe(1);
    expect(await exitCode('--threshold', '0.00088 USD')).toBe(0);
    expect(await exitCode('--threshold', '0.00087 USD')).toBe(1);
    expect(await exitCode('--threshold', '0%', '--threshold-on', 'unexplained')).toBe(0);
    expect(await exitCode('--threshold', '1 CNY')).toBe(3);
  });

  describe('money where usage has no cost', () => {
    const unpriced = '2026-09-01T01:20:00Z,u,chat,nobodys-model,100000000,0,10000000,ok\n';
    const judged = async (threshold: string, extra = unpriced, gateway = `${APP}${unpriced}`) => {
      const at = scene({ 'app.csv': `${APP}${extra}`, 'gateway.csv': gateway });
      const flags = ['reconcile', ...PAIR, '--threshold', threshold];
      return { ...(await at.tokenhub(...flags)), body: await at.json(...flags) };
    };

    test.each(['0.05 USD', '5%'])('is unknown within %s, not passed', async (threshold) => {
      const { exitCode, stdout, body } = await judged(threshold);
      expect(exitCode).toBe(3);
      expect(stdout).toContain('unknown: app to gateway: the difference of 0 USD (0.00%) is within');
      expect(stdout).toContain('but usage without a cost is not in it; set prices in the config\n');
      expect(stdout).not.toContain('passed:');
      expect(body).toMatchObject({ passed: false, pairs: [{ over: [], unknown: ['USD'], passed: false }] });
    });

    test('is over the threshold all the same by the costs there are', async () => {
      const { exitCode, body } = await judged('0.00087 USD', unpriced, `${GATEWAY}${unpriced.replace('model', 'm,1')}`);
      expect([exitCode, body.pairs[0].over, body.pairs[0].unknown]).toEqual([1, ['USD'], []]); // 0.00088
    });

    test('does not matter to tokens', async () => {
      expect((await judged('0 tokens')).exitCode).toBe(0);
    });

    test.each([
      ['used nothing', unpriced.replace('100000000,0,10000000', '0,0,0')],
      ["came from the gateway's cache", unpriced.replace(',ok', ',cache_hit')],
    ])('is judged where what has none %s', async (_, extra) => {
      expect((await judged('0.05 USD', extra, `${APP}${extra}`)).exitCode).toBe(0);
    });
  });

  test('says that a share judges no cost without a currency in common', async () => {
    const billed = `Billing Date (UTC+8),Hour,Instance ID,Usage,Usage Unit,Payable Amount,Currency
2026-09-01,09:00,k;llm-chat;qwen-plus;input_token;api,3,1K tokens,7.5,CNY
2026-09-01,09:00,k;llm-chat;qwen-plus;output_token;api,0.3,1K tokens,1,CNY
`;
    const at = scene({ 'app.csv': APP.replace(/^.*,c,.*\n/m, ''), 'bill.csv': billed }); // 3,000 and 300, in USD
    const { exitCode, stdout } = await at.tokenhub(
      ...['reconcile', '--app', 'app.csv', '--bill', 'bill.csv', '--threshold', '5%'],
    );
    expect(stdout).toContain('app to bill: cost is not judged: no currency in common\n');
    expect(stdout).toContain('passed: the difference of tokens is within 5%\n');
    expect(exitCode).toBe(0);
  });

  test('tells rows that imports of what the ledger holds rejected, of the window, as bad rows of a file', async () => {
    const bad = '2026-09-01T02:00:00Z,x,chat,qwen-plus,-1,0,1,ok\n2026-09-01T02:00:00Z,y,chat,qwen-plus,-1,0,1,ok\n';
    const at = scene({ ...FILES, 'app.csv': `${APP}${bad}` });
    await at.tokenhub('import', 'app.csv');
    await at.tokenhub('import', 'bill.csv');
    const flags = ['reconcile', '--app', 'ledger:app', '--bill', 'ledger:bill'];
    const { exitCode, stdout, stderr } = await at.tokenhub(...flags);
    expect([exitCode, stdout]).toEqual([2, expect.stringContaining('0.00296 USD computed, 2 bad rows\n')]);
    expect(stderr).toBe('warning: ledger:app: incomplete: 2 rows of app.csv rejected by its import\n');
    const other = await at.tokenhub('reconcile', '--gateway', 'gateway.csv', '--bill', 'ledger:bill');
    expect([other.exitCode, other.stderr]).toEqual([0, '']);
  });

  describe('says what is over the threshold, with the percentage of that', () => {
    // 2,200 of 8,800 tokens are 25%. Cost at 0.4, 0.08 and 1.2 USD per million: of the app 5,500 x 0.4 + 500 x 0.08 +
    // 600 x 1.2 = 2,960; of the gateway 880 more, of its 3,840: 22.916... %.
    const judged = (...flags: readonly string[]) => scene(FILES).tokenhub('reconcile', ...PAIR, ...flags);

    test('of tokens and money where both are', async () => {
      const { stdout } = await judged('--threshold', '5%');
      expect(stdout).toContain('difference 2,000 input, 200 output (25.00% of tokens), 0.00088 USD (22.92%)\n');
      expect(stdout).toContain('failed: app to gateway: the difference of 2,200 tokens (25.00%) is over 5%\n');
      expect(stdout).toContain('failed: app to gateway: the difference of 0.00088 USD (22.92%) is over 5%\n');
    });

    test('of one of them, exactly judged', async () => {
      const { stdout } = await judged('--threshold', '22.92%'); // of the money a little less
      expect(stdout).toContain('failed: app to gateway: the difference of 2,200 tokens (25.00%) is over 22.92%\n');
      expect(stdout).not.toContain('USD (22.92%) is over');
      const { stdout: finer } = await judged('--threshold', '22.91%');
      expect(finer).toContain('USD (22.92%) is over 22.91%');
    });

    test('of what is unexplained, beside the figures of that', async () => {
      const at = scene({ ...FILES, 'gateway.csv': APP.replace('1000,0,100', '100,0,10') }); // no count of one size
      const { exitCode, stdout } = await at.tokenhub(
        ...['reconcile', ...PAIR, '--threshold', '1%', '--threshold-on', 'unexplained'],
      );
      // 900 and 90 less of 6,600 tokens: 15%; 900 x 0.4 + 90 x 1.2 = 468 of 2,960: 15.81%
      expect(exitCode).toBe(1);
      expect(stdout).toContain('; unexplained 990 tokens (15.00%), 0.000468 USD (15.81%)\n');
      expect(stdout).toContain('failed: app to gateway: what is unexplained, 990 tokens (15.00%), is over 1%\n');
    });

    test('and what passed', async () => {
      expect((await judged('--threshold', '25%')).stdout).toContain(
        'passed: the difference of tokens and of USD is within 25%\n',
      );
    });

    test('as JSON', async () => {
      const body = await scene(FILES).json('reconcile', ...PAIR, '--threshold', '24%');
      expect(body.pairs).toMatchObject([
        {
          percent: {
            difference: { tokens: '25.00', cost: { USD: '22.92' } },
            unexplained: { tokens: '0.00', cost: { USD: '0.00' } },
          },
          ...{ judged: ['tokens', 'USD'], over: ['tokens'], passed: false },
        },
      ]);
    });

    test('a difference that is not 0 is never 0.00%', async () => {
      const many = APP.replace('1000,0,100', '100000000,0,100');
      const at = scene({ 'app.csv': many, 'gateway.csv': many.replace('3000,0,300', '3001,0,300') });
      expect((await at.tokenhub('reconcile', ...PAIR)).stdout).toContain('1 input, 0 output (<0.01% of tokens)');
    });
  });

  test('a recording of another role is compared with a warning, and a bill keeps its money', async () => {
    const billed = `Billing Date (UTC+8),Hour,Instance ID,Usage,Usage Unit,Payable Amount,Currency
2026-09-01,09:00,k;llm-chat;qwen-plus;input_token;api,3,1K tokens,7.5,USD
`;
    const at = scene({ ...FILES, 'bill.csv': billed });
    const flags = ['reconcile', '--app', 'bill.csv', '--gateway', 'gateway.csv'];
    const { exitCode, stderr, stdout } = await at.tokenhub(...flags);
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      'warning: --app: bill.csv is a recording of role bill (alibaba-bill), compared as app; its money is billed all the same\n',
    );
    expect(stdout).toContain('app: bill.csv (alibaba-bill): 1 event, 3,000 input, 0 output, 7.5 USD billed\n');
    await at.tokenhub('import', 'bill.csv');
    const held = await at.tokenhub('reconcile', '--app', 'ledger:bill', '--gateway', 'gateway.csv');
    expect(held.stderr).toContain('--app: ledger:bill is a recording of role bill (alibaba-bill), compared as app');
    expect(held.stdout).toContain('7.5 USD billed');
    const own = await at.tokenhub('reconcile', '--app', 'gateway.csv', '--bill', 'app.csv');
    expect(own.stderr).toBe(''); // anyone may write those columns
  });

  test('records without a request id that differ in nothing are no line of the table', async () => {
    const more = '2026-09-01T02:00:00Z,,chat,qwen-plus,10,0,1,ok\n';
    const at = scene({ 'app.csv': `${APP}${more}`, 'gateway.csv': `${APP}${more}` });
    const { stdout } = await at.tokenhub('reconcile', ...PAIR);
    expect(stdout).not.toContain('(no request id)');
    expect(stdout).toContain('nothing is left unexplained');
  });

  test('what has neither tokens nor a cost is not compared, and does not make the buckets coarser', async () => {
    const grains = `date,organization,user_id,user_name,department,seat_type,model,feature,grains,balance_after
2026-09-01,org,u1,u1,HR,premium,flagship,agent_task,112,888
`;
    const at = scene({ ...FILES, 'grains.csv': grains });
    for (const name of ['app.csv', 'grains.csv', 'bill.csv']) await at.tokenhub('import', name);
    const flags = ['reconcile', '--app', 'ledger:app', '--bill', 'ledger:bill'];
    const body = await at.json(...flags);
    expect(body.recordings[0]).toMatchObject({ events: 3, incomparable: 1 });
    expect(body.pairs).toMatchObject([{ by: 'hour', matched: 2, unmatched: 0 }]);
    expect((await at.tokenhub(...flags)).stdout).toContain(
      'not compared: 1 event of app with neither tokens nor a cost\n',
    );
    const alone = await at.tokenhub('reconcile', '--app', 'grains.csv', '--bill', 'bill.csv');
    expect([alone.exitCode, alone.stderr]).toEqual([2, expect.stringContaining('has tokens or a cost')]);
  });

  test('long ids are cut in the middle for people, and whole in files', async () => {
    const id = '06aa04ff72027c832c2f39491660a398:3dc48e4c7c2527c9';
    const at = scene({ 'app.csv': APP, 'gateway.csv': APP.replaceAll(',b,', `,${id},`) });
    expect((await at.tokenhub('reconcile', ...PAIR)).stdout).toContain('  06aa04ff7202…e4c7c2527c9\n');
    expect((await at.tokenhub('reconcile', ...PAIR, '--format', 'csv')).stdout).toContain(id);
    expect((await at.json('reconcile', ...PAIR)).causes[0].evidence).toEqual([id]);
  });

  test('prints every format, with formulas in ids made harmless', async () => {
    const hostile = GATEWAY.replaceAll(',b,', ',=1+1,');
    const at = scene({ 'app.csv': APP.replaceAll(',b,', ',=1+1,'), 'gateway.csv': hostile });
    for (const format of ['table', 'csv', 'markdown', 'ndjson', 'json']) {
      const { exitCode, stdout } = await at.tokenhub('reconcile', ...PAIR, '--format', format);
      expect([format, exitCode]).toEqual([format, 0]);
      expect(stdout).toContain('retry');
      if (format === 'csv') expect(stdout).not.toMatch(/,=1\+1/);
    }
  });

  test('is not confused by ids that are names of every object', async () => {
    const at = scene({
      'app.csv': APP.replace(',a,', ',__proto__,'),
      'gateway.csv': GATEWAY.replace(',a,', ',constructor,'),
    });
    const { causes } = await at.json('reconcile', ...PAIR);
    expect(causes.map(({ cause, evidence }: Body) => [cause, evidence])).toEqual([
      ['retry', ['b']],
      ['missing_in_app', ['constructor']],
      ['missing_in_gateway', ['__proto__']],
    ]);
  });
});

describe('a bill with money', () => {
  const HEAD = 'Billing Date (UTC+8),Hour,Instance ID,Usage,Usage Unit,Payable Amount,Currency';
  /** One request of 40,000 input and 1,000 output of qwen3-max, billed at some amount. */
  const moneyBill = (input: string, output: string): string =>
    [
      HEAD,
      `2026-09-01,09:00,k;llm-chat;qwen3-max;input_token;api,40,1K tokens,${input},CNY`,
      `2026-09-01,09:00,k;llm-chat;qwen3-max;output_token;api,1,1K tokens,${output},CNY`,
      '',
    ].join('\n');
  const app = `timestamp,request_id,model,input_tokens,output_tokens
2026-09-01T01:00:00Z,a,qwen3-max,40000,1000
`;
  const reconciled = (bill: string, region: string) =>
    scene({ 'app.csv': app, 'bill.csv': bill, 'tokenhub.config.yaml': `alibaba: { region: ${region} }\n` }).json(
      ...['reconcile', '--app', 'app.csv', '--bill', 'bill.csv'],
    );

  test('agrees with the price in force', async () => {
    // CNY per million, above 32K: 4 and 16, so 0.16 and 0.016
    const body = await reconciled(moneyBill('0.16', '0.016'), 'cn');
    expect(body).toMatchObject({ difference: { cost: { CNY: '0' } }, causes: [], unexplained: { cost: { CNY: '0' } } });
  });

  test('at the lowest tier is told by the tier rule', async () => {
    // at 2.5 and 10: 0.10 and 0.01, 0.066 less than 0.176
    const body = await reconciled(moneyBill('0.10', '0.01'), 'cn');
    expect(body.causes).toMatchObject([
      { cause: 'tier_rule', difference: { cost: { CNY: '-0.066' } }, evidence: [expect.stringContaining('at tier 1')] },
    ]);
    expect(body.unexplained.cost).toEqual({ CNY: '0' });
  });

  test('of another price list is told by that list, and currencies are not added', async () => {
    const body = await reconciled(moneyBill('0.16', '0.016'), 'intl');
    expect(body.difference.cost).toEqual({});
    expect(body.causes).toMatchObject([
      { cause: 'price_table', evidence: [expect.stringContaining('price list alibaba-cn')] },
    ]);
  });

  test('of the price before the last change is told as another price list', async () => {
    // CNY per million, above 32K: 5 and 16 until August, so 0.2 for 40,000; 4 since
    const price = (rate: number, days: string) =>
      `- { model: qwen3-max, provider: alibaba, currency: CNY, per: 1M tokens, input: ${rate}, output: 16, ${days} }\n`;
    const at = scene({
      ...{ 'app.csv': app, 'bill.csv': moneyBill('0.2', '0.016') },
      'tokenhub.config.yaml': 'prices: [prices.yaml]\n',
      'prices.yaml': `${price(4, 'from: 2026-08-01')}${price(5, 'to: 2026-07-31')}`,
    });
    const { causes, unexplained } = await at.json('reconcile', '--app', 'app.csv', '--bill', 'bill.csv');
    expect(causes).toMatchObject([
      { cause: 'price_table', difference: { cost: { CNY: '0.04' } }, evidence: [expect.stringContaining('before')] },
    ]);
    expect(unexplained.cost).toEqual({ CNY: '0' });
  });

  test('that nothing gives is unexplained', async () => {
    const body = await reconciled(moneyBill('0.5', '0.1'), 'cn');
    expect(body.unexplained.cost).toEqual({ CNY: '0.424' }); // 0.6 - 0.176
    const judged = await scene({ 'app.csv': app, 'bill.csv': moneyBill('0.5', '0.1') }).tokenhub(
      ...['reconcile', '--app', 'app.csv', '--bill', 'bill.csv', '--threshold', '1 CNY'],
    );
    expect(judged.exitCode).toBe(3); // computed in USD
  });
});

test('what has neither tokens nor money nor a request, as grains of a day, does not make days of hours', async () => {
  const grains = `date,user_id,department,seat_type,model,feature,grains
2026-09-01,u1,HR,ordinary,standard,chat,12
`;
  const at = scene({ ...FILES, 'grains.csv': grains });
  await at.tokenhub('import', 'grains.csv');
  await at.tokenhub('import', 'app.csv');
  const { pairs, recordings, unexplained } = await at.json('reconcile', '--app', 'ledger:app', '--bill', 'bill.csv');
  expect([pairs[0].by, recordings[0].events]).toEqual(['hour', 3]);
  expect(unexplained.evidence.join()).not.toContain('no request id');
});

describe('reconcile refuses', () => {
  const refused = async (argv: readonly string[], files: Record<string, string> = FILES) => {
    const { exitCode, stderr } = await scene(files).tokenhub('reconcile', ...argv, '--format', 'json');
    return [exitCode, JSON.parse(stderr).error.code];
  };

  test.each<[string, readonly string[], string]>([
    ['nothing', [], 'TOO_FEW_RECORDINGS'],
    ['one side', ['--app', 'app.csv'], 'TOO_FEW_RECORDINGS'],
    ['one file twice', ['--app', 'app.csv', '--gateway', './app.csv'], 'SAME_RECORDING'],
    ['a file that is not there', ['--app', 'app.csv', '--bill', 'none.csv'], 'PATH_NOT_FOUND'],
    ['a threshold without a unit', [...PAIR, '--threshold', '5'], 'BAD_LIMIT'],
    ['a tokenizer that is none', [...PAIR, '--tokenizer', 'app=o300k'], 'UNKNOWN_ENCODING'],
    ['a tokenizer of nobody', [...PAIR, '--tokenizer', 'cl100k_base'], 'BAD_OPTION'],
    ['a model nobody has', [...PAIR, '--model', 'none'], 'NOTHING_TO_RECONCILE'],
    ['a ledger that is not there', ['--app', 'app.csv', '--bill', 'ledger:bill'], 'LEDGER_MISSING'],
  ])('%s', async (_, argv, code) => {
    expect(await refused(argv)).toEqual([2, code]);
  });

  const hint = async (...argv: readonly string[]) => {
    const { exitCode, stderr } = await scene(FILES).tokenhub('reconcile', ...argv);
    expect(exitCode).toBe(2);
    return stderr;
  };

  test.each(['foo', '5 foo', '5 images', '5', '5 x%'])('a threshold of %s, saying what it may be', async (text) => {
    const said = await hint(...PAIR, '--threshold', text);
    expect(said).toContain(`--threshold: "${text}" is neither a share, tokens nor money`);
    expect(said).toContain('write --threshold 5%, "5k tokens" or "0.05 USD"');
    expect(said).not.toMatch(/500 images|10k requests/);
  });

  test('a tokenizer under its own flag, and of what is not compared', async () => {
    expect(await hint(...PAIR, '--tokenizer', 'app=foo')).toContain('--tokenizer: no encoding of the name "foo"');
    expect(await hint(...PAIR, '--tokenizer', 'bill=cl100k_base')).toContain('add --bill, or leave it out');
  });

  test('a period without records, saying which days there are', async () => {
    const said = await hint(...PAIR, '--period', '2026-08');
    expect(said).toContain('nothing of app.csv is in the period');
    expect(said).toContain('it holds 2026-09-01: ask for days of these, or leave the period out');
    const at = scene(FILES);
    await at.tokenhub('import', 'app.csv');
    const held = await at.tokenhub('reconcile', '--app', 'ledger:app', '--bill', 'bill.csv', '--period', '2026-08');
    expect([held.exitCode, held.stderr]).toEqual([2, expect.stringContaining('it holds 2026-09-01')]);
  });

  test('a model nobody has, saying which there are', async () => {
    expect(await hint(...PAIR, '--model', 'none')).toContain('it has qwen-plus: name one of them with --model');
  });

  test('a file without usage', async () => {
    const empty = { ...FILES, 'gateway.csv': `${GATEWAY.split('\n')[0]}\n` };
    expect(await refused(PAIR, empty)).toEqual([2, 'NOTHING_TO_RECONCILE']);
  });

  test('recordings of other times', async () => {
    expect(
      await refused(PAIR, {
        ...FILES,
        'gateway.csv': GATEWAY.replaceAll('2026-09', '2026-08').replace(/,([abc]),/g, ',x$1,'),
      }),
    ).toEqual([2, 'NO_COMMON_TIME']);
  });

  test('what the ledger does not have, and what is the same in it', async () => {
    const at = scene(FILES);
    await at.tokenhub('import', 'app.csv');
    const none = await at.tokenhub('reconcile', '--app', 'app.csv', '--bill', 'ledger:aap');
    expect([none.exitCode, none.stderr]).toEqual([2, expect.stringContaining('did you mean ledger:app?')]);
    const same = await at.tokenhub('reconcile', '--app', 'ledger:app', '--gateway', 'ledger:tokenhub');
    expect([same.exitCode, same.stderr]).toEqual([2, expect.stringContaining('the same recording')]);
  });

  test('no bad rows, but says that they were there', async () => {
    const at = scene({ ...FILES, 'app.csv': `${APP}2026-09-01T02:00:00Z,x,chat,qwen-plus,-1,0,1,ok\n` });
    const { exitCode, stdout, stderr } = await at.tokenhub('reconcile', ...PAIR);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('app.csv:5: input_tokens');
    expect(stdout).toContain('1 bad row');
  });

  test('to write over what it reads', async () => {
    expect(await refused([...PAIR, '-o', 'csv=app.csv'])).toEqual([2, 'WOULD_OVERWRITE']);
  });
});

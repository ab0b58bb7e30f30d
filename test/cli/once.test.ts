/** Tokens that several files tell of are counted once: grains, exports of one system, accounts with several names. */

import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Body, fixture, type Scene, scene } from './scene.js';
import { csv } from './usage-ledger.js';

/** `role source: used, tokens of it, tokens left out`. */
const uses = ({ query }: Body): string[] =>
  query.recordings.map(
    ({ role, source, account, used, tokens, leftOut }: Body) =>
      `${role} ${source} of ${account}: ${used}, ${tokens}, ${leftOut.tokens} left out`,
  );

async function imported(files: Record<string, string>, ...more: readonly string[][]): Promise<Scene> {
  const at = scene(files);
  for (const argv of more) {
    const { exitCode, stderr } = await at.tokenhub('import', ...argv);
    expect({ argv, exitCode, stderr }).toMatchObject({ exitCode: 0 });
  }
  return at;
}

describe('OpenRouter', () => {
  // Log: 1,200 + 300 and 50 + 0 tokens on the 20th. Days: 900,000 + 30,000 and 7,000 + 800 on the 20th; 500 + 40 on the 21st.
  const log = fixture('usage/openrouter-log.csv');
  const days = `${fixture('usage/openrouter-activity.csv')}"2026-10-21 00:00:00","openai/gpt-5","0.01","0","1","500","40","0"\n`;

  test('the log of a day is read, and the activity of the days without one', async () => {
    const at = await imported({ 'log.csv': log, 'days.csv': days }, ['days.csv', 'log.csv']);
    const body = await at.json('report', '--by', 'day');
    expect(body.rows.map(({ day, tokens }: Body) => [day, tokens.total])).toEqual([
      ['2026-10-20', 1550], // 1,500 + 50
      ['2026-10-21', 540],
    ]);
    expect(uses(body)).toEqual([
      'gateway openrouter of openrouter: both, 1550, 0 left out',
      'gateway openrouter-daily of openrouter: both, 938340, 937800 left out', // 930,000 + 7,800 + 540
    ]);
    expect((await at.tokenhub('report', '--by', 'day')).stdout).toContain(
      'left out: gateway openrouter-daily of account openrouter on 1 of its 2 days (937,800 tokens',
    );
  });
});

describe('LiteLLM', () => {
  const daily = `${fixture('usage/litellm-daily.csv').split('\n')[0]}
d9,u1,2026-10-05,k,qwen3-max,chat,dashscope,/chat,900,100,0,0,0.01,4,4,0
d10,u1,2026-10-06,k,qwen3-max,chat,dashscope,/chat,70,30,0,0,0.01,1,1,0
`;
  const files = {
    'logs.csv': fixture('usage/litellm.csv'),
    'daily.csv': daily,
    'teams.csv': fixture('usage/litellm-team-export.csv'),
  };

  test('spend logs, daily tables and a range of teams tell the same calls: each day is read once', async () => {
    const at = await imported(files, ['teams.csv'], ['daily.csv'], ['logs.csv']);
    const body = await at.json('report', '--by', 'account,day');
    // logs: alibaba 1,560 twice (one from the gateway's cache), anthropic 2,130; the table of the 6th 100
    expect(body.rows.map(({ account, day, tokens }: Body) => [account, day, tokens.total]).sort()).toEqual([
      ['alibaba', '2026-10-05', 3120],
      ['alibaba', '2026-10-06', 100],
      ['anthropic', '2026-10-05', 2130],
    ]);
    expect(uses(body)).toContain('gateway litellm-daily of alibaba: both, 1100, 1000 left out');
    expect(uses(body)).toContain('gateway litellm-export of litellm: none, 282000, 282000 left out'); // 281,000 + 1,000
  });

  test('the range of teams alone is read, whole, and on days of its own', async () => {
    const at = await imported(files, ['teams.csv']);
    const { rows } = await at.json('report', '--by', 'day');
    expect(rows.map(({ day, tokens }: Body) => [day, tokens.total])).toEqual([['2026-10-01..2026-10-31', 282_000]]);
  });

  test('a gateway cache costs nothing and is said to', async () => {
    const at = await imported(files, ['logs.csv']);
    const { totals } = await at.json('report', '--by', 'model');
    expect(totals.covered).toEqual({ events: 1, tokens: 1560 });
    expect((await at.tokenhub('report')).stdout).toContain('covered by a plan: 1 event, 1,560 tokens');
  });
});

describe('DeepSeek', () => {
  const columns = 'user_id,start_time_iso,end_time_iso,model,api_key_name,api_key,type,price,amount';
  const row = (from: string, to: string, amount: number) =>
    `u-7,2026-10-${from}+08:00,2026-10-${to}+08:00,deepseek-v4-pro,portal,,output_tokens,0.000012,${amount}`;
  const file = (...rows: readonly string[]) => `${[columns, ...rows].join('\n')}\n`;

  test('of hours and days the hours are read, for tokens and for money, and days where there are no hours', async () => {
    const hours = file(row('05T08:00:00', '05T09:00:00', 1000), row('05T09:00:00', '05T10:00:00', 500));
    const days = file(row('05T00:00:00', '06T00:00:00', 1500), row('06T00:00:00', '07T00:00:00', 20));
    const at = scene({ 'hours.csv': hours, 'days.csv': days, 'tokenhub.config.yaml': 'timeZone: Asia/Shanghai\n' });
    await at.tokenhub('import', 'hours.csv', 'days.csv');
    const body = await at.json('report', '--by', 'day');
    // 1,500 x 0.000012 = 0.018; 20 x 0.000012 = 0.00024
    expect(body.rows.map(({ day, tokens, cost }: Body) => [day, tokens.total, cost])).toEqual([
      ['2026-10-05', 1500, { CNY: '0.018' }],
      ['2026-10-06', 20, { CNY: '0.00024' }],
    ]);
    expect(body.query.recordings[0].leftOut).toMatchObject({
      ...{ days: 0, tokens: 1500, cost: { CNY: '0.018' } },
      buckets: { days: 1, tokens: 1500 },
    });
    expect((await at.tokenhub('report')).stdout).toContain(
      'left out: buckets of bill deepseek of account u-7 on 1 day (1,500 tokens, 0.018 CNY), of which finer records are read',
    );
  });
});

describe('an edge of the period', () => {
  const columns = 'start_time,end_time,project_id,num_model_requests,api_key_id,model,input_tokens,output_tokens';
  const hour = (at: string, tokens: number) => {
    const start = Date.parse(at) / 1000;
    return `${start},${start + 3600},,1,,gpt-5-mini,${tokens},0`;
  };

  test('cuts an hour, which is a line of its own and in neither of two periods that meet', async () => {
    const rows = [
      columns,
      hour('2026-10-05T08:00:00Z', 7),
      hour('2026-10-05T09:00:00Z', 50),
      hour('2026-10-05T10:00:00Z', 3),
    ];
    const at = await imported({ 'usage.csv': `${rows.join('\n')}\n` }, ['usage.csv']);
    const noon = '2026-10-05T09:30:00Z';
    const before = await at.json('report', '--to', noon);
    const after = await at.json('report', '--from', noon);
    expect([before.totals.tokens.total, after.totals.tokens.total]).toEqual([7, 3]);
    for (const { straddling } of [before, after])
      expect(straddling).toEqual([
        { day: '2026-10-05', grain: 'hour', events: 1, tokens: 50, cost: { USD: expect.any(String) } },
      ]);
    expect((await at.tokenhub('report', '--from', noon)).stdout).toContain(
      'straddling: 1 hourly bucket of 2026-10-05 (50 tokens), cut by the edge of the period, not in the figures',
    );
    expect((await at.tokenhub('report', '--from', noon, '--strict')).exitCode).toBe(3);
  });

  test('cuts a range of days', async () => {
    const at = await imported({ 'teams.csv': fixture('usage/litellm-team-export.csv') }, ['teams.csv']);
    const body = await at.json('report', '--period', '2026-W41');
    expect(body.totals.tokens.total).toBe(null);
    expect(body.straddling).toMatchObject([
      { day: '2026-10-01..2026-10-31', grain: 'range', events: 2, tokens: 282_000 },
    ]);
    expect((await at.json('report', '--period', '2026-10')).straddling).toEqual([]);
  });
});

describe('accounts with several names', () => {
  const link = { 'tokenhub.config.yaml': 'accounts: { alibaba: [prod-2, "2000000000000001"] }\n' };
  const files = {
    'app.csv': csv({ request_id: 'r-1', input: 100, output: 20 }),
    'meter.csv': csv({ request_id: 'r-1', account: 'prod-2', input: 110, output: 20 }),
    'bill.csv': csv({ timestamp: '2026-10-05', account: '2000000000000001', input: '', cost: '0.5', currency: 'CNY' }),
  };
  const all = [['app.csv'], ['meter.csv', '--role', 'meter'], ['bill.csv', '--role', 'bill']];

  test('are one where the config says so: the meter is read for tokens, the bill for money, the application left out', async () => {
    const at = await imported({ ...files, ...link }, ...all);
    const body = await at.json('report', '--by', 'account');
    expect(body.rows).toMatchObject([{ account: 'alibaba', tokens: { total: 130 }, cost: { CNY: '0.5' } }]);
    expect(uses(body)).toEqual([
      'app tokenhub of alibaba: none, 120, 120 left out',
      'bill tokenhub of alibaba: money, 0, 0 left out',
      'meter tokenhub of alibaba: tokens, 130, 0 left out',
    ]);
  });

  test('are named where one of them is asked for', async () => {
    const at = await imported({ ...files, ...link }, ...all);
    const report = await at.tokenhub('report', '--where', 'account=prod-2');
    expect(report.stderr).toContain(
      'no usage of account "prod-2" was ever recorded; accounts of the config links it to alibaba',
    );
    const reprice = await at.tokenhub('reprice', '--account', 'prod-2');
    expect(reprice.exitCode).toBe(2);
    expect(reprice.stderr).toContain('"prod-2" is linked to alibaba by the config');
    const prices = await at.json('prices', 'gpt-4o', '--account', 'prod-2');
    expect(prices.query.account).toBe('alibaba');
    expect((await at.tokenhub('prices', 'gpt-4o', '--account', 'prod-2')).stderr).toContain(
      'account prod-2 is linked to alibaba by the config',
    );
  });

  test('that were linked after an import are said by every report', async () => {
    const at = await imported(files, ...all);
    expect((await at.json('report')).warnings).toEqual([]);
    writeFileSync(at.path('tokenhub.config.yaml'), link['tokenhub.config.yaml']);
    expect((await at.json('report')).warnings).toEqual([
      'accounts of the config links 2000000000000001 to alibaba, prod-2 to alibaba, but the ledger has usage imported before that: take those imports back (tokenhub imports undo) and import the files again',
    ]);
    for (const id of ['2', '3']) await at.tokenhub('imports', 'undo', id);
    for (const argv of all.slice(1)) await at.tokenhub('import', ...argv);
    expect((await at.json('report')).warnings).toEqual([]);
  });

  test('of --account, too', async () => {
    const at = await imported({ ...files, ...link }, ['app.csv', '--account', 'prod-2']);
    expect((await at.json('report', '--by', 'account')).rows[0].account).toBe('alibaba');
  });

  test('without it are added, and the import says what to write', async () => {
    const at = scene(files);
    await at.tokenhub('import', ...all[0]!);
    const { stderr } = await at.tokenhub('import', ...all[1]!);
    expect(stderr).toContain(
      'accounts prod-2 and alibaba both have usage of one day; if they are one account, it is counted twice: write accounts: { alibaba: ["prod-2"] } into the config, then undo the imports of prod-2 and import them again',
    );
    expect((await at.json('report')).totals.tokens.total).toBe(250); // 120 + 130
  });

  test('are told of whichever comes first, and not on days of their own', async () => {
    const first = scene(files);
    await first.tokenhub('import', ...all[1]!);
    expect((await first.tokenhub('import', ...all[0]!)).stderr).toContain(
      'accounts prod-2 and alibaba both have usage',
    );
    const apart = scene({
      ...files,
      'later.csv': csv({ timestamp: '2026-10-06T08:00:00Z', request_id: 'r-2', input: 1 }),
    });
    await apart.tokenhub('import', ...all[1]!);
    expect((await apart.tokenhub('import', 'later.csv')).stderr).toBe('');
  });

  test('two of one provider that are both stated, or of one kind of record, are no doubt', async () => {
    const at = scene({ ...files, 'app-2.csv': csv({ request_id: 'r-9', account: 'prod-2', input: 7 }) });
    await at.tokenhub('import', ...all[1]!);
    expect((await at.tokenhub('import', ...all[2]!)).stderr).toBe('');
    const apps = scene({ ...files, 'app-2.csv': csv({ request_id: 'r-9', account: 'prod-2', input: 7 }) });
    await apps.tokenhub('import', 'app.csv');
    expect((await apps.tokenhub('import', 'app-2.csv')).stderr).toBe('');
  });

  test('a file is not read again under a new link of its account, and is the same file under any other', async () => {
    const at = await imported(files, all[1]!);
    const config = (text: string) => ['--config', text];
    const { path } = scene({
      'link.yaml': link['tokenhub.config.yaml'],
      'other.yaml': 'accounts: { azure: [sub-1] }\n',
    });
    const again = await at.tokenhub('import', ...all[1]!, ...config(path('link.yaml')));
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain('as import 1, read with another link of accounts in the config');
    const other = await at.tokenhub('import', ...all[1]!, ...config(path('other.yaml')), '--json');
    expect(JSON.parse(other.stdout).files[0]).toMatchObject({ alreadyImported: true, import: 1 });
  });
});

describe('one export grouped in two ways', () => {
  const columns = 'start_time,end_time,project_id,num_model_requests,api_key_id,model,input_tokens,output_tokens';
  const file = (...rows: readonly string[]) => `${[columns, ...rows].join('\n')}\n`;
  const DAY = '1792454400,1792540800'; // 2026-10-20
  const models = file(`${DAY},,5,,gpt-5-mini,900,100`);
  const keys = file(`${DAY},,3,key_a,gpt-5-mini,600,70`, `${DAY},,2,key_b,gpt-5-mini,300,30`);

  test('is told of by the later import, with both and what to do', async () => {
    const at = scene({ 'models.csv': models, 'keys.csv': keys });
    expect((await at.tokenhub('import', 'models.csv')).stderr).not.toContain('counted twice');
    const { exitCode, stderr } = await at.tokenhub('import', 'keys.csv');
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      'warning: keys.csv: its buckets (import 2) name model, key; those of import 1 (models.csv) for the same times of openai-usage, account openai, name model: if both tell the same usage, it is counted twice; undo one: tokenhub imports undo 1, or 2\n',
    );
  });

  test('is no doubt when it grew, or is of other days or projects', async () => {
    const at = scene({
      'keys.csv': keys,
      'grown.csv': file(
        `${DAY},,4,key_a,gpt-5-mini,700,90`,
        `${DAY},,2,key_b,gpt-5-mini,300,30`,
        `${DAY},p,1,key_c,gpt-5,1,1`,
      ),
      'next.csv': models.replace(DAY, '1792540800,1792627200'),
    });
    await at.tokenhub('import', 'keys.csv');
    expect((await at.tokenhub('import', 'grown.csv')).stderr).toBe('');
    expect((await at.tokenhub('import', 'next.csv')).stderr).toBe('');
  });
});

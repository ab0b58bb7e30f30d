import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { addDecimals, type Body, type Scene, scene } from './scene.js';

const CONFIG = `prices: [prices.yaml]
units:
  hub: { name: Token Hub }
  wukong: { name: Wukong, parent: hub, owner: enterprise-agents, stage: apply }
  agents: { parent: wukong }
rules:
  - { unit: agents, service: [agent] }
  - { unit: wukong, service: [chat] }
plans:
  - { name: free quota, account: trial }
`;
const PRICES = `- { model: qwen3-max, provider: alibaba, currency: CNY, per: 1M tokens, input: 2.5, cached_input: 0.5, output: 10 }
- { model: claude-x, provider: anthropic, currency: USD, per: 1M tokens, input: 3, output: 15 }
`;
const HEAD =
  'timestamp,request_id,model,provider,account,input_tokens,cached_input_tokens,output_tokens,reasoning_tokens,service';
const SEPTEMBER = '2026-09-30T23:59:59Z,r-0,qwen3-max,alibaba,,400,0,50,,chat';
const CHAT = [
  '2026-10-05T08:00:00Z,r-1,qwen3-max,alibaba,,1000,200,100,40,chat',
  '2026-10-06T08:00:00Z,r-2,claude-x,anthropic,,1000,,200,,chat',
  '2026-10-07T08:00:00Z,r-3,house-1,lab,,4000,,400,,chat',
  '2026-10-08T08:00:00Z,r-4,qwen3-max,alibaba,trial,500,,50,,chat',
];
const AGENTS = [
  '2026-10-31T23:59:59Z,r-5,qwen3-max,alibaba,,2000,0,300,,agent',
  '2026-10-09T08:00:00Z,r-6,qwen3-max,alibaba,,100,,10,,',
];
const file = (...rows: string[]) => [HEAD, ...rows, ''].join('\n');

const FILES = {
  'tokenhub.config.yaml': CONFIG,
  'prices.yaml': PRICES,
  'chat.csv': file(SEPTEMBER, ...CHAT),
  'agents.csv': file(...AGENTS),
  'rates.csv': 'date,base,quote,rate,source\n2026-10-01,USD,CNY,7.1,PBoC\n2026-10-30,USD,CNY,7.2,PBoC\n',
};

async function imported(files: Readonly<Record<string, string>> = {}, order = ['chat.csv', 'agents.csv']) {
  const at = scene({ ...FILES, ...files });
  for (const name of order) await at.tokenhub('import', name);
  return at;
}

const OCTOBER = ['statement', '--unit', 'wukong', '--period', '2026-10'] as const;

/** Written to `s.json`. */
async function written(at: Scene, ...more: string[]): Promise<void> {
  expect((await at.tokenhub(...OCTOBER, '-o', 's.json', ...more)).exitCode).toBe(0);
}

const verdict = async (at: Scene, ...more: string[]): Promise<{ exitCode: number; body: Body }> => {
  const { exitCode, stdout } = await at.tokenhub('statement', '--verify', 's.json', '--json', ...more);
  return { exitCode, body: JSON.parse(stdout) };
};

describe('statement', () => {
  test('is the bill of a unit and the units beneath it', async () => {
    const { json } = await imported();
    const body = await json(...OCTOBER);
    expect(body.unit).toEqual({
      ...{ id: 'wukong', name: 'Wukong', owner: 'enterprise-agents', stage: 'apply', units: ['wukong', 'agents'] },
    });
    // qwen3-max: r-1 of 800 fresh + 200 cached + 100, r-4 of 500 + 50, r-5 of 2,000 + 300
    expect(body.readings.map(({ why: _, ...reading }: Body) => reading)[2]).toMatchObject({
      ...{ model: 'qwen3-max', requests: 3 },
      tokens: { input: 3300, cacheRead: 200, output: 450, reasoning: 40, total: 3950 },
    });
    const lines = body.lines.map((line: Body) => [line.model, line.class, line.tokens, line.rates[0], line.amount]);
    expect(lines).toEqual([
      ['claude-x', 'input', 1000, '3', '0.003'],
      ['claude-x', 'output', 200, '15', '0.003'],
      ['qwen3-max', 'input', 2800, '2.5', '0.007'], // without the 500 the plan covers
      ['qwen3-max', 'cached input', 200, '0.5', '0.0001'],
      ['qwen3-max', 'output', 400, '10', '0.004'],
    ]);
    expect(body.total.cost).toEqual({ CNY: '0.0111', USD: '0.006' });
    expect(body.covered).toEqual([
      { model: 'qwen3-max', reason: 'covered by plan free quota', events: 1, tokens: 550 },
    ]);
    expect(body.unpriced).toMatchObject({ events: 1, tokens: 4400, unsplit: { events: 0 } });
    expect(body.before).toMatchObject({ requests: 1, cost: { CNY: '0.0015' } }); // 400 x 2.5 + 50 x 10
    expect(body.context).toMatchObject({ unassigned: { events: 1, tokens: 110 } });
    expect(body.lines[0].why).toBe('tokenhub why statement:unit=wukong,model=claude-x,period=2026-10');
  });

  test('is what the report of the unit says, to the last digit', async () => {
    const { json } = await imported();
    const statement = await json(...OCTOBER, '--currency', 'CNY', '--rates', 'rates.csv');
    const report = await json(
      'report',
      '--unit',
      'wukong',
      '--period',
      '2026-10',
      '--currency',
      'CNY',
      '--rates',
      'rates.csv',
    );
    expect(statement.total.cost).toEqual(report.totals.cost);
    expect(statement.figures.requests).toBe(report.totals.requests);
    expect(statement.figures.tokens.total).toBe(report.totals.tokens.total);
    expect(statement.total.converted).toMatchObject({ currency: 'CNY', amount: report.totals.converted.amount });
    for (const currency of ['CNY', 'USD'])
      expect(
        addDecimals(
          statement.lines.filter((line: Body) => line.currency === currency).map(({ amount }: Body) => amount),
        ),
      ).toBe(addDecimals([report.totals.cost[currency]]));
  });

  test('prints as ever: JSON, Markdown, CSV and the table', async () => {
    const { tokenhub } = await imported();
    for (const [format, name] of [
      ['json', 'json'],
      ['markdown', 'md'],
      ['csv', 'csv'],
      ['table', 'table.txt'],
    ] as const) {
      const { stdout } = await tokenhub(...OCTOBER, '--format', format, '--currency', 'CNY', '--rates', 'rates.csv');
      const versionless = stdout.replace(/"tokenhub": "[^"]*"/, '"tokenhub": "0"');
      await expect(versionless).toMatchFileSnapshot(`../golden/statement.${name}`);
    }
  });

  test('is the same of a ledger that was filled in another order, byte for byte', async () => {
    const one = await (await imported()).tokenhub(...OCTOBER, '--json');
    const other = await (await imported({}, ['agents.csv', 'chat.csv'])).tokenhub(...OCTOBER, '--json');
    expect(other.stdout).toBe(one.stdout);
  });

  test('tells what bills state, bill by bill', async () => {
    const bill = [
      'timestamp,request_id,model,provider,account,input_tokens,output_tokens,cost,currency,unit',
      '2026-10-05,b-1,qwen3-max,alibaba,,1000,100,1.5,CNY,wukong',
      '2026-10-06,b-2,qwen3-max,alibaba,,,,-0.25,CNY,wukong',
      '',
    ].join('\n');
    const at = await imported({ 'bill.csv': bill, 'tokenhub.config.yaml': 'units: { wukong: {} }\n' }, [
      'bill.csv',
      'agents.csv',
    ]);
    expect((await at.tokenhub('import', 'bill.csv', '--role', 'bill')).exitCode).toBe(0);
    const { lines, total } = await at.json(...OCTOBER);
    expect(lines).toMatchObject([{ section: 'bill', model: 'qwen3-max', amount: '1.25', recording: { role: 'bill' } }]);
    expect(total.cost).toEqual({ CNY: '1.25' });
  });

  test('whose usage is on a bill that says nothing of units is at least what it says', async () => {
    const at = await imported({
      'bill.csv':
        'timestamp,request_id,model,provider,input_tokens,cost,currency\n2026-10-05,b-1,qwen3-max,alibaba,,9,CNY\n',
    });
    expect((await at.tokenhub('import', 'bill.csv', '--role', 'bill')).exitCode).toBe(0);
    const { unpriced, total } = await at.json(...OCTOBER);
    expect(unpriced.unsplit).toEqual({ events: 1, tokens: 1100 }); // r-1, of the day of the bill
    expect(total.isAtLeast).toBe(true);
  });

  test('is also of what no rule assigns, and says on standard error what CSV has no room for', async () => {
    const { json, tokenhub } = await imported();
    const body = await json('statement', '--unit', '(unassigned)', '--period', '2026-10');
    expect(body.total.cost).toEqual({ CNY: '0.00035' }); // 100 x 2.5 + 10 x 10 per million
    expect(body.readings[0].why).toBe("tokenhub why 'statement:unit=(unassigned),model=qwen3-max,period=2026-10'");
    const { stderr } = await tokenhub(...OCTOBER, '--format', 'csv');
    expect(stderr).toContain('not in the total: 1 event, 4,400 tokens without a price\n');
  });

  test('of a unit without usage says so, and owes nothing', async () => {
    const { tokenhub } = await imported();
    const { exitCode, stdout, stderr } = await tokenhub('statement', '--unit', 'wukong', '--period', '2026-08');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('no usage of this unit is recorded in the period\n');
    expect(stdout).toContain('nothing is owed\n');
    expect(stderr).toBe('warning: no usage matches; the ledger holds 2026-09-30 to 2026-10-31\n');
  });

  test('of a unit that a view left out alone names does not say that nothing is owed', async () => {
    const rows = (service: string) => file(CHAT[0]!.replace(/chat$/, service).replace(',alibaba,,', ',alibaba,x,'));
    const { tokenhub } = await imported({ 'app.csv': rows('chat'), 'meter.csv': rows('other') }, ['app.csv']);
    expect((await tokenhub('import', '--role', 'meter', 'meter.csv')).exitCode).toBe(0); // read instead, and of no unit
    const { exitCode, stdout } = await tokenhub(...OCTOBER, '--strict');
    expect(exitCode).toBe(3);
    expect(stdout).toContain('views left out do, below: what it owes is not known');
    expect(stdout).not.toContain('nothing is owed');
  });

  test('ends with 3 under --strict where usage is unpriced, else with 0', async () => {
    const { tokenhub } = await imported();
    expect((await tokenhub(...OCTOBER)).exitCode).toBe(0);
    expect((await tokenhub(...OCTOBER, '--strict')).exitCode).toBe(3);
    expect((await tokenhub('statement', '--unit', 'agents', '--period', '2026-10', '--strict')).exitCode).toBe(0);
  });

  test('of a period that has not ended says on standard error that it is preliminary, and not in its body', async () => {
    const at = await imported();
    const { stderr, stdout } = await at.tokenhub('statement', '--unit', 'wukong', '--period', '2026-11');
    expect(stderr).toContain('preliminary: the period ends 2026-12-01T00:00:00.000Z\n');
    expect(stdout).not.toContain('preliminary');
  });

  test.each<[string, string[], string]>([
    ['a unit nobody knows', ['--unit', 'wukng', '--period', '2026-10'], 'did you mean wukong?'],
    ['no unit', ['--period', '2026-10'], 'a statement needs a unit'],
    ['no period', ['--unit', 'wukong'], 'a statement needs a period with two ends'],
    ['an open end', ['--unit', 'wukong', '--from', '2026-10-01'], 'a statement needs a period with two ends'],
    ['a unit beside a file to verify', ['--unit', 'wukong', '--verify', 's.json'], '--unit'],
  ])('refuses %s', async (_, flags, message) => {
    const { exitCode, stderr } = await (await imported()).tokenhub('statement', ...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test('keeps names from acting: in Markdown, CSV, tables and the commands it prints', async () => {
    const model = `=cmd|' /C'!A0 [x](http://evil)`;
    const row = `2026-10-05T08:00:00Z,r-9,"${model}",lab,,10,,1,,chat`;
    const { tokenhub } = await imported({ 'hostile.csv': file(row) }, ['hostile.csv']);
    const print = async (format: string) => (await tokenhub(...OCTOBER, '--format', format)).stdout;
    expect(await print('csv')).toContain(`,'=cmd|' /C'!A0 [x](http://evil),`);
    expect(await print('markdown')).toContain(`| =cmd\\|' /C'!A0 \\[x\\](http://evil) |`);
    expect(await print('table')).toContain(
      `why 'statement:unit=wukong,model==cmd|'\\'' /C'\\''!A0 [x](http://evil),period=2026-10'\n`,
    );
  });
});

describe('statement --verify', () => {
  test('says that nothing changed', async () => {
    const at = await imported();
    await written(at);
    const { exitCode, body } = await verdict(at);
    expect({ exitCode, ...body }).toMatchObject({ exitCode: 0, isSame: true, isEdited: false, changes: [], notes: [] });
    expect((await at.tokenhub('statement', '--verify', 's.json')).stdout).toContain('the same\n');
  });

  test('finds usage that came later, with tokens and amounts before and now', async () => {
    const at = await imported({ 'late.csv': file('2026-10-20T08:00:00Z,r-7,qwen3-max,alibaba,,1000,0,0,,chat') });
    await written(at);
    await at.tokenhub('import', 'late.csv');
    const { exitCode, body } = await verdict(at);
    expect(exitCode).toBe(1);
    const changes = Object.fromEntries(body.changes.map(({ what, before, now }: Body) => [what, [before, now]]));
    expect(changes['total: cost: CNY']).toEqual(['0.0111', '0.0136']); // and 1,000 x 2.5 per million
    expect(changes['reading qwen3-max alibaba: tokens: input']).toEqual(['3300', '4300']);
    expect(Object.keys(changes)).toContain('hash: rows');
    expect(Object.keys(changes).filter((what) => what.startsWith('line usage claude-x'))).toEqual([]);
  });

  test('finds changed rules, and takes usage of other units for no change', async () => {
    const at = await imported({ 'other.csv': file('2026-10-20T08:00:00Z,r-8,qwen3-max,alibaba,,9,,9,,') });
    await written(at);
    await at.tokenhub('import', 'other.csv');
    const beside = await verdict(at);
    expect(beside).toMatchObject({ exitCode: 0, body: { isSame: true } });
    expect(beside.body.notes.map(({ what }: Body) => what)).toContain('context: unassigned: tokens');
    writeFileSync(at.path('tokenhub.config.yaml'), CONFIG.replace('[agent]', '[agent, robot]'));
    await at.tokenhub('units', '--apply');
    const { exitCode, body } = await verdict(at);
    expect(exitCode).toBe(1);
    expect(body.changes.map(({ what }: Body) => what)).toEqual(['hash: rules']);
  });

  test('finds usage that was priced again', async () => {
    const at = await imported();
    await written(at);
    writeFileSync(at.path('prices.yaml'), PRICES.replace('input: 3', 'input: 4'));
    await at.tokenhub('reprice', '--apply');
    const { exitCode, body } = await verdict(at);
    expect(exitCode).toBe(1);
    const whats = body.changes.map(({ what }: Body) => what);
    expect(whats).toEqual(expect.arrayContaining(['total: cost: USD', 'hash: rows', 'hash: prices']));
  });

  test('takes rates that are not known any more for no change', async () => {
    const at = await imported();
    await written(at);
    writeFileSync(at.path('prices.yaml'), PRICES.replace('input: 3', 'input: 4'));
    const { lines } = await at.json(...OCTOBER);
    expect(lines[0]).toMatchObject({ model: 'claude-x', class: null, rates: [], note: 'rates not known any more' });
    const { exitCode, body } = await verdict(at);
    expect({ exitCode, changes: body.changes }).toEqual({ exitCode: 0, changes: [] });
    expect(body.notes.some(({ what }: Body) => what.startsWith('rates of usage claude-x'))).toBe(true);
  });

  test('notices a file that was edited, also where the figures are those of the ledger', async () => {
    const at = await imported();
    await written(at);
    const text = readFileSync(at.path('s.json'), 'utf8');
    writeFileSync(at.path('s.json'), text.replace('"amount": "0.007"', '"amount": "0.001"'));
    const { exitCode, body } = await verdict(at);
    expect({ exitCode, isEdited: body.isEdited }).toEqual({ exitCode: 1, isEdited: true });
    expect(body.changes).toMatchObject([{ before: '0.001', now: '0.007' }]);
    writeFileSync(at.path('s.json'), text.replace('"owner": "enterprise-agents"', '"owner": "somebody"'));
    expect((await verdict(at)).body).toMatchObject({ isEdited: true, changes: [] });
    expect((await verdict(at)).exitCode).toBe(1);
    writeFileSync(at.path('s.json'), JSON.stringify(JSON.parse(text)));
    expect((await verdict(at)).exitCode).toBe(0); // written in one line, it says the same
    writeFileSync(at.path('s.json'), text.replace(/"number": "\w+"/, '"number": "ffffffffffff"'));
    expect((await verdict(at)).body).toMatchObject({ isEdited: true, isSame: false });
  });

  test('of a converted statement needs the rates again', async () => {
    const at = await imported();
    await written(at, '--currency', 'CNY', '--rates', 'rates.csv');
    expect((await at.tokenhub('statement', '--verify', 's.json')).stderr).toContain('add the rates: --rates rates.csv');
    expect((await verdict(at, '--rates', 'rates.csv')).exitCode).toBe(0);
    writeFileSync(at.path('rates.csv'), FILES['rates.csv'].replace('7.1,', '7.3,'));
    const { exitCode, body } = await verdict(at, '--rates', 'rates.csv');
    expect(exitCode).toBe(1);
    expect(body.changes.map(({ what }: Body) => what)).toEqual(['total: converted: amount', 'hash: rates']);
  });

  test.each([
    ['nothing', null],
    ['text', 'hello'],
    ['another JSON', '{"schema":"tokenhub.report/v1"}'],
    ['half a statement', '{"schema":"tokenhub.statement/v1","unit":{"id":"wukong"}}'],
  ])('ends with 2 where the file is no statement: %s', async (_, content) => {
    const at = await imported(content === null ? {} : { 's.json': content });
    const { exitCode, stderr } = await at.tokenhub('statement', '--verify', 's.json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is no statement');
  });
});

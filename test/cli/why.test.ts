import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Body, picoOf, type Scene, scene } from './scene.js';

const CONFIG = 'tokenhub.config.yaml';
const RULES = `units: { wukong: {}, qianwen: {} }
rules:
  - { unit: wukong, workspace: [llm-wukong], to: 2026-10-06 }
  - { unit: wukong, service: [agent] }
plans: [{ name: seats, key: k-seat }]
prices: [prices.yaml]
budgets:
  - { name: "wukong, month", unit: wukong, period: month, max: 1M tokens }
  - { name: prompts, paths: ["*.md"], max: 1k tokens }
`;

/** Two tiers: up to 1,000 tokens of input at 2 and 8 a million, above at 4 and 16. */
const PRICES = `- model: own
  provider: acme
  currency: USD
  per: 1M tokens
  source: contract 7
  tiers:
    - { up_to: 1k, input: 2, output: 8 }
    - { input: 4, output: 16 }
`;

const COLUMNS =
  'timestamp,request_id,model,provider,input_tokens,output_tokens,account,workspace,service,unit,key,note';

/** The note of r-1 has a line break in it, so that r-2 begins on line 4. */
const FIRST = [
  COLUMNS,
  '2026-10-05T08:00:00Z,r-1,own,acme,1000,100,a,llm-wukong,,,,"two\nlines"',
  '2026-10-06T08:00:00Z,r-2,own,acme,2000,200,a,llm-wukong,,,,',
  '2026-10-07T08:00:00Z,r-3,own,acme,500,10,a,,agent,,,',
  '2026-10-07T09:00:00Z,r-4,own,acme,400,10,a,,,wukong,,',
  '2026-10-07T10:00:00Z,r-5,own,acme,300,10,a,,agent,,k-seat,',
  '2026-10-07T11:00:00Z,r-6,unknown,acme,200,10,a,,agent,,,',
  '2026-10-07T12:00:00Z,r-7,own,acme,90000,10,a,,other,,,',
  '',
].join('\n');

/** r-3 again, and another one. */
const SECOND = ['r-3,500,10', 'r-8,700,70']
  .map((row) => row.split(','))
  .map(([id, input, output]) =>
    JSON.stringify({
      timestamp: '2026-10-07T08:00:00Z',
      ...{ request_id: id, model: 'own', provider: 'acme', account: 'a', service: 'agent' },
      ...{ input_tokens: Number(input), output_tokens: Number(output) },
    }),
  )
  .join('\n');

async function imported(files: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const at = scene({ [CONFIG]: RULES, 'prices.yaml': PRICES, 'first.csv': FIRST, 'second.jsonl': SECOND, ...files });
  const { exitCode, stderr } = await at.tokenhub('import', 'first.csv', 'second.jsonl');
  expect(exitCode, stderr).toBe(0);
  return at;
}

const shares = (parts: readonly Body[], name: (part: Body) => unknown) =>
  parts.map((part) => [name(part), part.events, part.tokens, part.cost.USD ?? null]);

describe('why', () => {
  test('tells the figure of a report with the same selection', async () => {
    const at = await imported();
    const { total } = await at.json('why', '--unit', 'wukong', '--period', '2026-10');
    const { totals } = await at.json('report', '--by', 'unit', '--unit', 'wukong', '--period', '2026-10');
    const { metrics: _, ...figures } = totals;
    expect(total).toEqual({ events: 7, ...figures });
    // 1100 + 2200 + 510 + 410 + 310 + 210 + 770
    expect(total.tokens.total).toBe(5510);
    // r-1 0.0028, r-2 0.0112, r-3 0.00108, r-4 0.00088, r-8 0.00196; r-5 a plan covers, r-6 has no price
    expect(total.cost).toEqual({ USD: '0.01792' });
  });

  test('names the rule that matched by number and place, a unit that records name, and adds up', async () => {
    const at = await imported();
    const { rules } = await at.json('why', '--unit', 'wukong', '--period', '2026-10');
    expect(shares(rules, ({ by, number, place }) => [by, number, place?.file, place?.line])).toEqual([
      [['rule', 1, CONFIG, 3], 2, 3300, '0.014'], // r-1, r-2
      [['rule', 2, CONFIG, 4], 4, 1800, '0.00304'], // r-3, r-5, r-6, r-8
      [['own', null, undefined, undefined], 1, 410, '0.00088'], // r-4
    ]);
  });

  test('multiplies tokens by the rates of their tier, and keeps plans and unpriced usage apart', async () => {
    const at = await imported();
    const { prices } = await at.json('why', '--unit', 'wukong', '--period', '2026-10');
    expect(shares(prices, ({ state, price, reason }) => [state, price?.tier ?? null, reason])).toEqual([
      [['computed', 1000, null], 4, 2790, '0.00672'], // r-1, r-3, r-4, r-8
      [['computed', null, null], 1, 2200, '0.0112'], // r-2
      [['covered', null, 'covered by plan seats'], 1, 310, null],
      [['unpriced', null, 'no price for model "unknown" of provider "acme"'], 1, 210, null],
    ]);
    expect(prices[0].product).toEqual({
      lines: [
        { class: 'input', tokens: '2600', rate: '2', amount: '0.0052' }, // 1000 + 500 + 400 + 700
        { class: 'output', tokens: '190', rate: '8', amount: '0.00152' }, // 100 + 10 + 10 + 70
      ],
      ...{ sum: '0.00672', currency: 'USD', agrees: 'exact', difference: '0', isSame: true, reference: 'contract 7' },
    });
  });

  test('names files with the hash of their bytes, the lines records begin on, and who else holds the same', async () => {
    const at = await imported();
    const { imports, rows } = await at.json('why', '--unit', 'wukong', '--period', '2026-10');
    const hashOf = (name: string) =>
      createHash('sha256')
        .update(readFileSync(at.path(name)))
        .digest('hex');
    expect(imports.map(({ path, sha256, firstLine, lastLine }: Body) => [path, sha256, firstLine, lastLine])).toEqual([
      ['first.csv', hashOf('first.csv'), 2, 8],
      ['second.jsonl', hashOf('second.jsonl'), 2, 2],
    ]);
    expect(imports[0].alsoIn).toEqual([
      { id: 2, path: 'second.jsonl', sha256: hashOf('second.jsonl'), events: 1, firstLine: 1, lastLine: 1 },
    ]);
    expect(rows.map(({ id, file, line }: Body) => [id, `${file}:${line}`])).toEqual([
      ['r-2', 'first.csv:4'],
      ['r-1', 'first.csv:2'],
      ['r-8', 'second.jsonl:2'],
      ['r-3', 'first.csv:5'],
      ['r-4', 'first.csv:6'],
      ['r-5', 'first.csv:7'],
      ['r-6', 'first.csv:8'],
    ]);
    expect(rows[3].alsoIn).toEqual([{ import: 2, file: 'second.jsonl', line: 1 }]);
  });

  test('lists as many events as are asked for, and they are the rows of CSV', async () => {
    const at = await imported();
    const { stdout } = await at.tokenhub('why', '--unit', 'wukong', '--rows', '2', '--format', 'csv');
    expect(
      stdout
        .split('\n')
        .slice(1)
        .map((row) => row.split(',').slice(0, 3).join()),
    ).toEqual(['first.csv,4,r-2', 'first.csv,2,r-1', '']);
  });

  test('says that a stored cost is kept where the list has changed since', async () => {
    const at = await imported();
    writeFileSync(at.path('prices.yaml'), PRICES.replace('input: 2', 'input: 3'));
    const { prices } = await at.json('why', '--unit', 'wukong', '--period', '2026-10');
    const { cost, product } = prices.find(({ price }: Body) => price?.tier === 1000);
    // 2600 tokens at 3 and not 2 a million: 0.0026 more
    expect([cost.USD, product.sum, product.agrees, product.difference]).toEqual([
      '0.00672',
      '0.00932',
      'differs',
      '0.0026',
    ]);
    const { stdout } = await at.tokenhub('why', '--unit', 'wukong', '--period', '2026-10');
    expect(stdout).toContain('now gives; the stored cost is kept: 0.00672 USD');
  });

  test('goes by the rules that were applied, and says that those of the config are others', async () => {
    const at = await imported();
    writeFileSync(at.path(CONFIG), RULES.replace('  - { unit: wukong, service: [agent] }\n', ''));
    const { rules, notes } = await at.json('why', '--unit', 'wukong');
    expect(rules[1]).toMatchObject({ by: 'rule', number: 2, place: null });
    expect(notes.join()).toContain('unit rules of the config changed');
  });

  test('reads a reference like the flags it stands for, and prints it', async () => {
    const at = await imported();
    const byFlags = await at.json('why', '--unit', 'wukong', '--period', '2026-10', '--where', 'service=agent');
    expect(byFlags.query.figure).toBe('report:unit=wukong,service=agent,period=2026-10');
    expect(await at.json('why', byFlags.query.figure)).toEqual(byFlags);
  });

  test('explains the verdict of a budget on the ledger, and no other', async () => {
    const at = await imported();
    const { total, notes } = await at.json('why', 'verdict:wukong, month', '--at', '2026-10-31');
    expect(total.tokens.total).toBe(5510);
    expect(notes).toEqual([`the budget "wukong, month" stands at ${CONFIG}:8`]);
    const files = await at.tokenhub('why', 'verdict:prompts');
    expect(files).toMatchObject({ exitCode: 2 });
    expect(files.stderr).toContain('is a budget on files');
  });

  test.each([
    [['--unit', 'wukng'], 'did you mean wukong?'],
    [['--model', 'onw'], 'did you mean own?'],
    [['--where', 'service=agnt'], 'did you mean agent?'],
    [['report:unit=wukong', '--unit', 'qianwen'], 'leave one of the two out'],
    [['nonsense'], 'report:unit=wukong'],
    [['--at', '2026-10-05'], 'is for verdicts'],
    [['verdict:wukong, month', '--unit', 'wukong'], 'does not go with a verdict'],
  ])('refuses %j', async (argv, hint) => {
    const { exitCode, stderr } = await (await imported()).tokenhub('why', ...argv);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(hint)]);
  });

  test('of a unit that has used nothing says so', async () => {
    const { total, notes } = await (await imported()).json('why', '--unit', 'qianwen');
    expect([total.events, notes[0]]).toEqual([0, 'no usage matches; the ledger holds 2026-10-05 to 2026-10-07']);
  });

  test('explains what has no unit', async () => {
    const { rules, rows } = await (await imported()).json('why', '--unit', '(unassigned)');
    expect(shares(rules, ({ by }) => by)).toEqual([['none', 1, 90_010, '0.36016']]); // 90,000 at 4, 10 at 16 a million
    expect(rows.map(({ id }: Body) => id)).toEqual(['r-7']);
  });
});

describe('why, where recordings tell the same tokens', () => {
  const row = (cells: string) =>
    `timestamp,request_id,model,provider,input_tokens,output_tokens,cost,currency,account,unit\n2026-10-05T08:00:00Z,${cells},a,wukong\n`;

  async function seenThrice(): Promise<Scene> {
    const at = scene({
      'app.csv': row('r-1,own,acme,900,90,,'),
      'meter.csv': row('r-1,own,acme,1000,100,,'),
      'bill.csv': row('b-1,own,acme,1000,100,0.5,USD'),
    });
    for (const role of ['app', 'meter', 'bill'])
      expect((await at.tokenhub('import', `${role}.csv`, '--role', role)).exitCode).toBe(0);
    return at;
  }

  test('tells which is read for tokens, which for cost, and what is left out', async () => {
    const { recordings, total, prices } = await (await seenThrice()).json('why', '--unit', 'wukong');
    expect(shares(recordings, ({ role, used }) => [role, used])).toEqual([
      [['app', 'none'], 0, 0, null],
      [['bill', 'money'], 1, 0, '0.5'],
      [['meter', 'tokens'], 1, 1100, null],
    ]);
    expect(recordings[0].leftOut).toMatchObject({ events: 1, tokens: 990 });
    expect(recordings[0].instead.map(({ role }: Body) => role)).toEqual(['bill', 'meter']);
    expect([total.tokens.total, total.cost]).toEqual([1100, { USD: '0.5' }]);
    expect(prices.map(({ state, usedTokens }: Body) => [state, usedTokens])).toEqual([['billed', 1100]]);
  });

  test('of a stage reads the recordings of that stage alone', async () => {
    const { total, query } = await (await seenThrice()).json('why', 'flow:apply,unit=wukong');
    expect([total.tokens.total, query.stage]).toEqual([990, 'apply']);
  });
});

test('names from outside act neither on a terminal nor in a spreadsheet', async () => {
  const header = 'timestamp,request_id,model,provider,input_tokens,output_tokens,unit';
  const file = 'u\u001b[2J.csv';
  const at = scene({ [file]: `${header}\n2026-10-05T08:00:00Z,=1+1,own,acme,1,1,"a, ""b"""\n` });
  await at.tokenhub('import', file);
  const table = await at.tokenhub('why', 'report:unit="a, ""b"""');
  expect(table.stdout).toContain('u\\x1b[2J.csv, line 2: 1 event');
  expect(table.stdout).not.toContain('\u001b');
  expect((await at.tokenhub('why', '--format', 'csv')).stdout).toContain("'=1+1");
});

test('amounts of prices are those stored, to the last digit', async () => {
  const { prices, total } = await (await imported()).json('why');
  const sum = prices.reduce((pico: bigint, { cost }: Body) => pico + picoOf(cost.USD ?? '0'), 0n);
  expect(sum).toBe(picoOf(total.cost.USD));
});

test('a request that two sources saw counts once, and the one that is counted elsewhere is told', async () => {
  const header = 'timestamp,request_id,model,provider,input_tokens,output_tokens,account';
  const call = (id: string, input_tokens: number) => ({
    ...{ id, object: 'response', model: 'own', created_at: Date.parse('2026-10-05T08:00:00Z') / 1000 },
    usage: {
      ...{ input_tokens, output_tokens: 1, total_tokens: input_tokens + 1 },
      ...{ input_tokens_details: { cached_tokens: 0 }, output_tokens_details: { reasoning_tokens: 0 } },
    },
  });
  const at = scene({
    'usage.csv': `${header}\n2026-10-05T08:00:00Z,r-1,own,acme,100,1,a\n`,
    'other.jsonl': [call('r-1', 90), call('r-2', 50)].map((each) => `${JSON.stringify(each)}\n`).join(''),
  });
  await at.tokenhub('import', 'usage.csv');
  await at.tokenhub('import', 'other.jsonl', '--account', 'a');
  const { total, recordings, rows } = await at.json('why');
  expect(total.tokens.total).toBe(152); // r-1 101, where more was seen, and r-2 51
  expect(recordings.map(({ source, tokens, twins }: Body) => [source, tokens, twins])).toEqual([
    ['openai', 51, 1],
    ['tokenhub', 101, 0],
  ]);
  expect(rows.map(({ id }: Body) => id)).toEqual(['r-1', 'r-2']);
});

describe('a figure that is none', () => {
  test.each([
    ['statement:period=2026-10', 'names no unit'],
    ['statement:unit=wukong,unit=qianwen,period=2026-10', 'names several units'],
  ])('%s %s', async (figure, why) => {
    const { exitCode, stderr } = await scene().tokenhub('why', figure);
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      `error: <figure>: "${figure}" ${why}\n  a statement is of one unit, as in statement:unit=wukong,period=2026-10\n`,
    );
  });

  test('of a statement may have its unit as a flag', async () => {
    const at = await imported();
    const [byFlag, byName] = [
      await at.json('why', 'statement:period=2026-10', '--unit', 'wukong'),
      await at.json('why', 'statement:unit=wukong,period=2026-10'),
    ];
    expect(byFlag.total).toEqual(byName.total);
  });

  test('said by a flag, too, names the values as typed', async () => {
    const { stderr } = await scene().tokenhub('why', 'report:unit=wukong', '--unit', 'qianwen', '--unit', 'innovation');
    expect(stderr).toContain('error: --unit: "qianwen, innovation" is said by the figure, too');
  });
});

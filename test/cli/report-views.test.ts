import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { addDecimals, type Body, picoOf, type Scene, sceneIn } from './scene.js';
import { type Cells, ledgerOf } from './usage-ledger.js';

const values = async ({ json }: Scene, by: string, ...flags: readonly string[]): Promise<unknown[]> =>
  (await json('report', '--by', by, ...flags)).rows.map((row: Body) => [row[by], row.tokens.total]);

const call = (id: string, cells: Cells): Cells => ({ request_id: id, ...cells });

describe('dimensions', () => {
  const rows = [
    call('r-1', {
      input: 1,
      key: 'k1',
      workspace: 'w1',
      team: 't1',
      service: 's1',
      consumer: 'c1',
      session: 'x1',
      status: '200',
      'tag:app': 'chat',
    }),
    call('r-2', { input: 10, timestamp: '2026-12-31T23:30:00Z', 'tag:app': 'code' }),
    call('b-1', { input: 100, timestamp: '2026-11-14' }),
  ];

  test.each([
    ['key', ['k1', 1], [null, 110]],
    ['workspace', ['w1', 1], [null, 110]],
    ['team', ['t1', 1], [null, 110]],
    ['service', ['s1', 1], [null, 110]],
    ['consumer', ['c1', 1], [null, 110]],
    ['session', ['x1', 1], [null, 110]],
    ['status', ['200', 1], [null, 110]],
    ['mode', ['standard', 111]],
    ['tag:app', ['chat', 1], ['code', 10], [null, 100]],
    ['quarter', ['2026-Q4', 111]],
    ['year', ['2026', 111]],
    ['cycle:15', ['2026-09-15', 1], ['2026-10-15', 100], ['2026-12-15', 10]],
    ['hour', ['2026-10-05T08', 1], ['2026-11-14 (whole day)', 100], ['2026-12-31T23', 10]],
  ] as const)('report by %s', async (by, ...expected) => {
    const found = await values(await ledgerOf(rows), by);
    expect(found).toHaveLength(expected.length);
    expect(found).toEqual(expect.arrayContaining(expected.map((row) => [...row])));
  });

  test('a year is that of the zone', async () => {
    expect(await values(await ledgerOf(rows), 'year', '--tz', 'Asia/Kolkata')).toEqual([
      ['2026', 101],
      ['2027', 10], // 23:30Z is 05:00 of the next year
    ]);
  });

  test('a value with a comma is quoted', async () => {
    const at = await ledgerOf([
      call('r-1', { input: 1, team: '"x,y"' }),
      call('r-2', { input: 10, team: 'x' }),
      call('r-3', { input: 100, team: 'z' }),
    ]);
    const flags = ['report', '--where', 'team="x,y",z'];
    expect((await at.json(...flags)).totals.tokens.total).toBe(101);
    expect((await at.tokenhub(...flags)).stdout).toContain('only where: team="x,y",z');
  });

  test.each([
    [['--by', 'sesion'], 'did you mean session?'],
    [['--by', 'cycle:32'], 'names no day from 1 to 31'],
    [['--by', 'tag:'], 'is no dimension\n  dimensions: unit'],
    [['--by', 'nope'], 'is no dimension\n  dimensions: unit'],
    [['--where', 'projct=a'], 'did you mean project?'],
    [['--where', 'project'], 'is no condition'],
    [['--where', 'project='], 'project=(none)'],
    [['--where', 'month=2026-10'], 'use --period'],
    [['--sort', 'costs'], 'did you mean cost?'],
    [['--sort', 'cost:up'], 'write cost:asc or cost:desc'],
    [['--top', '0'], 'whole number from 1'],
    [['--compare', 'previous'], 'add one: --period'],
    [['--period', '2026-10', '--compare', 'before'], 'is no period'],
    [['--per', 'tickets'], 'add one: --metrics'],
    [['--currency', 'USD'], '--rates rates.csv'],
    [['--rates', 'rates.csv'], '--currency USD'],
    [['--currency', 'dollars', '--rates', 'rates.csv'], 'is no currency code'],
  ])('%j exits 2', async (flags, words) => {
    const { exitCode, stderr } = await (await ledgerOf(rows)).tokenhub('report', ...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
  });
});

describe('--where', () => {
  const rows = [
    call('r-1', { input: 1, project: 'alpha', team: 'x' }),
    call('r-2', { input: 10, project: 'alpine', team: 'y' }),
    call('r-3', { input: 100, team: 'x' }),
  ];

  test.each([
    [['project=alpha'], 1],
    [['project=alpha,alpine'], 11],
    [['project!=alpha'], 110],
    [['project~alp*'], 11],
    [['project=(none)'], 100],
    [['project!=(none)'], 11],
    [['project~alp*', 'team=y'], 10],
    [['stage=apply'], 111],
    [['stage!=apply'], null],
    [['unit=(unassigned)'], 111],
    [['provider=alibaba', 'source~token*', 'account!=x', 'role=app'], 111],
  ])('%j lets %s tokens through', async (conditions, tokens) => {
    const flags = conditions.flatMap((condition) => ['--where', condition]);
    const { totals } = await (await ledgerOf(rows)).json('report', ...flags);
    expect(totals.tokens.total).toBe(tokens);
  });

  test('is echoed, and stands above the table', async () => {
    const at = await ledgerOf(rows);
    const flags = ['report', '--where', 'project~alp*', '--where', 'team!=(none)'];
    expect((await at.json(...flags)).query.filters).toEqual([
      { field: 'project', op: '~', values: ['alp*'] },
      { field: 'team', op: '!=', values: ['(none)'] },
    ]);
    expect((await at.tokenhub(...flags)).stdout).toContain('only where: project~alp*\nonly where: team!=(none)');
  });

  test('names what was never recorded', async () => {
    const { exitCode, stderr } = await (await ledgerOf(rows)).tokenhub(
      'report',
      '--where',
      'project=alpa',
      '--where',
      'team~z*',
    );
    expect(exitCode).toBe(0);
    expect(stderr).toContain('no usage of project "alpa" was ever recorded; did you mean alpha?');
    expect(stderr).toContain('no usage of team "z*" was ever recorded');
  });
});

test('--where does not decide which view of the tokens is read, and says so', async () => {
  const at = await ledgerOf([call('r-1', { input: 1 })]);
  await at.tokenhub('import', 'usage.csv', '--role', 'meter');
  const { stderr } = await at.tokenhub('report', '--where', 'role=app');
  expect(stderr).toContain('app tokenhub of account alibaba matches, but another view of the same tokens is read');
  expect((await at.json('report', '--where', 'role=meter')).totals.tokens.total).toBe(1);
});

describe('the first rows', () => {
  const rows = [5, 3, 2, 1].map((input, i) =>
    call(`r-${i}`, { model: `m${i}`, provider: 'p', input, cost: `0.${input}`, currency: 'USD' }),
  );
  const flags = ['report', '--by', 'model', '--cost', 'claimed', '--top', '2'] as const;

  test('are followed by the others, in every format', async () => {
    const at = await ledgerOf(rows);
    const { rows: shown } = await at.json(...flags);
    expect(shown.map(({ model, others, tokens, cost }: Body) => [model, others, tokens.total, cost])).toEqual([
      ['m0', undefined, 5, { USD: '0.5' }],
      ['m1', undefined, 3, { USD: '0.3' }],
      ['(others, 2)', 2, 3, { USD: '0.3' }],
    ]);
    const csv = (await at.tokenhub(...flags, '--format', 'csv')).stdout;
    expect(csv).toMatch(/^"\(others, 2\)",2,/m);
    const lines = (await at.tokenhub(...flags, '--format', 'ndjson')).stdout.trimEnd().split('\n');
    expect(JSON.parse(lines[2]!)).toMatchObject({ model: '(others, 2)', others: 2 });
    for (const format of ['table', 'markdown'])
      expect((await at.tokenhub(...flags, '--format', format)).stdout).toContain('(others, 2)');
  });

  test('in another order', async () => {
    const at = await ledgerOf(rows);
    expect(await values(at, 'model', '--sort', 'name:desc', '--top', '1')).toEqual([
      ['m3', 1],
      ['(others, 3)', 10],
    ]);
  });

  test('of several currencies need one', async () => {
    const at = await ledgerOf([
      ...rows,
      call('r-9', { model: 'x', provider: 'p', input: 1, cost: '1', currency: 'CNY' }),
    ]);
    const { exitCode, stderr } = await at.tokenhub(...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--top: "cost" would compare amounts in CNY and USD\n  convert them: --currency USD');
  });
});

describe('NDJSON', () => {
  test('is one object a line with exact numbers, nothing else', async () => {
    const big = 9_007_199_254_740_991; // 2^53 - 1; three of them are beyond a double
    const at = await ledgerOf(
      [1, 2, 3].map((n) =>
        call(`r-${n}`, { model: 'm', provider: 'p', input: big, cost: '0.000000000001', currency: 'USD' }),
      ),
    );
    const { stdout } = await at.tokenhub('report', '--by', 'model', '--cost', 'claimed', '--format', 'ndjson');
    expect(stdout.endsWith('}\n')).toBe(true);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ model: 'm', requests: 3, cost: { USD: '0.000000000003' } });
    expect(lines[0]).toContain('"total":27021597764222973');
  });
});

describe('--compare', () => {
  const rows = [
    call('r-1', { timestamp: '2026-09-05T08:00:00Z', model: 'm1', provider: 'p', input: 4 }),
    call('r-2', { timestamp: '2026-10-05T08:00:00Z', model: 'm1', provider: 'p', input: 5 }),
    call('r-3', { timestamp: '2026-10-05T08:00:00Z', model: 'm2', provider: 'p', input: 1 }),
    call('r-4', { timestamp: '2026-09-30T08:00:00Z', model: 'm3', provider: 'p', input: 2 }),
  ];
  const priced = () => ledgerOf(rows.map((row) => ({ ...row, cost: String(row.input), currency: 'USD' })));
  const flags = ['report', '--by', 'model', '--cost', 'claimed', '--period', '2026-10', '--compare', 'previous'];

  test('previous sets a month beside the month before', async () => {
    const body = await (await priced()).json(...flags);
    expect(body.query.compare).toEqual({ from: '2026-09-01T00:00:00.000Z', to: '2026-10-01T00:00:00.000Z' });
    expect(body.rows.map(({ model, cost, previous, delta }: Body) => [model, cost, previous.cost, delta.cost])).toEqual(
      [
        ['m1', { USD: '5' }, { USD: '4' }, { USD: { change: '1', percent: '25.0' } }],
        ['m2', { USD: '1' }, { USD: '0' }, { USD: { change: '1', percent: 'new' } }],
        ['m3', { USD: '0' }, { USD: '2' }, { USD: { change: '-2', percent: '-100.0' } }],
      ],
    );
    expect(body.totals.delta).toMatchObject({ tokens: { change: 0, percent: '0.0' } });
  });

  test('in a table has columns of its own, and the period above', async () => {
    const { stdout } = await (await priced()).tokenhub(...flags);
    expect(stdout).toContain('compared with: 2026-09-01 to 2026-09-30');
    expect(stdout).toMatch(/^m1 .* 5\.00 +4\.00 +1\.00 +\+25\.0% /m);
    expect(stdout).toMatch(/^m3 .* 0\.00 +2\.00 +-2\.00 +-100\.0% /m);
  });

  test('has a currency that is new in rows and in the total alike, 0 before', async () => {
    const at = await ledgerOf([
      call('r-1', {
        timestamp: '2026-09-05T08:00:00Z',
        model: 'm1',
        provider: 'p',
        input: 1,
        cost: '4',
        currency: 'USD',
      }),
      call('r-2', {
        timestamp: '2026-10-05T08:00:00Z',
        model: 'm2',
        provider: 'p',
        input: 1,
        cost: '7',
        currency: 'CNY',
      }),
      call('r-3', {
        timestamp: '2026-10-05T08:00:00Z',
        model: 'm1',
        provider: 'p',
        input: 1,
        cost: '3',
        currency: 'CNY',
      }),
    ]);
    const { rows: shown, totals } = await at.json(...flags);
    const change = { change: '7', percent: 'new' };
    expect(shown.find(({ model }: Body) => model === 'm2')).toMatchObject({
      ...{ previous: { cost: { CNY: '0' } }, delta: { cost: { CNY: change } } },
    });
    expect(shown.find(({ model }: Body) => model === 'm1').previous.cost).toEqual({ CNY: '0', USD: '4' });
    expect(totals.previous.cost).toEqual({ CNY: '0', USD: '4' });
    expect(totals.delta.cost).toEqual({
      CNY: { change: '10', percent: 'new' },
      USD: { change: '-4', percent: '-100.0' },
    });
  });

  test('does not take for 0 what a price was missing for', async () => {
    const at = await ledgerOf([
      call('r-1', { timestamp: '2026-09-05T08:00:00Z', model: 'm1', provider: 'p', input: 1 }),
      call('r-2', {
        timestamp: '2026-10-05T08:00:00Z',
        model: 'm2',
        provider: 'p',
        input: 1,
        cost: '7',
        currency: 'CNY',
      }),
    ]);
    const { totals } = await at.json(...flags);
    expect(totals.previous.cost).toEqual({});
    expect(totals.delta.cost).toEqual({ CNY: { change: null, percent: null } });
  });

  test('in CSV is exact and adds up', async () => {
    const { stdout } = await (await priced()).tokenhub(...flags, '--format', 'csv');
    const [header, ...lines] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const column = (name: string) => lines.map((cells) => cells[header!.indexOf(name)]!);
    expect(column('previous_total')).toEqual(['4', '0', '2']);
    expect(column('delta_cost_USD_percent')).toEqual(['25.0', 'new', '-100.0']);
    expect(addDecimals(column('cost_USD'))).toBe(
      addDecimals(column('previous_cost_USD')) + addDecimals(column('delta_cost_USD')),
    );
  });

  test('a period may be named', async () => {
    const body = await (await priced()).json(...flags.slice(0, -1), '2025-10');
    expect(body.totals.previous).toMatchObject({ requests: 0, cost: { USD: '0' } });
  });
});

describe('--metrics', () => {
  const rows = [
    call('r-1', { timestamp: '2026-10-05T08:00:00Z', unit: 'wukong', input: 4, cost: '4', currency: 'USD' }),
    call('r-2', { timestamp: '2026-10-06T08:00:00Z', unit: 'qianwen', input: 5, cost: '5', currency: 'USD' }),
    call('r-3', { timestamp: '2026-10-06T09:00:00Z', unit: 'innovation', input: 1, cost: '1', currency: 'USD' }),
  ];
  const kpi =
    'date,unit,metric,value\n2026-10-05,wukong,tickets,16\n2026-10-05,qianwen,tickets,0\n' +
    '2026-10-06,qianwen,tickets,20\n2026-10-05,wukong,users,3\n';
  const flags = ['report', '--by', 'unit', '--cost', 'claimed', '--metrics', 'kpi.csv', '--per', 'tickets'];

  test('tells the cost of one, and what is not known', async () => {
    const at = await ledgerOf(rows, { 'kpi.csv': kpi });
    const body = await at.json(...flags);
    expect(body.query.per).toBe('tickets');
    expect(body.rows.map(({ unit, per }: Body) => [unit, per])).toEqual([
      ['qianwen', { metric: 'tickets', count: '20', missingDays: 0, cost: { USD: '0.25' } }], // 5 / (0 + 20)
      ['wukong', { metric: 'tickets', count: '16', missingDays: 0, cost: { USD: '0.25' } }], // 4 / 16
      ['innovation', { metric: 'tickets', count: null, missingDays: 1, cost: null }],
    ]);
    // innovation has no value of the 6th, on which it used tokens.
    expect(body.totals.per).toEqual({ metric: 'tickets', count: null, missingDays: 1, cost: null });
    const byDay = await at.json(...flags.map((flag) => (flag === 'unit' ? 'day' : flag)));
    expect(byDay.rows.map(({ per }: Body) => per.count)).toEqual(['16', null]);
    expect(byDay.totals.per).toEqual(body.totals.per);
    const { stdout } = await at.tokenhub(...flags);
    expect(stdout).toContain('tickets: not known of 1 day with usage');
    expect(stdout).toMatch(/tickets +tickets/);
    const csv = (await at.tokenhub(...flags, '--format', 'csv')).stdout.split('\n');
    expect(csv[0]).toContain('metric_tickets,cost_per_tickets_USD');
  });

  test('warns of units that nothing was recorded of', async () => {
    const at = await ledgerOf(rows, { 'kpi.csv': 'date,unit,metric,value\n2026-10-05,wukng,tickets,16\n' });
    const { exitCode, stderr } = await at.tokenhub(...flags);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      'tickets are given for the unit "wukng", which no usage was ever recorded of; did you mean wukong?',
    );
  });

  test('names the metrics there are, and errors at their place', async () => {
    const at = await ledgerOf(rows, {
      'kpi.csv': kpi,
      'empty.csv': '',
      'bad.csv': 'date,unit,metric,value\n2026-10-05,a,tickets,x\n',
    });
    expect((await at.tokenhub('report', '--metrics', 'kpi.csv')).stderr).toContain(
      'choose one with --per: tickets, users',
    );
    expect((await at.tokenhub('report', '--metrics', 'kpi.csv', '--per', 'ticket')).stderr).toContain(
      'did you mean tickets?',
    );
    for (const flags of [[], ['--per', 'tickets']]) {
      const empty = await at.tokenhub('report', '--metrics', 'empty.csv', ...flags);
      expect(empty.exitCode).toBe(2);
      expect(empty.stderr).toContain('"empty.csv" holds no values\n  write a line per day, unit and metric');
    }
    const { exitCode, stderr } = await at.tokenhub('report', '--metrics', 'bad.csv');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('bad.csv:2: value: "x" is no decimal number');
  });
});

describe('--currency', () => {
  const rows = [
    call('r-1', { timestamp: '2026-10-05T08:00:00Z', model: 'a', input: 1, cost: '70', currency: 'CNY' }),
    call('r-2', { timestamp: '2026-10-06T08:00:00Z', model: 'b', input: 1, cost: '7', currency: 'CNY' }),
    call('r-3', { timestamp: '2026-10-06T08:00:00Z', model: 'b', input: 1, cost: '1', currency: 'USD' }),
    call('r-4', { timestamp: '2026-10-06T08:00:00Z', model: 'c', input: 1, cost: '3', currency: 'EUR' }),
  ];
  const rates = 'date,base,quote,rate,source\n2026-10-05,USD,CNY,7,central bank\n2026-10-06,USD,CNY,3.5,central bank\n';
  const flags = ['report', '--by', 'model', '--cost', 'claimed', '--currency', 'usd', '--rates', 'rates.csv'];

  test('converts beside the originals, by the rate of the day, and names what has none', async () => {
    const at = await ledgerOf(rows, { 'rates.csv': rates });
    const body = await at.json(...flags);
    expect(body.query.exchange).toMatchObject({ currency: 'USD', rate: 'daily' });
    expect(body.query.exchange.used).toEqual([
      { from: 'CNY', first: '2026-10-05', last: '2026-10-06', paths: ['inverse'], sources: ['central bank'] },
    ]);
    expect(body.rows.map(({ model, cost, converted }: Body) => [model, cost, converted])).toEqual([
      ['a', { CNY: '70' }, { currency: 'USD', amount: '10', missing: {} }], // 70 / 7
      ['b', { CNY: '7', USD: '1' }, { currency: 'USD', amount: '3', missing: {} }], // 7 / 3.5 + 1
      ['c', { EUR: '3' }, { currency: 'USD', amount: null, missing: { EUR: '3' } }],
    ]);
    expect(body.totals.converted).toEqual({ currency: 'USD', amount: '13', missing: { EUR: '3' } });
    const { stdout } = await at.tokenhub(...flags);
    expect(stdout).toContain('in USD: rates of CNY daily, 2026-10-05 to 2026-10-06, inverse (central bank)');
    expect(stdout).toContain('not converted: 3.00 EUR');
  });

  test('the rows add up to the total to the last digit', async () => {
    const thirds = 'date,base,quote,rate,source\n2026-10-05,USD,CNY,3,x\n2026-10-06,USD,CNY,3,x\n';
    const at = await ledgerOf(rows, { 'rates.csv': thirds });
    const { rows: shown, totals } = await at.json(...flags, '--where', 'model!=c');
    // 77 / 3 + 1 = 26.666…
    expect(totals.converted.amount).toBe('26.666666666667');
    expect(addDecimals(shown.map(({ converted }: Body) => converted.amount))).toBe(picoOf(totals.converted.amount));
  });

  test('--strict exits 3 where a rate is missing', async () => {
    const at = await ledgerOf(rows, { 'rates.csv': rates });
    expect((await at.tokenhub(...flags, '--strict')).exitCode).toBe(3);
    expect((await at.tokenhub(...flags, '--strict', '--where', 'model!=c')).exitCode).toBe(0);
  });

  test.each([
    ['GBP', rates, 'no rate of rates.csv leads to GBP; its currencies: CNY, USD'],
    ['USD', 'date,base,quote,rate,source\n', 'no rate of rates.csv leads to USD; it has none'],
    ['USD', '', 'no rate of rates.csv leads to USD; it has none'],
  ])('says that no rate leads to %s', async (currency, file, warning) => {
    const at = await ledgerOf(rows, { 'rates.csv': file });
    const asked = flags.with(6, currency);
    const { exitCode, stdout, stderr } = await at.tokenhub(...asked);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: `warning: ${warning}\n` });
    expect(stdout).toContain(`in ${currency}: no rate was used`);
    expect((await at.tokenhub(...asked, '--strict')).exitCode).toBe(3);
  });

  test('needs no rate of what is in the currency already', async () => {
    const at = await ledgerOf(rows, { 'rates.csv': 'date,base,quote,rate,source\n' });
    const { stdout, stderr } = await at.tokenhub(...flags.with(6, 'EUR'), '--where', 'model=c', '--strict');
    expect(stderr).toBe('');
    expect(stdout).toContain('in EUR: no rate was needed');
  });

  test('orders by the amounts converted', async () => {
    const at = await ledgerOf(rows, { 'rates.csv': rates });
    expect((await at.json(...flags, '--top', '1')).rows.map(({ model }: Body) => model)).toEqual(['a', '(others, 2)']);
  });

  test.each([
    ['average', '15.666666666667'], // 1 USD is (7 + 3.5) / 2 = 5.25 CNY: 77 / 5.25 + 1
    ['closing', '23'], // 77 / 3.5 + 1
  ])('--rate %s takes one rate for the period', async (rate, amount) => {
    const at = await ledgerOf(rows, { 'rates.csv': rates });
    const { totals } = await at.json(...flags, '--rate', rate, '--where', 'model!=c');
    expect(totals.converted.amount).toBe(amount);
  });

  test('compares the amounts converted', async () => {
    const september = call('r-0', {
      timestamp: '2026-09-06T08:00:00Z',
      model: 'b',
      input: 1,
      cost: '4',
      currency: 'CNY',
    });
    const at = await ledgerOf([...rows, september], { 'rates.csv': `${rates}2026-09-06,USD,CNY,2,central bank\n` });
    const compared = [...flags, '--where', 'model!=c', '--period', '2026-10', '--compare', 'previous'];
    const { totals } = await at.json(...compared);
    // 70 / 7 + 7 / 3.5 + 1 = 13, after 4 / 2 = 2
    expect(totals.previous.converted).toEqual({ currency: 'USD', amount: '2', missing: {} });
    expect(totals.delta.converted).toEqual({ change: '11', percent: '550.0' });
    const header = (await at.tokenhub(...compared, '--format', 'csv')).stdout.split('\n')[0];
    expect(header).toContain('converted_USD,previous_converted_USD,delta_converted_USD,delta_converted_USD_percent');
  });

  test('an unknown price is never 0 in another currency', async () => {
    const at = await ledgerOf([call('r-1', { model: 'mystery', provider: 'nobody', input: 1 })], {
      'rates.csv': rates,
    });
    expect((await at.json(...flags)).rows[0]).toMatchObject({ cost: {}, converted: { amount: null, missing: {} } });
  });

  test('errors of the file name it as it was typed', async () => {
    const at = await ledgerOf(rows, { 'rates.csv': 'date,base,quote,rate,source\n2026-10-05,USD,CNY,none,x\n' });
    const { exitCode, stderr } = await at.tokenhub(...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('error: rates.csv:2: rate:');
  });
});

describe('where nothing matches', () => {
  test('the days that the ledger holds are those of the zone asked for', async () => {
    const at = await ledgerOf([call('r-1', { timestamp: '2026-10-31T23:30:00Z', input: 1 })]);
    for (const [tz, day] of [
      ['UTC', '2026-10-31'],
      ['Europe/Berlin', '2026-11-01'],
    ] as const)
      for (const command of ['report', 'reprice'])
        expect((await at.tokenhub(command, '--period', '2025', '--tz', tz)).stderr).toContain(
          `the ledger holds ${day} to ${day}`,
        );
  });
});

describe('--latency', () => {
  const rows = [100, 200, 300, 4000].map((latency_ms, i) => call(`r-${i}`, { input: 1, latency_ms }));

  test('tells percentiles and how far they may be off', async () => {
    const at = await ledgerOf([...rows, call('r-9', { input: 1 })]);
    const { latency } = (await at.json('report', '--latency')).totals;
    expect(latency).toMatchObject({ count: 4, error: '0.045' });
    expect(Math.abs(latency.p50 - 200)).toBeLessThanOrEqual(9); // 4.5% of 200
    expect(Math.abs(latency.p95 - 4000)).toBeLessThanOrEqual(180);
    expect((await at.tokenhub('report', '--latency')).stdout).toMatch(/p50 +p95 +p99/);
  });

  test('is not told unless asked for', async () => {
    expect((await (await ledgerOf(rows)).json('report')).totals).not.toHaveProperty('latency');
  });
});

describe('the chart of a terminal', () => {
  const rows = [
    call('r-1', { timestamp: '2026-10-05T08:00:00Z', input: 80 }),
    call('r-2', { timestamp: '2026-10-07T08:00:00Z', input: 10 }),
  ];
  const flags = ['report', '--by', 'model', '--period', '2026-W41'];

  test('shows tokens per day with its gaps, where there is room', async () => {
    const { folder } = await ledgerOf(rows);
    const wide = sceneIn(folder, { columns: 200 });
    expect((await wide.tokenhub(...flags)).stdout).toContain('█·▁····'); // Monday and Wednesday of seven days
    expect((await wide.tokenhub(...flags, '--no-spark')).stdout).not.toContain('█');
    expect((await wide.tokenhub(...flags.with(2, 'day'))).stdout).not.toContain('█');
    expect((await wide.tokenhub(...flags.with(2, 'day'), '--spark')).stdout).toContain('█');
    const narrow = sceneIn(folder, { columns: 30 });
    expect((await narrow.tokenhub(...flags)).stdout).not.toContain('█');
  });

  test('is not in what is piped, nor in files', async () => {
    const { folder } = await ledgerOf(rows);
    const piped = sceneIn(folder);
    for (const format of ['table', 'csv', 'json', 'ndjson', 'markdown'])
      expect((await piped.tokenhub(...flags, '--spark', '--format', format)).stdout).not.toMatch(/[▁-█]/);
    const wide = sceneIn(folder, { columns: 200 });
    for (const format of ['csv', 'json', 'markdown'])
      expect((await wide.tokenhub(...flags, '--spark', '--format', format)).stdout).not.toMatch(/[▁-█]/);
    await wide.tokenhub(...flags, '-o', 'report.txt');
    expect(readFileSync(wide.path('report.txt'), 'utf8')).not.toMatch(/[▁-█]/);
  });
});

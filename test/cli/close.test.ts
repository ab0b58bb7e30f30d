import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadDriver } from '../../src/load-driver.js';
import { type Body, fixture, picoOf, type Scene, scene } from './scene.js';
import { type Cells, csv } from './usage-ledger.js';

const CONFIG = 'tokenhub.config.yaml';
const RULES = 'units: { chat: {}, agent: {} }\nrules:\n  - { unit: chat, workspace: [llm-chat] }\n';
const OTHER_RULES = 'units: { chat: {}, agent: {} }\nrules:\n  - { unit: agent, workspace: [llm-chat] }\n';

/** A call a day of a month, but for those left out. */
const month = (name: string, days: number, leftOut: readonly number[] = []) =>
  csv(
    ...Array.from({ length: days }, (_, i) => i + 1)
      .filter((day) => !leftOut.includes(day))
      .map((day) => ({
        timestamp: `${name}-${`${day}`.padStart(2, '0')}T08:00:00Z`,
        request_id: `${name}-${day}`,
        workspace: 'llm-chat',
        input_tokens: 1000,
        output_tokens: 100,
      })),
  );

const NOW = { now: '2026-12-05T00:00:00Z' };

/** October and November, of which nothing is to be said. */
async function clean(files: Record<string, string> = {}): Promise<Scene> {
  const at = scene(
    { 'oct.csv': month('2026-10', 31), 'nov.csv': month('2026-11', 30), [CONFIG]: RULES, ...files },
    NOW,
  );
  for (const file of ['oct.csv', 'nov.csv', ...Object.keys(files).filter((name) => name.startsWith('in-'))])
    expect((await at.tokenhub('import', file)).stderr).not.toContain('error');
  return at;
}

async function closed(): Promise<Scene> {
  const at = await clean();
  expect((await at.tokenhub('close', '2026-10')).exitCode).toBe(0);
  return at;
}

const late = (...rows: readonly Cells[]) =>
  csv(
    ...rows.map((row, i) => ({
      request_id: `late-${i}`,
      workspace: 'llm-chat',
      input_tokens: 500,
      output_tokens: 50,
      ...row,
    })),
  );

const LATE = late({ timestamp: '2026-10-15T10:00:00Z' }, { timestamp: '2026-11-15T10:00:00Z' });

describe('close', () => {
  test('freezes a period of which nothing is to be said', async () => {
    const at = await clean();
    const body = await at.json('close', '2026-10');
    expect(body).toMatchObject({
      schema: 'tokenhub.close/v1',
      query: { period: '2026-10', firstDay: '2026-10-01', lastDay: '2026-10-31', tz: 'UTC', dryRun: false },
      closed: true,
      frozen: { lines: 1, imports: 1 },
      findings: [],
      corrections: [],
    });
    const { closings } = await at.json('close', '--list');
    expect(closings).toMatchObject([
      {
        period: '2026-10',
        state: 'closed',
        hash: body.hash,
        closedAt: '2026-12-05T00:00:00.000Z',
        pending: { lines: [] },
      },
    ]);
  });

  test('has the same hash again, from the same ledger', async () => {
    const at = await clean();
    const first = await at.json('close', '2026-10', '--dry-run');
    expect(first).toMatchObject({ closed: false });
    expect((await at.json('close', '2026-10')).hash).toBe(first.hash);
  });

  test('a dry run changes no byte of the ledger', async () => {
    const at = await clean();
    const before = readFileSync(at.path('tokenhub.db'));
    const { exitCode, stdout } = await at.tokenhub('close', '2026-10', '--dry-run');
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('nothing stands in the way'),
    });
    expect(readFileSync(at.path('tokenhub.db')).equals(before)).toBe(true);
  });

  test('is refused for days that are closed already, and names the closed period', async () => {
    const at = await closed();
    for (const period of ['2026-10', '2026-Q4', '2026-10-31', '2026-W40']) {
      const { exitCode, stderr } = await at.tokenhub('close', period, '--force');
      expect({ period, exitCode }).toEqual({ period, exitCode: 2 });
      expect(stderr).toContain('tokenhub close --reopen 2026-10');
    }
    expect((await at.tokenhub('close', '2026-11')).exitCode).toBe(0);
  });

  test('prints a command that closes, with all that was found accepted and the flags that count', async () => {
    const at = scene(
      {
        'oct.csv': month('2026-10', 31, [3]),
        'rates.csv': 'date,base,quote,rate,source\n2026-10-01,USD,CNY,7.1,ECB\n',
        [CONFIG]: 'units: { chat: {} }\n',
      },
      NOW,
    );
    await at.tokenhub('import', 'oct.csv');
    const flags = ['--currency', 'CNY', '--rates', 'rates.csv', '--note', 'by hand'];
    const forced = await at.tokenhub('close', '2026-10', '--dry-run', '--force', ...flags);
    const typed = "close 2026-10 --accept gaps,unassigned,rates --currency CNY --rates rates.csv --note 'by hand'";
    expect(forced).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(`all that was found is accepted: tokenhub ${typed}\n`),
    });
    const partly = await at.tokenhub('close', '2026-10', '--accept', 'gaps');
    expect(partly.stdout).toContain('accept it: tokenhub close 2026-10 --accept gaps,unassigned\n');
    const { exitCode } = await at.tokenhub('close', '2026-10', '--accept', 'gaps,unassigned,rates', ...flags);
    expect(exitCode).toBe(0);
  });

  test('is refused in another zone than that of what is closed, until that is opened again', async () => {
    const at = await closed();
    writeFileSync(at.path(CONFIG), `timeZone: Asia/Shanghai\n${RULES}`);
    for (const period of ['2026-11', '2026-12', '2026-09']) {
      const { exitCode, stderr } = await at.tokenhub('close', period, '--force', '--dry-run');
      expect({ period, exitCode }).toEqual({ period, exitCode: 2 });
      expect(stderr).toContain('2026-10 is closed in days of UTC');
      expect(stderr).toContain('put timeZone: UTC into the config');
      expect(stderr).toContain('tokenhub close --reopen 2026-10 --reason');
    }
    await at.tokenhub('close', '--reopen', '2026-10', '--reason', 'days of Shanghai');
    for (const period of ['2026-10', '2026-11'])
      expect((await at.tokenhub('close', period, '--force')).exitCode).toBe(0);
    expect((await at.json('close', '--list')).closings.map(({ tz }: Body) => tz)).toEqual([
      'UTC',
      'Asia/Shanghai',
      'Asia/Shanghai',
    ]);
  });

  test.each([
    ['neither a period nor anything else', [], "missing required argument 'period'"],
    ['a period and --list', ['2026-10', '--list'], 'exclude each other'],
    ['a check that is none', ['2026-10', '--accept', 'gap'], 'did you mean gaps?'],
    ['no reason', ['--reopen', '2026-10'], 'needs a reason'],
    ['a period that is not closed', ['--reopen', '2026-11', '--reason', 'x'], 'is not closed'],
    ['rates without a currency', ['2026-11', '--rates', 'r.csv'], 'say what into: --currency USD'],
  ])('exits 2 for %s', async (_, flags, words) => {
    const { exitCode, stderr } = await (await closed()).tokenhub('close', ...flags);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(words) });
  });
});

describe('the checklist of close', () => {
  const findings = async (at: Scene, ...flags: string[]): Promise<Body[]> =>
    (await at.json('close', '2026-10', '--dry-run', ...flags)).findings;

  test('stops the closing with exit 3, says each finding with what mends it, and --accept lets it pass', async () => {
    const at = scene({ 'oct.csv': month('2026-10', 31, [3, 4, 9]), [CONFIG]: RULES }, NOW);
    await at.tokenhub('import', 'oct.csv');
    const { exitCode, stdout } = await at.tokenhub('close', '2026-10');
    expect(exitCode).toBe(3);
    expect(stdout).toContain(
      'gaps: app tokenhub of alibaba has no events on 3 days: 2026-10-03 to 2026-10-04, 2026-10-09',
    );
    expect(stdout).toContain('\n  tokenhub imports --coverage --period 2026-10\n');
    expect((await at.json('close', '--list')).closings).toEqual([]);
    expect((await at.tokenhub('close', '2026-10', '--accept', 'rejects')).exitCode).toBe(3);
    expect((await at.tokenhub('close', '2026-10', '--accept', 'gaps,rejects', '--note', 'holidays')).exitCode).toBe(0);
    expect((await at.json('close', '--list')).closings).toMatchObject([{ accepted: ['gaps'], note: 'holidays' }]);
  });

  test('--force accepts all', async () => {
    const at = scene({ 'oct.csv': month('2026-10', 3), [CONFIG]: OTHER_RULES }, { now: '2026-10-20T00:00:00Z' });
    await at.tokenhub('import', 'oct.csv');
    writeFileSync(at.path(CONFIG), RULES);
    expect((await at.tokenhub('close', '2026-10', '--force')).exitCode).toBe(0);
    expect((await at.json('close', '--list')).closings[0].accepted).toEqual(['unended', 'gaps', 'rules']);
  });

  test('names days that are to come as no gap, but the period as not ended', async () => {
    const at = scene({ 'oct.csv': month('2026-10', 20), [CONFIG]: RULES }, { now: '2026-10-20T12:00:00Z' });
    await at.tokenhub('import', 'oct.csv');
    expect((await findings(at)).map(({ check }) => check)).toEqual(['unended']);
  });

  test('names a period without usage, and usage without unit or price', async () => {
    const rows = late(
      { timestamp: '2026-10-15T10:00:00Z', workspace: 'other' }, // 550 tokens
      { timestamp: '2026-10-16T10:00:00Z', model: 'own model' },
    );
    const at = await clean({ 'in-late.csv': rows });
    expect(await findings(at)).toEqual([
      expect.objectContaining({ check: 'unassigned', figures: { events: 1, tokens: 550 }, command: 'tokenhub units' }),
      expect.objectContaining({
        ...{ check: 'unpriced', subject: 'own model', figures: { events: 1, tokens: 550 } },
        command: "tokenhub reprice --model 'own model' --period 2026-10 --apply",
      }),
    ]);
    expect((await at.json('close', '2026-08', '--dry-run')).findings).toMatchObject([{ check: 'empty' }]);
  });

  test('names rejected rows, by file', async () => {
    const at = await clean({
      'bad file.csv': `${late({ timestamp: '2026-10-15T10:00:00Z' })}2026-10-16T10:00:00Z,x\n`,
    });
    await at.tokenhub('import', 'bad file.csv');
    expect(await findings(at)).toMatchObject([
      {
        check: 'rejects',
        subject: 'bad file.csv',
        figures: { rejected: 1 },
        command: "tokenhub import 'bad file.csv'",
      },
    ]);
  });

  test('names roles of an account that do not agree, on the days both recorded', async () => {
    const at = await clean({ 'meter.csv': month('2026-10', 30) }); // 1 to 30 October agree
    await at.tokenhub('import', 'meter.csv', '--role', 'meter');
    expect((await findings(at)).map(({ check }) => check)).toEqual(['gaps']);
    writeFileSync(at.path('more.csv'), late({ timestamp: '2026-10-30T10:00:00Z' }));
    await at.tokenhub('import', 'more.csv', '--role', 'meter');
    const [, finding] = await findings(at);
    // meter 30 * 1,100 + 550 = 33,550 beside 33,000 of the application: 550 of 33,550 is 1.639 %
    expect(finding).toMatchObject({
      ...{ check: 'unreconciled', subject: 'alibaba' },
      figures: { meter: 33_550, app: 33_000, days: 30, tokens: 550, percent: '1.63' },
      command: 'tokenhub reconcile --app ledger:app --bill ledger:meter --period 2026-10',
    });
  });

  test('names days without a rate, and freezes the rates it was given', async () => {
    const rates = 'date,base,quote,rate,source\n2026-10-20,USD,CNY,7.1,ECB\n';
    const at = await clean({ 'rates.csv': rates });
    const flags = ['--currency', 'CNY', '--rates', 'rates.csv'];
    const found = await findings(at, ...flags);
    expect(found).toMatchObject([{ check: 'rates', subject: 'USD in CNY' }]);
    writeFileSync(
      at.path('rates.csv'),
      rates.replace('2026-10-20', '2026-10-01') +
        rates.split('\n')[1] +
        '\n2026-10-11,USD,CNY,7.2,ECB\n2026-10-30,USD,CNY,7.3,ECB\n',
    );
    expect(await findings(at, ...flags)).toEqual([]);
    expect((await at.tokenhub('close', '2026-10', ...flags)).exitCode).toBe(0);
    expect(contentsOf(at)[0].rates.rates).toHaveLength(4);
  });

  test.each([
    ['2026-11-03T03:59:59Z', ['gaps', 'unassigned', 'preliminary']],
    ['2026-11-03T04:00:00Z', ['gaps', 'unassigned']],
  ])('names a bill of Alibaba before it is final, at %s', async (now, checks) => {
    const bill = fixture('usage/alibaba-bill-en.csv');
    const at = scene({ 'bill.csv': bill, [CONFIG]: 'timeZone: Asia/Shanghai\n' }, { now });
    await at.tokenhub('import', 'bill.csv');
    const found = await findings(at);
    expect([...new Set(found.map(({ check }) => check))]).toEqual(checks);
    for (const { check, figures } of found)
      if (check === 'preliminary') expect(figures).toEqual({ finalAt: '2026-11-03T04:00:00.000Z' });
  });

  test('names rules that are not applied', async () => {
    const at = await clean();
    writeFileSync(at.path(CONFIG), OTHER_RULES);
    expect(await findings(at)).toMatchObject([{ check: 'rules', command: 'tokenhub units --apply' }]);
  });
});

const contentsOf = (at: Scene): Body[] => {
  const db = new (loadDriver())(at.path('tokenhub.db'), { readonly: true });
  const contents = db.prepare('SELECT content FROM closing ORDER BY id').pluck().all() as string[];
  db.close();
  return contents.map((text) => JSON.parse(text));
};

const unitTotals = async (at: Scene, period: string): Promise<Record<string, number>> => {
  const { rows } = await at.json('report', '--by', 'unit', '--period', period);
  return Object.fromEntries(rows.map(({ unit, tokens }: Body) => [unit, tokens.total]));
};

describe('events of a closed period', () => {
  test('stay in their unit when rules are applied, while those of open periods move', async () => {
    const at = await closed();
    writeFileSync(at.path(CONFIG), OTHER_RULES);
    const preview = await at.json('units');
    expect(preview).toMatchObject({ changed: { events: 30 }, kept: { events: 31, tokens: 34_100 } });
    const { stdout } = await at.tokenhub('units', '--apply');
    expect(stdout).toContain('applied: 30 events changed unit');
    expect(stdout).toContain('31 events of closed periods keep the unit they have');
    expect(await unitTotals(at, '2026-10')).toEqual({ chat: 34_100 }); // 31 * 1,100
    expect(await unitTotals(at, '2026-11')).toEqual({ agent: 33_000 });
    expect((await at.json('close', '--list')).closings[0].pending.lines).toEqual([]);
  });

  test('keep their cost when they are priced again, while those of open periods change', async () => {
    const at = await closed();
    const price = '- { provider: alibaba, model: qwen3-max, currency: USD, per: 1M tokens, input: 10, output: 10 }\n';
    writeFileSync(at.path('prices.yaml'), price);
    writeFileSync(at.path(CONFIG), `${RULES}prices: [prices.yaml]\n`);
    const before = (await at.json('report', '--period', '2026-10')).totals.cost;
    const { exitCode, stdout, stderr } = await at.tokenhub('reprice', '--apply');
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr).toContain('31 events of closed periods keep their cost');
    expect(stdout).toContain('applied: 30 events priced anew');
    expect((await at.json('report', '--period', '2026-10')).totals.cost).toEqual(before);
    // 30 calls of 1,100 tokens at 10 USD per million
    expect((await at.json('report', '--period', '2026-11')).totals.cost).toEqual({ USD: '0.33' });
  });
});

describe('pricing anew where all that matches is closed', () => {
  test('says so, and not that nothing matches', async () => {
    const at = await closed();
    const { exitCode, stderr } = await at.tokenhub('reprice', '--period', '2026-10');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('31 events match, all of closed periods, and keep their cost');
    expect(stderr).not.toContain('no usage matches');
    const one = await at.tokenhub('reprice', '--from', '2026-10-05', '--to', '2026-10-05');
    expect(one.stderr).toContain('1 event matches, is of a closed period, and keeps its cost');
    expect((await at.tokenhub('reprice', '--period', '2026-08')).stderr).toContain('no usage matches');
  });
});

describe('a change in a closed period', () => {
  const pending = async (at: Scene): Promise<Body> => (await at.json('close', '--list')).closings.at(-1).pending;

  test('is imported, said, and told as a correction in the open period, with the import', async () => {
    const at = await closed();
    const before = (await at.json('report', '--period', '2026-10')).totals;
    writeFileSync(at.path('late.csv'), LATE);
    const { stderr } = await at.tokenhub('import', 'late.csv');
    expect(stderr).toContain(
      'late.csv: 1 event of it fell into 2026-10, which is closed, and shows as a correction in 2026-11',
    );
    const { period, cause, lines, shownIn } = await pending(at);
    expect({ period, shownIn }).toEqual({ period: '2026-10', shownIn: '2026-11' });
    expect(cause).toEqual({ added: [{ id: 3, path: 'late.csv', sha256: expect.any(String) }], removed: [] });
    expect(lines).toMatchObject([
      {
        unit: 'chat',
        model: 'qwen3-max',
        role: 'app',
        charge: 'usage',
        kind: 'computed',
        currency: 'USD',
        events: 1,
        tokens: { input: 500, output: 50 },
      },
    ]);
    const report = await at.json('report', '--period', '2026-10');
    expect(picoOf(lines[0].cost)).toBe(picoOf(report.totals.cost.USD) - picoOf(before.cost.USD));
    expect(report.warnings).toEqual([
      expect.stringContaining('2026-10 is closed and has changed since: 1 correction line, to be shown in 2026-11'),
    ]);
    expect((await at.json('report', '--period', '2026-11')).warnings).toEqual([]);
  });

  test('is gone when the import is taken back', async () => {
    const at = await closed();
    writeFileSync(at.path('late.csv'), LATE);
    await at.tokenhub('import', 'late.csv');
    expect((await at.tokenhub('imports', 'undo', '3')).stderr).toContain(
      'import 3 reached into 2026-10, which is closed',
    );
    expect((await pending(at)).lines).toEqual([]);
  });

  test('is negative when an import of the closed period is taken back', async () => {
    const at = await closed();
    await at.tokenhub('imports', 'undo', '1');
    const { cause, lines } = await pending(at);
    expect(cause).toMatchObject({ added: [], removed: [{ id: 1, path: 'oct.csv' }] });
    expect(lines).toMatchObject([{ events: -31, requests: -31, tokens: { input: -31_000, output: -3100 } }]);
    expect(lines[0].cost.startsWith('-')).toBe(true);
  });

  test('is taken up by the open period when that is closed, and told once', async () => {
    const at = await closed();
    writeFileSync(at.path('late.csv'), LATE);
    await at.tokenhub('import', 'late.csv');
    const { lines } = await pending(at);
    const november = await at.json('close', '2026-11');
    expect(november.corrections).toMatchObject([{ period: '2026-10', lines }]);
    expect((await at.json('close', '--list')).closings.map((each: Body) => each.pending.lines)).toEqual([[], []]);
    await at.tokenhub('imports', 'undo', '3'); // what was taken up is given back in December
    const [october] = (await at.json('close', '--list')).closings;
    expect(october.pending).toMatchObject({
      shownIn: '2026-12',
      cause: { added: [], removed: [{ id: 3, path: 'late.csv' }] },
      lines: [{ events: -1, tokens: { input: -500 } }],
    });
  });

  test('is told by both closings once it is taken up, and by reports of the period as long as they differ', async () => {
    const at = await closed();
    const before = (await at.json('report', '--period', '2026-10')).totals.cost.USD;
    writeFileSync(at.path('late.csv'), LATE);
    await at.tokenhub('import', 'late.csv');
    const { lines, cause } = await pending(at);
    expect((await at.tokenhub('close', '2026-11')).stdout).toContain('takes up 1 correction line (');
    const [october, november] = (await at.json('close', '--list')).closings;
    const report = await at.json('report', '--period', '2026-10');
    const cost = { USD: lines[0].cost };
    expect(picoOf(cost.USD)).toBe(picoOf(report.totals.cost.USD) - picoOf(before));
    expect(october).toMatchObject({
      pending: { lines: [], cost: {} },
      takenUp: [{ in: '2026-11', cause, lines, cost }],
      corrections: [],
    });
    expect(november).toMatchObject({ takenUp: [], corrections: [{ period: '2026-10', cause, lines, cost }] });
    const { stdout } = await at.tokenhub('close', '--list');
    expect(stdout).toMatch(/^2026-11: took up 1 correction line \(0\.0\d+ USD\) of 2026-10, from import 3 late\.csv$/m);
    expect(stdout).toMatch(
      /^2026-10: 1 correction line \(0\.0\d+ USD\) taken up by 2026-11, from import 3 late\.csv$/m,
    );
    const says = '2026-10 is closed and has changed since: 1 correction line shown in statement 2026-11';
    expect(report.warnings).toEqual([expect.stringContaining(`${says}; figures here`)]);
    writeFileSync(at.path('later.csv'), late({ timestamp: '2026-10-16T10:00:00Z', request_id: 'later' }));
    await at.tokenhub('import', 'later.csv');
    expect((await at.json('report', '--period', '2026-10')).warnings).toEqual([
      expect.stringContaining(`${says}; 1 correction line, to be shown in 2026-12; figures here`),
    ]);
    expect((await at.json('close', '--list')).closings[0].pending.cause.added).toMatchObject([{ path: 'later.csv' }]);
    for (const id of ['3', '4']) await at.tokenhub('imports', 'undo', id);
    expect((await at.json('report', '--period', '2026-10')).warnings).toEqual([]); // as it was closed
  });

  test('is in the figures of a period closed anew', async () => {
    const at = await closed();
    writeFileSync(at.path('late.csv'), LATE);
    await at.tokenhub('import', 'late.csv');
    expect((await at.tokenhub('close', '--reopen', '2026-10', '--reason', 'a log was late')).exitCode).toBe(0);
    expect((await at.tokenhub('close', '2026-10')).exitCode).toBe(0);
    const { closings } = await at.json('close', '--list');
    expect(closings).toMatchObject([
      { state: 'reopened', reason: 'a log was late', pending: null },
      { state: 'closed', reason: null, pending: { lines: [] } },
    ]);
    expect(closings[0].hash).not.toBe(closings[1].hash);
  });

  test('keeps its period from being opened while a later one has taken it up', async () => {
    const at = await closed();
    writeFileSync(at.path('late.csv'), LATE);
    await at.tokenhub('import', 'late.csv');
    await at.tokenhub('close', '2026-11');
    const reopen = (period: string) => at.tokenhub('close', '--reopen', period, '--reason', 'x');
    expect(await reopen('2026-10')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('open that one first: tokenhub close --reopen 2026-11'),
    });
    expect((await reopen('2026-11')).exitCode).toBe(0);
    expect((await reopen('2026-10')).exitCode).toBe(0);
  });
});

describe('a closing that was changed by hand', () => {
  const edit = (at: Scene, sql: string): void => {
    const db = new (loadDriver())(at.path('tokenhub.db'));
    db.exec(sql);
    db.close();
  };
  const CONTENT = "UPDATE closing SET content = replace(content, 'chat', 'cat')";

  test.each([
    ['what was frozen', CONTENT],
    ['its days', "UPDATE closing SET last_day = '2026-10-30'"],
    ['its hash', "UPDATE closing SET hash = 'x'"],
    ['its zone', "UPDATE closing SET time_zone = 'Mars/Base'"],
    ['a day that is none', "UPDATE closing SET last_day = '2026-13-40'"],
  ])('is told by %s, and no command that rests on it goes on', async (_, sql) => {
    const at = await closed();
    edit(at, sql);
    const { exitCode, stdout, stderr } = await at.tokenhub('close', '--list', '--json');
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout).closings).toMatchObject([{ state: 'damaged', lines: null, pending: null, takenUp: [] }]);
    expect(stderr).toContain('CLOSING_DAMAGED');
    expect((await at.json('report', '--period', '2026-10')).warnings).toEqual([
      expect.stringContaining('is not as it was kept'),
    ]);
    writeFileSync(at.path(CONFIG), OTHER_RULES);
    const before = readFileSync(at.path('tokenhub.db'));
    for (const argv of [
      ['units', '--apply'],
      ['reprice', '--apply'],
      ['close', '2026-11', '--force'],
    ])
      expect(await at.tokenhub(...argv)).toMatchObject({
        exitCode: 3,
        stderr: expect.stringContaining('tokenhub close --reopen 2026-10'),
      });
    expect(readFileSync(at.path('tokenhub.db')).equals(before)).toBe(true);
    expect((await at.tokenhub('close', '--reopen', '2026-10', '--reason', 'damaged')).exitCode).toBe(0);
  });

  test.each(["UPDATE closing SET time_zone = 'Mars/Base'", "UPDATE closing SET last_day = '2026-13-40'"])(
    'keeps nothing from being imported or taken back, but is told: %s',
    async (sql) => {
      const at = await closed();
      edit(at, sql);
      writeFileSync(at.path('late.csv'), LATE);
      for (const argv of [
        ['import', 'late.csv'],
        ['imports', 'undo', '3'],
      ])
        expect(await at.tokenhub(...argv)).toMatchObject({
          exitCode: 0,
          stderr: expect.stringContaining('warning: CLOSING_DAMAGED'),
        });
    },
  );

  test('is shown, and fails nothing, once it is opened again and closed anew, as its hint says', async () => {
    const at = await closed();
    edit(at, CONTENT);
    await at.tokenhub('close', '--reopen', '2026-10', '--reason', 'damaged');
    const reopened = await at.tokenhub('close', '--list');
    expect(reopened).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining('damaged') });
    expect((await at.tokenhub('close', '2026-10')).exitCode).toBe(0);
    const { exitCode, stdout } = await at.tokenhub('close', '--list', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).closings.map(({ state }: Body) => state)).toEqual(['damaged', 'closed']);
  });

  test('can be opened again, the last first, where several are damaged', async () => {
    const at = await closed();
    await at.tokenhub('close', '2026-11');
    edit(at, CONTENT);
    const reopen = (period: string) => at.tokenhub('close', '--reopen', period, '--reason', 'damaged');
    expect(await reopen('2026-10')).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('tokenhub close --reopen 2026-11'),
    });
    expect((await reopen('2026-11')).exitCode).toBe(0);
    expect((await reopen('2026-10')).exitCode).toBe(0);
  });
});

import { describe, expect, test } from 'vitest';
import { type Body, scene } from './scene.js';

const HEADER = 'timestamp,request_id,model,input_tokens,output_tokens';
/** 1 October: 100 + 10 and 200 + 20 tokens; 4 October: 300 + 30. */
const FIRST = `${HEADER}
2026-10-01T08:00:00Z,r1,gpt-4o,100,10
2026-10-01T09:00:00Z,r2,gpt-4o,200,20
2026-10-04T09:00:00Z,r3,gpt-4o,300,30
`;
/** r2 again, a minute earlier and with more output; r4 is new: 400 + 40. */
const SECOND = `${HEADER}
2026-10-01T08:59:00Z,r2,gpt-4o,200,25
2026-10-06T00:00:00Z,r4,gpt-4o,400,40
`;

/** One bucket of October and one of the 5th. */
const MONTH = `start_time,end_time,num_model_requests,model,input_tokens,output_tokens,input_cached_tokens
${Date.UTC(2026, 9, 1) / 1000},${Date.UTC(2026, 10, 1) / 1000},3,gpt-4o,1000,100,0
${Date.UTC(2026, 9, 5) / 1000},${Date.UTC(2026, 9, 6) / 1000},1,gpt-4o,1000,100,0
`;

const hub = () => scene({ 'first.csv': FIRST, 'second.csv': SECOND });
const tokensOf = async ({ json }: ReturnType<typeof hub>) => (await json('report')).totals.tokens;

describe('imports', () => {
  test('lists what was imported, oldest first', async () => {
    const { tokenhub, json } = hub();
    await tokenhub('import', 'first.csv', 'second.csv');
    const { imports } = await json('imports');
    expect(imports).toMatchObject([
      {
        id: 1,
        path: 'first.csv',
        source: 'tokenhub',
        role: 'app',
        read: 3,
        added: 3,
        from: '2026-10-01T08:00:00.000Z',
      },
      { id: 2, path: 'second.csv', read: 2, added: 1, updated: 1, duplicate: 0, to: '2026-10-06T00:00:00.000Z' },
    ]);
    expect(imports[0].options).toMatchObject({ timeZone: 'UTC', account: null });
    const { stdout, exitCode } = await tokenhub('imports');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^1 +first\.csv +tokenhub +app +2026-10-01 +2026-10-04 +3 +3 +0 +0 +0/m);
  });

  test('of an empty ledger say so, and of none that there is none', async () => {
    const { tokenhub } = hub();
    expect(await tokenhub('imports')).toMatchObject({ exitCode: 2 });
    await tokenhub('import', 'first.csv');
    await tokenhub('imports', 'undo', '1');
    expect((await tokenhub('imports')).stdout).toContain('nothing was imported yet');
  });

  test('name a word that is no subcommand', async () => {
    const { tokenhub } = hub();
    await tokenhub('import', 'first.csv');
    expect(await tokenhub('imports', 'uno', '1')).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('imports --coverage', () => {
  test('names runs of days without events between the first and the last of a recording', async () => {
    const { tokenhub, json } = hub();
    await tokenhub('import', 'first.csv', 'second.csv');
    expect((await json('imports', '--coverage')).recordings).toEqual([
      {
        ...{ role: 'app', source: 'tokenhub', account: 'openai' },
        events: 4,
        days: [
          { day: '2026-10-01', events: 2 },
          { day: '2026-10-04', events: 1 },
          { day: '2026-10-06', events: 1 },
        ],
        gaps: [
          { from: '2026-10-02', to: '2026-10-03', days: 2 },
          { from: '2026-10-05', to: '2026-10-05', days: 1 },
        ],
      },
    ]);
    const { stdout } = await tokenhub('imports', '--coverage');
    expect(stdout).toContain('no events: app tokenhub of account openai: 2026-10-02..2026-10-03, 2026-10-05');
  });

  test('of a period asked for begins and ends with it, but not after today', async () => {
    const { tokenhub, json } = scene({ 'first.csv': FIRST, 'second.csv': SECOND }, { now: '2026-10-08T12:00:00Z' });
    await tokenhub('import', 'first.csv', 'second.csv');
    const { query, recordings } = await json('imports', '--period', '2026-10', '--coverage');
    expect(query).toEqual({ from: '2026-10-01', to: '2026-10-08', tz: 'UTC' });
    expect(recordings[0].gaps.at(-1)).toEqual({ from: '2026-10-07', to: '2026-10-08', days: 2 });
    const [later] = (await json('imports', '--from', '2026-10-02', '--to', '2026-10-03')).recordings;
    expect(later).toMatchObject({ days: [], gaps: [{ from: '2026-10-02', to: '2026-10-03', days: 2 }] });
  });

  test('of a period to come is headed by it, and finds nothing missing', async () => {
    const { tokenhub, json } = scene({ 'first.csv': FIRST }, { now: '2026-10-08T12:00:00Z' });
    await tokenhub('import', 'first.csv');
    const { query, recordings } = await json('imports', '--period', '2026-W53');
    expect(query).toMatchObject({ from: '2026-12-28', to: '2027-01-03' });
    expect(recordings).toMatchObject([{ events: 0, days: [], gaps: [] }]);
  });

  test('counts an event of several days once', async () => {
    const { tokenhub, json } = scene({ 'month.csv': MONTH });
    await tokenhub('import', 'month.csv');
    const eventsOf = async (...argv: string[]) =>
      (await json('imports', '--coverage', ...argv)).recordings.map(({ events, days }: Body) => [events, days.length]);
    expect(await eventsOf()).toEqual([[2, 31]]); // all of October, and the 5th
    expect(await eventsOf('--from', '2026-10-05')).toEqual([[2, 27]]);
    expect(await eventsOf('--from', '2026-10-06')).toEqual([[1, 26]]);
    expect((await tokenhub('imports', '--coverage')).stdout).toMatch(/2026-10-01 +2026-10-31 +31 +0 +2\n/);
  });

  test('counts days of the zone asked for', async () => {
    const { tokenhub, json } = hub();
    await tokenhub('import', 'second.csv');
    const [zone] = (await json('imports', '--coverage', '--tz', 'America/New_York')).recordings;
    expect(zone.days.map(({ day }: { day: string }) => day)).toEqual(['2026-10-01', '2026-10-05']); // midnight UTC is the 5th there
  });
});

describe('imports undo', () => {
  test('removes what the import alone holds, and restores what others say', async () => {
    const at = hub();
    await at.tokenhub('import', 'first.csv');
    const before = await tokensOf(at);
    await at.tokenhub('import', 'second.csv');
    expect((await tokensOf(at)).total).toBe(1105); // 110 + 225 + 330 + 440
    const { stdout } = await at.tokenhub('imports', 'undo', '2');
    expect(stdout).toContain('import 2 was taken back: 1 event removed, 1 event restored to what other imports say');
    expect(await tokensOf(at)).toEqual(before); // 110 + 220 + 330
    expect((await at.json('imports')).imports).toHaveLength(1);
  });

  test('of the import that came first leaves the second as if it had been alone', async () => {
    const at = hub();
    await at.tokenhub('import', 'first.csv', 'second.csv');
    expect(await at.json('imports', 'undo', '1')).toMatchObject({
      ...{ schema: 'tokenhub.undo/v1', dryRun: false, import: 1, path: 'first.csv', removed: 2, restored: 0 },
    });
    const alone = scene({ 'second.csv': SECOND });
    await alone.tokenhub('import', 'second.csv');
    expect((await at.json('report', '--by', 'day')).rows).toEqual((await alone.json('report', '--by', 'day')).rows);
  });

  test('with --dry-run shows the same and changes nothing', async () => {
    const at = hub();
    await at.tokenhub('import', 'first.csv', 'second.csv');
    const before = await tokensOf(at);
    const { stdout, exitCode } = await at.tokenhub('imports', 'undo', '2', '--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Dry run: nothing was changed');
    expect(stdout).toContain('import 2 would be taken back: 1 event removed, 1 event restored');
    expect(await tokensOf(at)).toEqual(before);
    expect(await at.json('imports', 'undo', '2', '--dry-run')).toMatchObject({ dryRun: true, removed: 1, restored: 1 });
  });

  test('lets a file that was read wrongly be imported again', async () => {
    const { tokenhub, json } = scene({ 'calls.csv': FIRST.replaceAll('T', ' ').replaceAll('Z', '') });
    await tokenhub('import', 'calls.csv');
    const refused = await tokenhub('import', 'calls.csv', '--tz', 'Asia/Shanghai');
    expect(refused.stderr).toContain('take it back first: tokenhub imports undo 1');
    await tokenhub('imports', 'undo', '1');
    expect((await tokenhub('import', 'calls.csv', '--tz', 'Asia/Shanghai')).exitCode).toBe(0);
    const { imports } = await json('imports');
    expect(imports).toMatchObject([{ id: 2, from: '2026-10-01T00:00:00.000Z' }]); // 08:00 in Shanghai
  });

  test('of bad rows makes reports complete again', async () => {
    const { tokenhub, json } = scene({
      'good.csv': FIRST,
      'bad.csv': `${SECOND}2026-10-06T00:00:00Z,r5,gpt-4o,many,1\n`,
    });
    await tokenhub('import', 'good.csv', 'bad.csv');
    expect((await json('report')).incomplete).toHaveLength(1);
    await tokenhub('imports', 'undo', '2');
    expect((await json('report')).incomplete).toEqual([]);
  });

  test.each([
    ['7', 'the nearest are 1, 2'],
    ['first.csv', 'the nearest are 1, 2'],
  ])('of %s, which is no import, names those there are', async (id, hint) => {
    const { tokenhub } = hub();
    await tokenhub('import', 'first.csv', 'second.csv');
    const { exitCode, stderr } = await tokenhub('imports', 'undo', id);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`no import has the number "${id}"`);
    expect(stderr).toContain(`${hint}; list all: tokenhub imports`);
  });

  test('takes the options of imports before and after the word', async () => {
    const { tokenhub, path } = hub();
    await tokenhub('import', 'first.csv', '--ledger', 'a.db');
    for (const words of [
      ['imports', '--ledger', 'a.db', 'undo', '1', '--dry-run', '--json'],
      ['imports', 'undo', '1', '--dry-run', '--ledger', path('a.db'), '--format', 'json', '--color', 'never'],
    ])
      expect(JSON.parse((await tokenhub(...words)).stdout).removed).toBe(3);
  });
});

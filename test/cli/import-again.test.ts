import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scene } from './scene.js';

/** Two calls without ids of their own, at times that name no zone. 1,000 + 5 and 900 + 5 tokens. */
const CALLS = `timestamp,model,input_tokens,output_tokens
2026-10-01 10:00:00,gpt-4o,1000,5
2026-10-01 11:00:00,gpt-4o,900,5
`;
const WITH_BAD_ROW = `${CALLS}2026-10-01 12:00:00,gpt-4o,many,5\n`;

describe('the same bytes again', () => {
  test.each([
    ['another account', ['--account', 'b'], 'account'],
    ['another zone', ['--tz', 'Asia/Shanghai'], 'timeZone'],
  ])('under %s are refused, because they would count twice', async (_, words, option) => {
    const { tokenhub } = scene({ 'calls.csv': CALLS });
    await tokenhub('import', 'calls.csv');
    const { exitCode, stderr } = await tokenhub('import', 'calls.csv', ...words);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`as import 1, read with another ${option}`);
    const { stdout } = await tokenhub('report', '--json');
    expect(JSON.parse(stdout).totals.tokens.total).toBe(1910); // 1,005 + 905, once
  });

  test('in another role are another recording', async () => {
    const { tokenhub } = scene({ 'calls.csv': CALLS });
    await tokenhub('import', 'calls.csv');
    expect((await tokenhub('import', 'calls.csv', '--role', 'meter')).exitCode).toBe(0);
  });

  test('may date records that had no time before', async () => {
    const { tokenhub } = scene({
      'log.jsonl': '{"id":"r1","model":"gpt-4o","usage":{"prompt_tokens":7,"completion_tokens":3}}\n',
    });
    expect((await tokenhub('import', 'log.jsonl')).exitCode).toBe(2);
    const { exitCode, stdout } = await tokenhub('import', 'log.jsonl', '--at', '2026-10-01T00:00:00Z', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).files[0]).toMatchObject({ added: 1, rejected: 0 });
  });

  test('with rows that were bad before exit 2 again, so that a retry does not turn a job green', async () => {
    const { tokenhub } = scene({ 'calls.csv': WITH_BAD_ROW });
    expect((await tokenhub('import', 'calls.csv')).exitCode).toBe(2);
    const again = await tokenhub('import', 'calls.csv');
    expect(again.exitCode).toBe(2);
    expect(again.stdout).toContain('already imported as import 1 (1 of its rows were bad then), nothing changed');
    expect((await tokenhub('import', 'calls.csv', '--on-error', 'skip')).exitCode).toBe(0);
  });
});

describe('a list of bad rows', () => {
  test.each([
    ['calls.csv', 'is the ledger, the config or an input'],
    ['notes.txt', 'is no list of bad rows, so it is not overwritten'],
  ])('never overwrites %s, which is none', async (name, why) => {
    const { tokenhub, folder } = scene({ 'calls.csv': WITH_BAD_ROW, 'notes.txt': 'mine' });
    const before = readFileSync(join(folder, name), 'utf8');
    const { exitCode, stderr } = await tokenhub('import', 'calls.csv', '--rejects', name);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(why);
    expect(readFileSync(join(folder, name), 'utf8')).toBe(before);
  });

  test('replaces an older list', async () => {
    const { tokenhub, folder } = scene({ 'calls.csv': WITH_BAD_ROW, 'more.csv': WITH_BAD_ROW.replace('many', 'few') });
    await tokenhub('import', 'calls.csv', '--rejects', 'bad.jsonl');
    await tokenhub('import', 'more.csv', '--rejects', 'bad.jsonl');
    const lines = readFileSync(join(folder, 'bad.jsonl'), 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).file)).toEqual(['more.csv']);
  });
});

describe('an output file', () => {
  test.each([
    ['the input', ['import', 'calls.csv', '-o', 'calls.csv']],
    ['the ledger', ['import', 'calls.csv', '-o', 'json=tokenhub.db']],
    ['the ledger by another command', ['report', '-o', 'csv=tokenhub.db']],
    ['the config', ['check', '-o', 'json=tokenhub.config.yaml']],
    ['a counted file', ['count', 'calls.csv', '-o', 'calls.csv']],
  ])('never replaces %s', async (_, argv) => {
    const { tokenhub, folder } = scene({
      'calls.csv': CALLS,
      'more.csv': CALLS,
      'tokenhub.config.yaml': 'budgets: [{ name: a, paths: [calls.csv], max: 1M tokens }]\n',
    });
    await tokenhub('import', 'more.csv');
    const names = ['calls.csv', 'tokenhub.config.yaml', 'tokenhub.db'];
    const before = names.map((name) => readFileSync(join(folder, name)));
    const { exitCode, stderr } = await tokenhub(...argv);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('so it is not overwritten');
    expect(names.map((name) => readFileSync(join(folder, name)))).toEqual(before);
  });
});

test('a bill row with its amount is not announced as unpriced', async () => {
  const { json } = scene({
    'bill.csv':
      'timestamp,model,provider,input_tokens,output_tokens,cost,currency\n2026-10-01,some-model,somebody,10,5,1.25,USD\n',
  });
  expect((await json('import', 'bill.csv', '--role', 'bill')).unpriced).toEqual([]);
  expect((await json('report')).totals.cost).toEqual({ USD: '1.25' });
});

test('a request id that two calls share is merged, and said', async () => {
  const { tokenhub } = scene({
    'ids.csv': `timestamp,request_id,model,input_tokens,output_tokens
2026-10-05T00:00:00Z,1,gpt-4o,100,10
2026-10-05T00:01:00Z,1,gpt-4o,100,12
2026-10-06T00:00:00Z,1,gpt-4o-mini,50,20
2026-10-09T00:00:00Z,1,gpt-4o,100,10
`,
  });
  const { exitCode, stderr } = await tokenhub('import', 'ids.csv');
  expect(exitCode).toBe(0);
  // the second is the same call, grown; the third is of another model, the fourth more than a day later
  expect(stderr).toContain('warning: ids.csv: 2 records had the request id of another call');
});

describe('a daily bucket exported again with smaller figures', () => {
  const exported = (first: number, second: number) =>
    `timestamp,model,input_tokens\n2026-10-01,gpt-4o,${first}\n2026-10-02,gpt-4o,${second}\n`;
  const files = { 'day1.csv': exported(1000, 500), 'day2.csv': exported(900, 600), 'day3.csv': exported(950, 550) };
  const inputOf = async ({ json }: ReturnType<typeof scene>) => (await json('report')).totals.tokens.input;

  test('keeps the larger ones, and says so once', async () => {
    const at = scene(files);
    await at.tokenhub('import', 'day1.csv');
    const { stderr, exitCode } = await at.tokenhub('import', 'day2.csv');
    expect(exitCode).toBe(0);
    expect(stderr).toBe('warning: day2.csv: 1 bucket shrank; import with --restate to take the smaller figures\n');
    expect(await inputOf(at)).toBe(1600); // 1,000 + 600
  });

  test('takes them with --restate, and gives the larger ones back when that import is taken back', async () => {
    const at = scene(files);
    await at.tokenhub('import', 'day1.csv', 'day2.csv');
    const restated = await at.tokenhub('import', 'day2.csv', '--restate', '--json');
    expect(restated.stderr).toBe('');
    expect(JSON.parse(restated.stdout).files[0]).toMatchObject({
      alreadyImported: false,
      updated: 1,
      duplicate: 1,
      shrunk: 0,
    });
    expect(await inputOf(at)).toBe(1500); // 900 + 600
    await at.tokenhub('imports', 'undo', '3');
    expect(await inputOf(at)).toBe(1600);
  });

  test('joins what restated it: what was before stays replaced', async () => {
    const at = scene(files);
    await at.tokenhub('import', 'day1.csv');
    await at.tokenhub('import', 'day2.csv', '--restate');
    await at.tokenhub('import', 'day3.csv');
    expect(await inputOf(at)).toBe(1550); // the larger of 900 and 950, not 1,000; the larger of 600 and 550
    await at.tokenhub('imports', 'undo', '2');
    expect(await inputOf(at)).toBe(1550); // 1,000 and 550: the larger of days 1 and 3
  });
});

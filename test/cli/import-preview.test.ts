import { existsSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { loadDriver } from '../../src/load-driver.js';
import { zipOf } from '../files/zip-of.js';
import { scene } from './scene.js';

const HEAD = 'timestamp,request_id,model,provider,input_tokens,cached_input_tokens,output_tokens,cost,currency\n';
/** qwen-plus abroad: input 0.4 USD, output 1.2 USD a million tokens. */
const row = (n: number) => `2026-10-05T08:00:00Z,r-${n},qwen-plus,alibaba,1000,,100,,\n`;
const rows = (count: number) => Array.from({ length: count }, (_, i) => row(i + 1)).join('');

describe('import --preview', () => {
  test('shows the first events with their price, and makes no ledger', async () => {
    const { tokenhub, json, path } = scene({ 'a.csv': HEAD + rows(12) });
    const { stdout, exitCode } = await tokenhub('import', 'a.csv', '--preview');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('a.csv: source tokenhub, role app');
    expect(stdout.match(/qwen-plus/g)).toHaveLength(10);
    const body = await json('import', 'a.csv', '--preview', '2');
    expect(body.schema).toBe('tokenhub.preview/v1');
    expect(body.files).toMatchObject([{ path: 'a.csv', source: 'tokenhub', role: 'app', read: 2, rejects: [] }]);
    expect(body.files[0].events[1]).toEqual({
      line: 3,
      id: 'r-2',
      time: '2026-10-05T08:00:00.000Z',
      model: 'qwen-plus',
      provider: 'alibaba',
      account: 'alibaba',
      unit: null,
      requests: 1,
      tokens: { input: 1000, cacheRead: null, cacheWrite: null, output: 100, reasoning: null },
      // 1,000 x 0.4 + 100 x 1.2 = 520 millionths of a dollar
      cost: { amount: '0.00052', currency: 'USD', kind: 'computed' },
      claimed: null,
      unpriced: null,
      lowestTier: null,
    });
    expect(existsSync(path('tokenhub.db'))).toBe(false);
  });

  test('may stand before the file; a number of events must be one', async () => {
    const { json, tokenhub } = scene({ 'a.csv': HEAD + rows(3), 'b.csv': HEAD + row(4) });
    const pathsOf = (body: { files: { path: string; events: unknown[] }[] }) =>
      body.files.map(({ path, events }) => [path, events.length]);
    expect(pathsOf(await json('import', '--preview', 'a.csv', 'b.csv'))).toEqual([
      ['a.csv', 3],
      ['b.csv', 1],
    ]);
    expect(pathsOf(await json('import', '--preview', '2', 'a.csv'))).toEqual([['a.csv', 2]]);
    const piped = scene({}, { stdin: HEAD + rows(3) });
    expect(pathsOf(await piped.json('import', '--preview', '-'))).toEqual([['standard-input', 3]]);
    for (const bad of ['0', '1.5', '-1', '']) {
      const { stderr, exitCode } = await tokenhub('import', '--preview', bad, 'a.csv');
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('It must be a whole number from 1.')]);
    }
  });

  test('as CSV and NDJSON has a line for each event', async () => {
    const { tokenhub } = scene({ 'a.csv': HEAD + rows(3) });
    const csv = (await tokenhub('import', 'a.csv', '--preview', '--format', 'csv')).stdout.trim().split('\n');
    expect(csv[0]).toBe(
      'file,line,time,model,provider,unit,requests,input,cache_read,cache_write,output,reasoning,cost,currency,kind,id',
    );
    expect(csv).toHaveLength(4);
    const lines = (await tokenhub('import', 'a.csv', '--preview', '--format', 'ndjson')).stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(['r-1', 'r-2', 'r-3']);
  });

  test('shows bad rows, and exits 2', async () => {
    const { tokenhub } = scene({ 'a.csv': HEAD + row(1) + row(2).replace(',1000,', ',many,') });
    const { stdout, exitCode } = await tokenhub('import', 'a.csv', '--preview');
    expect(exitCode).toBe(2);
    expect(stdout).toContain('a.csv:3: input_tokens:');
    expect((await tokenhub('import', 'a.csv', '--preview', '--on-error', 'skip')).exitCode).toBe(0);
  });

  test('says what a bill states as billed, and what an app states as claimed', async () => {
    const bill = HEAD + row(1).replace(',,\n', ',0.75,CNY\n');
    const { json } = scene({ 'a.csv': bill });
    const [asBill] = (await json('import', 'a.csv', '--preview', '--role', 'bill')).files[0].events;
    expect([asBill.cost, asBill.claimed]).toEqual([{ amount: '0.75', currency: 'CNY', kind: 'billed' }, null]);
    const [asApp] = (await json('import', 'a.csv', '--preview')).files[0].events;
    expect([asApp.cost.kind, asApp.claimed]).toEqual(['computed', { amount: '0.75', currency: 'CNY' }]);
  });

  test('reads no further than it must: what is broken behind does not matter', async () => {
    const whole = gzipSync(HEAD + rows(100_000), { level: 0 });
    const { json, path } = scene();
    writeFileSync(path('a.csv.gz'), whole.subarray(0, 4_000_000));
    expect((await json('import', 'a.csv.gz', '--preview')).files[0].events).toHaveLength(10);
  });

  test('warns of columns that are not read, and of bytes that are no UTF-8', async () => {
    const text = Buffer.from(HEAD.replace('cost', 'colour') + row(1).replace('qwen-plus', 'gr\xf6n'), 'latin1');
    const { tokenhub } = scene({ 'a.csv': text });
    const { stderr, exitCode } = await tokenhub('import', 'a.csv', '--preview');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('warning: a.csv: columns not read: colour\n');
    expect(stderr).toContain('warning: a.csv: is not UTF-8');
  });

  test('looks into archives, and at several files', async () => {
    const { json, tokenhub } = scene({
      'a.zip': zipOf([{ name: 'x.csv', content: HEAD + row(1) }]),
      'b.csv': HEAD + row(2),
      'c.csv': '',
    });
    const { files } = await json('import', 'a.zip', 'b.csv', 'c.csv', '--preview');
    expect(files.map(({ path, source }: { path: string; source: string }) => [path, source])).toEqual([
      ['a.zip/x.csv', 'tokenhub'],
      ['b.csv', 'tokenhub'],
      ['c.csv', null],
    ]);
    expect((await tokenhub('import', 'c.csv', '--preview')).stdout).toContain('c.csv: is empty');
  });
});

describe('a mapping', () => {
  const CSV = 'Start time,Model name,prompt_tok,completion_tok\n2026-10-05T08:00:00Z,qwen-plus,10,2\n';
  const JSONL = '{"Start time":"2026-10-05T08:00:00Z","Model name":"qwen-plus","prompt_tok":10,"completion_tok":2}\n';
  const parquet = () => {
    const [header, values] = CSV.trim()
      .split('\n')
      .map((line) => line.split(','));
    return Buffer.from(
      parquetWriteBuffer({ columnData: header!.map((name, i) => ({ name, data: [values![i]], type: 'STRING' })) }),
    );
  };
  const sqlite = () => {
    const db = new (loadDriver())(':memory:');
    db.exec(`CREATE TABLE other (a); CREATE TABLE calls ("Start time", "Model name", prompt_tok, completion_tok);
      INSERT INTO calls VALUES ('2026-10-05T08:00:00Z', 'qwen-plus', 10, 2)`);
    return db.serialize();
  };

  test.each([
    ['a.csv', () => CSV],
    ['a.jsonl', () => JSONL],
    ['a.parquet', parquet],
    ['a.db', sqlite],
    [
      'a.zip',
      () =>
        zipOf([
          { name: 'x.csv', content: CSV },
          { name: 'y.csv', content: 'a,b\n1,2\n' },
        ]),
    ],
  ])('that is proposed for %s can be pasted as it is', async (name, content) => {
    const { tokenhub, json } = scene({ [name]: content() });
    const { stderr } = await tokenhub('import', name);
    const [, map] = /map its columns: tokenhub import a\.\w+ --map (.*)\n/.exec(stderr)!;
    expect(map).toBe('timestamp="Start time",model="Model name",input_tokens=prompt_tok,output_tokens=completion_tok');
    const { files } = await json('import', name, '--map', map!.replaceAll('"', ''));
    expect(files).toMatchObject([{ added: 1, rejected: 0 }]);
    expect((await json('report')).totals.tokens.total).toBe(12); // 10 + 2
  });

  const CONFIG = 'mappings:\n  portal: { timestamp: When, model: Name, input_tokens: In, output_tokens: Out }\n';
  test('of the config is called by its name, for JSON lines, too', async () => {
    const call = { When: '2026-10-05T08:00:00Z', Name: 'qwen-plus', In: 5, Out: 2 };
    const { json } = scene({ 'tokenhub.config.yaml': CONFIG, 'a.jsonl': `${JSON.stringify(call)}\n` });
    expect((await json('import', 'a.jsonl', '--map', 'portal')).files[0]).toMatchObject({ added: 1, rejected: 0 });
    expect((await json('report')).totals.tokens.total).toBe(7);
  });
});

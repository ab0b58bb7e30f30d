import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { loadDriver } from '../../src/load-driver.js';
import { zipOf } from '../files/zip-of.js';
import { type Body, scene } from './scene.js';

function database(sql: string): Buffer {
  const db = new (loadDriver())(':memory:');
  db.exec(sql);
  const bytes = db.serialize();
  db.close();
  return bytes;
}

const table = (name: string, input: number): string =>
  `CREATE TABLE ${name} (timestamp TEXT, model TEXT, input_tokens INTEGER);
   INSERT INTO ${name} VALUES ('2026-10-05T08:00:00Z', 'qwen-plus', ${input});`;
const TWO = database(`CREATE TABLE users (id, name); ${table('logs_a', 1)} ${table('logs_b', 1000)}`);
const pathsOf = ({ files }: Body): string[] => files.map(({ path }: Body) => path);

describe('a database of which several tables are usage', () => {
  test.each([
    ['a.db', TWO],
    ['a.db.gz', gzipSync(TWO)],
  ])('%s is imported table by table', async (name, content) => {
    const { json } = scene({ [name]: content });
    const body = await json('import', name);
    expect(body.files).toMatchObject([
      { path: `${name}/logs_a`, import: 1, added: 1 },
      { path: `${name}/logs_b`, import: 2, added: 1 },
    ]);
    expect((await json('report')).totals.tokens.total).toBe(1001); // 1 + 1,000
    expect((await json('import', name)).files).toMatchObject([
      { import: 1, alreadyImported: true },
      { import: 2, alreadyImported: true },
    ]);
  });

  test('is so in an archive, and in a preview', async () => {
    const { json } = scene({ 'a.zip': zipOf([{ name: 'x.db', content: TWO }]), 'a.db': TWO });
    expect(pathsOf(await json('import', 'a.zip'))).toEqual(['a.zip/x.db/logs_a', 'a.zip/x.db/logs_b']);
    const preview = await json('import', 'a.db', '--preview');
    expect(pathsOf(preview)).toEqual(['a.db/logs_a', 'a.db/logs_b']);
    expect(preview.files.map(({ events }: Body) => events[0].tokens.input)).toEqual([1, 1000]);
  });

  test('read another way is refused, and each table can be taken back', async () => {
    const { json, tokenhub } = scene({ 'a.db': TWO });
    await json('import', 'a.db');
    const { stderr, exitCode } = await tokenhub('import', 'a.db', '--account', 'other');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('a.db/logs_a: these bytes are in the ledger as import 1, read with another account');
    await tokenhub('imports', 'undo', '2');
    expect((await json('report')).totals.tokens.total).toBe(1);
    expect((await json('import', 'a.db')).files).toMatchObject([{ alreadyImported: true }, { added: 1 }]);
  });

  test('is imported by the tables that have the columns mapped', async () => {
    const other = table('more', 5).replace('input_tokens', 'tok');
    const { json } = scene({ 'a.db': database(`${table('logs', 1)} ${other} ${other.replaceAll('more', 'most')}`) });
    const body = await json('import', 'a.db', '--map', 'input_tokens=tok');
    expect(pathsOf(body)).toEqual(['a.db/more', 'a.db/most']);
  });
});

test('text that is called a database is none, unless a source knows it or its columns are mapped', async () => {
  const { tokenhub } = scene({
    'a.db': 'one line of text\n',
    'b.db': 'timestamp,model,input_tokens\n2026-10-05T08:00:00Z,qwen-plus,1\n',
    'c.sqlite': 'timestamp,model,tok\n2026-10-06T08:00:00Z,qwen-plus,1\n',
  });
  for (const more of [[], ['--source', 'opencode']]) {
    const { exitCode, stderr } = await tokenhub('import', 'a.db', ...more);
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining('a.db: is no SQLite database that can be read: it is text'),
    ]);
  }
  expect((await tokenhub('import', 'b.db')).exitCode).toBe(0);
  expect((await tokenhub('import', 'c.sqlite', '--map', 'input_tokens=tok')).exitCode).toBe(0);
});

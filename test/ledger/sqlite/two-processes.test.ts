import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openSqliteLedger } from '../../../src/ledger/sqlite/open.js';
import { loadDriver } from '../../../src/load-driver.js';
import { ALL, entry, importFile } from '../entries.js';

/** Opens a transaction, writes more than SQLite's cache holds, says so, and commits when told to. */
const WRITER = `
  import { openSqliteLedger } from './src/ledger/sqlite/open.js';
  import { batchOf } from './src/ledger/entry-batch-builder.js';
  import { entry } from './test/ledger/entries.js';
  const [path, count] = process.argv.slice(2);
  const ledger = await openSqliteLedger({ path, mode: 'create' });
  await ledger.begin();
  const id = await ledger.openImport({ sha256: 'child', source: 'tokenhub', role: 'app', options: '{}' }, 'child.csv', 1);
  const entries = Array.from({ length: Number(count) }, (_, i) => entry({ id: String(i).padStart(1000, 'x') }));
  await ledger.append(id, batchOf(entries), () => ({ known: false, reason: 'none' }));
  process.stdin.once('data', async () => {
    await ledger.commit();
    await ledger.close();
    process.exit(0);
  });
  console.log('written');
`;

const root = resolve(import.meta.dirname, '../../..');
let programs: string;
beforeAll(async () => {
  programs = mkdtempSync(join(tmpdir(), 'tokenhub-writer-'));
  symlinkSync(join(root, 'node_modules'), join(programs, 'node_modules'));
  await build({
    stdin: { contents: WRITER, resolveDir: root, loader: 'ts' },
    outfile: join(programs, 'writer.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
});
afterAll(() => rmSync(programs, { recursive: true }));

let folder: string;
let path: string;
let child: ChildProcessWithoutNullStreams;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokenhub-processes-'));
  path = join(folder, 'tokenhub.db');
});
afterEach(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function startWriter(count: number) {
  child = spawn(process.execPath, [join(programs, 'writer.mjs'), path, String(count)]);
  let problems = '';
  child.stderr.on('data', (text) => {
    problems += text;
  });
  const [said] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit').then(() => [problems])]);
  expect(String(said)).toBe('written\n');
}

const events = async (mode: 'read' | 'write') => {
  await using ledger = await openSqliteLedger({ path, mode });
  return (await ledger.presence(ALL, 'auto')).map((presence) => presence.events);
};

const makeLedger = async () => {
  await using ledger = await openSqliteLedger({ path, mode: 'create' });
  await importFile(ledger, [entry()]);
};

test('an import killed in the middle leaves the ledger valid and unchanged, for a reader too', async () => {
  await makeLedger();
  const before = statSync(path).size;
  await startWriter(25_000); // 25 MB, so half of it has reached the file
  expect(statSync(path).size).toBeGreaterThan(before);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(`${path}-journal`)).toBe(true);

  expect(await events('read')).toEqual([1n]);
  expect(existsSync(`${path}-journal`)).toBe(false);
  const Driver = loadDriver();
  const db = new Driver(path);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(db.prepare('SELECT path FROM import').pluck().all()).not.toContain('child.csv');
  db.close();
  expect(await events('write')).toEqual([1n]);
});

test('a first import that is killed leaves an empty ledger or none, and the next one succeeds', async () => {
  await startWriter(25_000);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await makeLedger();
  expect(await events('read')).toEqual([1n]);
});

test('a second writer waits for the first, and reads what it wrote', async () => {
  await makeLedger();
  await startWriter(2);
  await using ledger = await openSqliteLedger({ path, mode: 'write' });
  child.stdin.write('commit\n');
  await importFile(ledger, [entry({ id: 'r2' })]);
  expect(await ledger.presence(ALL, 'auto')).toMatchObject([{ events: 4n }]); // 1 + 2 + 1
});

test('a second writer gives up after five seconds with an error that says why', async () => {
  await makeLedger();
  await startWriter(2);
  await using ledger = await openSqliteLedger({ path, mode: 'write' });
  await expect(ledger.begin()).rejects.toMatchObject({ code: 'LEDGER_BUSY', exitCode: 2, place: { file: path } });
  await ledger.rollback();
  expect(await ledger.presence(ALL, 'auto')).toMatchObject([{ events: 1n }]);
});

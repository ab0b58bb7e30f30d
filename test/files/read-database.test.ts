import { appendFileSync, existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hashFile } from '../../src/files/hash-file.js';
import { type Sniffed, sniff } from '../../src/files/sniff.js';
import { openSqliteLedger } from '../../src/ledger/sqlite/open.js';
import { type Database, loadDriver } from '../../src/load-driver.js';
import { folderWith } from './folder.js';
import { recordsOf } from './read-records.js';

/** A new database file. */
function databaseWith(sql: string, more: (db: Database) => void = () => {}): string {
  const path = join(folderWith(), 'a.db');
  const db = new (loadDriver())(path);
  db.exec(sql);
  more(db);
  db.close();
  return path;
}

/** The index holds all columns that are read and less than the table, so that SQLite would rather read it. */
const WITH_INDEX = `CREATE TABLE logs (n INTEGER, m TEXT, wide TEXT GENERATED ALWAYS AS (m || m || m) STORED);
  CREATE INDEX by_m ON logs (m, n);`;

const rowsOf = (path: string, table?: string) => recordsOf(path, { kind: 'table', name: 'a.db', table });
const failureOf = (path: string) =>
  rowsOf(path).then(
    () => 'read',
    ({ code, message }) => [code, message],
  );

describe('the rows of a table', () => {
  test('are texts by column name, whole numbers exact, numbered from 1', async () => {
    const path = databaseWith(`
      CREATE TABLE logs (id INTEGER PRIMARY KEY, "group" TEXT, cost REAL, "a""b" BLOB, __proto__ TEXT);
      INSERT INTO logs VALUES (7, 'vip', 1e-7, x'e6a8a1', NULL), (9223372036854775807, '', 0.1, NULL, 'x');`);
    const rows = await rowsOf(path);
    expect(rows.map(([line, value]) => [line, Object.entries(value as object)])).toEqual([
      [
        1,
        [
          ['id', '7'],
          ['group', 'vip'],
          ['cost', '0.0000001'],
          ['a"b', '模'],
          ['__proto__', ''],
        ],
      ],
      [
        2,
        [
          ['id', '9223372036854775807'],
          ['group', ''],
          ['cost', '0.1'],
          ['a"b', ''],
          ['__proto__', 'x'],
        ],
      ],
    ]);
  });

  test('come in the order they are stored, thousands too', async () => {
    const path = databaseWith(WITH_INDEX, (db) => {
      const insert = db.prepare('INSERT INTO logs (n, m) VALUES (?, ?)');
      db.transaction(() => {
        for (let n = 0; n < 3500; n++) insert.run(n, String(9999 - n));
      })();
    });
    const rows = await rowsOf(path);
    expect(
      rows.every(([line, value], index) => line === index + 1 && (value as { n: string }).n === String(index)),
    ).toBe(true);
    expect(rows).toHaveLength(3500);
  });

  test('are of the table that is named; without a name of the only one', async () => {
    const path = databaseWith('CREATE TABLE a (x); CREATE TABLE "b "";" (y); INSERT INTO "b "";" VALUES (1);');
    expect(await rowsOf(path, 'b ";')).toEqual([[1, { y: '1' }]]);
    expect(await failureOf(path)).toEqual(['UNRECOGNISED', 'no source recognises anything in it: table a, table b ";']);
  });

  test('are read without a trace, of a database in WAL mode too', async () => {
    const path = databaseWith('PRAGMA journal_mode = WAL; CREATE TABLE logs (x); INSERT INTO logs VALUES (1);');
    const before = readFileSync(path);
    expect(await rowsOf(path)).toEqual([[1, { x: '1' }]]);
    expect(readdirSync(dirname(path))).toEqual(['a.db']);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('stop being read when nobody wants more', async () => {
    const path = databaseWith('CREATE TABLE logs (x); INSERT INTO logs VALUES (1), (2);');
    const { openRecords } = await import('../../src/files/records.js');
    for await (const _ of openRecords(path, { kind: 'table' })) break;
  });

  test.skipIf(!existsSync(resolve('../shared/samples/newapi_logs.sqlite')))('of a New API log are found', async () => {
    const path = resolve('../shared/samples/newapi_logs.sqlite');
    const sniffed = await sniff(path);
    expect(sniffed).toMatchObject({ kind: 'database', tables: [{ name: 'logs' }] });
    const rows = await rowsOf(path, 'logs');
    expect(rows.length).toBeGreaterThan(0);
    expect(Object.keys(rows[0]![1] as object)).toEqual(
      expect.arrayContaining(['created_at', 'model_name', 'quota', 'other']),
    );
  });
});

test('only plain tables and plain columns are seen: nothing in a database can act', async () => {
  const path = databaseWith(`
    CREATE TABLE logs (a INTEGER, twice INTEGER GENERATED ALWAYS AS (a * 2), c TEXT);
    CREATE VIEW bait AS SELECT load_extension('x') AS a, randomblob(1000000000) AS c;
    CREATE VIRTUAL TABLE words USING fts5(text);
    CREATE TRIGGER t AFTER INSERT ON logs BEGIN DELETE FROM logs; END;`);
  const sniffed = await sniff(path);
  expect(sniffed).toMatchObject({ kind: 'database' });
  const tables = (sniffed as Extract<Sniffed, { kind: 'database' }>).tables;
  expect(tables.find(({ name }) => name === 'logs')).toEqual({ name: 'logs', columns: ['a', 'c'] });
  expect(tables.map(({ name }) => name)).not.toContain('bait');
  expect(tables.map(({ name }) => name)).not.toContain('words');
});

describe('is one error', () => {
  test('a ledger of tokenhub', async () => {
    const path = join(folderWith(), 'a.db');
    await using _ = await openSqliteLedger({ path, mode: 'create' });
    expect(await failureOf(path)).toEqual(['IS_LEDGER', 'is a ledger of tokenhub, not a usage file']);
    await expect(sniff(path)).rejects.toMatchObject({ code: 'IS_LEDGER' });
  });

  test('a truncated database, and one damaged in its pages', async () => {
    const path = databaseWith('CREATE TABLE logs (x);', (db) => {
      const insert = db.prepare('INSERT INTO logs VALUES (?)');
      db.transaction(() => {
        for (let i = 0; i < 2000; i++) insert.run('x'.repeat(100));
      })();
    });
    const whole = readFileSync(path);
    truncateSync(path, whole.length - 4096);
    expect(await failureOf(path)).toEqual([
      'BROKEN_DATABASE',
      'is no SQLite database that can be read: database disk image is malformed',
    ]);
    writeFileSync(path, whole.fill(0xa5, 8192));
    expect(await failureOf(path)).toMatchObject(['BROKEN_DATABASE', expect.stringContaining('malformed')]);
    writeFileSync(path, `SQLite format 3\0${'x'.repeat(500)}`);
    expect(await failureOf(path)).toMatchObject(['BROKEN_DATABASE', expect.any(String)]);
  });

  test('a database whose newest rows are in a file beside it', async () => {
    const path = databaseWith('CREATE TABLE logs (x);');
    writeFileSync(`${path}-wal`, 'x');
    await expect(rowsOf(path)).rejects.toMatchObject({
      code: 'BROKEN_DATABASE',
      message: 'is no SQLite database that can be read: what was written last is still in a.db-wal',
      hint: 'import a copy: sqlite3 a.db ".backup copy.db"',
    });
  });

  test('a database that changed since it was hashed, and one read as JSON', async () => {
    const path = databaseWith('CREATE TABLE logs (x);');
    const hashed = await hashFile(path);
    appendFileSync(path, 'x');
    await expect(recordsOf(path, { kind: 'table', hashed })).rejects.toMatchObject({ code: 'FILE_CHANGED' });
    await expect(recordsOf(path, { kind: 'json' })).rejects.toMatchObject({ code: 'NOT_RECORDS' });
  });
});

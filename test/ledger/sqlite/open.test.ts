import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { APPLICATION_ID, MIGRATIONS, migrate, readHeader } from '../../../src/ledger/sqlite/migrations.js';
import { type OpenOptions, openSqliteLedger } from '../../../src/ledger/sqlite/open.js';
import { loadDriver } from '../../../src/load-driver.js';
import { ALL, entry, importFile } from '../entries.js';

const Driver = loadDriver();
const MODES = ['read', 'write', 'create'] as const;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokenhub-ledger-'));
  path = join(folder, 'tokenhub.db');
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

async function makeLedger() {
  await using ledger = await openSqliteLedger({ path, mode: 'create' });
  await importFile(ledger, [entry()]);
}

function withFile(work: (db: InstanceType<typeof Driver>) => void) {
  const db = new Driver(path);
  work(db);
  db.close();
}

/** Opens, expecting a refusal with this code that leaves the file as it was. */
async function refuses(mode: OpenOptions['mode'], facts: object) {
  const before = readFileSync(path);
  await expect(openSqliteLedger({ path, mode })).rejects.toMatchObject({
    exitCode: 2,
    place: { file: path },
    ...facts,
  });
  expect(readFileSync(path).equals(before)).toBe(true);
}

describe('opening', () => {
  test('what one process wrote another reads', async () => {
    await makeLedger();
    for (const mode of MODES) {
      await using ledger = await openSqliteLedger({ path, mode });
      expect(
        await ledger.cells({
          ...{ window: ALL, by: [], days: 'each', cost: 'auto' },
          ...{ units: null, models: null, filters: [], latency: false, top: null },
        }),
      ).toMatchObject([{ events: 1n }]);
    }
  });

  test('an SQLite file without anything in it is no ledger to read, and is not made one', async () => {
    withFile((db) => db.exec('VACUUM'));
    withFile((db) => db.exec('CREATE TABLE t (x); DROP TABLE t'));
    await refuses('read', { code: 'LEDGER_MISSING' });
    withFile((db) => expect(readHeader(db)).toEqual({ applicationId: 0, version: 0, hasTables: false }));
  });

  test('a snapshot is one state, whatever another process writes meanwhile', async () => {
    await makeLedger();
    withFile((db) => db.pragma('journal_mode = WAL')); // so that the other one can write while this one reads
    await using reader = await openSqliteLedger({ path, mode: 'read' });
    const spans = await reader.snapshot(async () => {
      const before = await reader.span();
      withFile((db) => db.exec('UPDATE event SET ts = ts + 1000'));
      return [before, await reader.span()];
    });
    expect(spans[1]).toEqual(spans[0]);
    expect(await reader.span()).not.toEqual(spans[0]);
  });

  test('a new file says whose it is, uses a rollback journal and leaves nothing beside it', async () => {
    await makeLedger();
    withFile((db) => {
      expect(readHeader(db)).toEqual({ applicationId: APPLICATION_ID, version: MIGRATIONS.length, hasTables: true });
      expect(db.pragma('journal_mode', { simple: true })).toBe('delete');
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(db.pragma('foreign_key_check')).toEqual([]);
    });
    expect(readFileSync(path).subarray(0, 15).toString()).toBe('SQLite format 3');
  });

  test('reading changes nothing and cannot write', async () => {
    await makeLedger();
    const before = readFileSync(path);
    await using ledger = await openSqliteLedger({ path, mode: 'read' });
    await ledger.presence(ALL, 'auto');
    await expect(ledger.begin()).rejects.toMatchObject({ code: 'LEDGER_READ_ONLY' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('a path that looks like a URI or has blanks around it names that very file', async () => {
    path = join(folder, 'file:x?mode=memory#1 %41.db');
    await makeLedger();
    expect(readFileSync(path).length).toBeGreaterThan(0);
  });
});

test('a transaction that writes nothing leaves the file as it was', async () => {
  await makeLedger();
  const before = readFileSync(path);
  await using ledger = await openSqliteLedger({ path, mode: 'write' });
  await ledger.begin();
  await ledger.commit();
  expect(readFileSync(path).equals(before)).toBe(true);
});

describe('refusals', () => {
  test('a file that is not there is created by mode create alone', async () => {
    for (const mode of ['read', 'write'] as const) {
      const opening = openSqliteLedger({ path, mode });
      await expect(opening).rejects.toMatchObject({
        code: 'LEDGER_MISSING',
        exitCode: 2,
        hint: 'create one: tokenhub import <files...>',
      });
      await expect(openSqliteLedger({ path: ':memory:', mode })).rejects.toMatchObject({ code: 'LEDGER_MISSING' });
      expect(() => readFileSync(path)).toThrow('ENOENT');
    }
  });

  test('a file of no bytes is no ledger yet, and becomes one by mode create alone', async () => {
    writeFileSync(path, '');
    for (const mode of ['read', 'write'] as const) await refuses(mode, { code: 'LEDGER_MISSING' });
    await makeLedger();
  });

  test('a newer file is refused with the command that brings a newer tokenhub', async () => {
    await makeLedger();
    withFile((db) => db.pragma(`user_version = ${MIGRATIONS.length + 1}`));
    for (const mode of MODES)
      await refuses(mode, { code: 'LEDGER_NEWER', hint: 'run: npm install -g tokenhub@latest' });
  });

  test('an SQLite file of another program is refused, whether it says whose it is or not', async () => {
    withFile((db) => db.exec('CREATE TABLE note (text)'));
    for (const mode of MODES) await refuses(mode, { code: 'LEDGER_FOREIGN' });
    withFile((db) => db.pragma('application_id = 252006674')); // fossil
    for (const mode of MODES) await refuses(mode, { code: 'LEDGER_FOREIGN' });
  });

  test('a file that is not SQLite is refused, however it begins', async () => {
    for (const content of ['a,b\n1,2\n'.repeat(200), 'x', `SQLite format 3\u0000${'x'.repeat(5_000)}`]) {
      writeFileSync(path, content);
      for (const mode of MODES) await refuses(mode, { code: 'LEDGER_BROKEN' });
    }
  });

  test('a damaged ledger is an error, never an answer', async () => {
    await makeLedger();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0x5a, 4_096));
    await expect(
      (async () => {
        await using ledger = await openSqliteLedger({ path, mode: 'read' });
        return await ledger.presence(ALL, 'auto');
      })(),
    ).rejects.toMatchObject({ code: 'LEDGER_BROKEN' });
  });

  test('a folder, a file used as a folder and a folder that is not there are told apart', async () => {
    for (const mode of MODES)
      await expect(openSqliteLedger({ path: folder, mode })).rejects.toMatchObject({
        code: 'LEDGER_UNREADABLE',
        message: expect.stringContaining('is a folder'),
      });
    const missing = join(folder, 'none', 'x.db');
    await expect(openSqliteLedger({ path: missing, mode: 'create' })).rejects.toMatchObject({
      code: 'LEDGER_UNREADABLE',
      message: expect.stringContaining('folder does not exist'),
    });
    await expect(openSqliteLedger({ path: missing, mode: 'read' })).rejects.toMatchObject({ code: 'LEDGER_MISSING' });
    symlinkSync(path, join(folder, 'loop'));
    symlinkSync(join(folder, 'loop'), path);
    await expect(openSqliteLedger({ path, mode: 'create' })).rejects.toMatchObject({ code: 'LEDGER_UNREADABLE' });
    await expect(openSqliteLedger({ path: 'a\u0000b', mode: 'create' })).rejects.toMatchObject({
      code: 'LEDGER_UNREADABLE',
    });
  });
});

describe('migrations', () => {
  const OLD = 'CREATE TABLE a (x); INSERT INTO a VALUES (1);';

  test('each step runs once, in order', () => {
    withFile((db) => {
      migrate(db, [OLD]);
      expect(readHeader(db)).toMatchObject({ applicationId: APPLICATION_ID, version: 1 });
      migrate(db, [OLD, 'ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x + 1;', 'UPDATE a SET y = y * 10;']);
      migrate(db, [OLD, 'ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x + 1;', 'UPDATE a SET y = y * 10;']);
      expect(db.prepare('SELECT x, y FROM a').raw().all()).toEqual([[1, 20]]); // (1 + 1) * 10
      expect(readHeader(db).version).toBe(3);
    });
  });

  test('a step that fails leaves the file at the step before', () => {
    withFile((db) => {
      expect(() => migrate(db, [OLD, 'INSERT INTO a VALUES (2); INSERT INTO nowhere VALUES (1);'])).toThrow('nowhere');
      expect(readHeader(db).version).toBe(1);
      expect(db.prepare('SELECT x FROM a').raw().all()).toEqual([[1]]);
    });
  });

  test('an older file is brought up to date when it is only read', async () => {
    withFile((db) => db.pragma(`application_id = ${APPLICATION_ID}`)); // schema 0: nothing in it yet
    await using ledger = await openSqliteLedger({ path, mode: 'read' });
    expect(await ledger.span()).toBeNull();
    withFile((db) => expect(readHeader(db).version).toBe(MIGRATIONS.length));
  });
});

// Root may write anything, so there these rules are tested as another user.
describe.skipIf(process.platform === 'win32')('permissions', () => {
  const asOrdinaryUser = async (work: () => Promise<void>) => {
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    try {
      await work();
    } finally {
      if (root) process.seteuid?.(0);
    }
  };

  test('a read-only file in a read-only folder can be read, and is refused for writing', async () => {
    await makeLedger();
    chmodSync(path, 0o444);
    chmodSync(folder, 0o555);
    await asOrdinaryUser(async () => {
      await using ledger = await openSqliteLedger({ path, mode: 'read' });
      expect(await ledger.presence(ALL, 'auto')).toHaveLength(1);
      await using writing = await openSqliteLedger({ path, mode: 'write' });
      await expect(writing.begin()).rejects.toMatchObject({ code: 'LEDGER_READ_ONLY', exitCode: 2 });
    });
    chmodSync(path, 0o666);
    await asOrdinaryUser(async () => {
      await using writing = await openSqliteLedger({ path, mode: 'write' });
      await expect(writing.begin()).rejects.toMatchObject({ code: 'LEDGER_READ_ONLY', exitCode: 2 });
    });
  });

  test('what may not be read or created is an error that says so', async () => {
    await makeLedger();
    chmodSync(path, 0o000);
    chmodSync(folder, 0o555);
    await asOrdinaryUser(async () => {
      for (const mode of MODES)
        await expect(openSqliteLedger({ path, mode })).rejects.toMatchObject({
          code: 'LEDGER_UNREADABLE',
          exitCode: 2,
        });
      await expect(openSqliteLedger({ path: join(folder, 'new.db'), mode: 'create' })).rejects.toMatchObject({
        code: 'LEDGER_UNREADABLE',
      });
    });
    mkdirSync(join(tmpdir(), 'tokenhub-closed'), { recursive: true });
    const closed = mkdtempSync(join(tmpdir(), 'tokenhub-closed', 'x-'));
    chmodSync(closed, 0o000);
    await asOrdinaryUser(async () => {
      await expect(openSqliteLedger({ path: join(closed, 'a.db'), mode: 'read' })).rejects.toMatchObject({
        code: 'LEDGER_UNREADABLE',
      });
    });
    rmSync(join(tmpdir(), 'tokenhub-closed'), { recursive: true });
  });
});

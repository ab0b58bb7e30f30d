import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../src/cli/flows/import-options.js';
import { planAgentLogs, planImport } from '../../../src/cli/flows/import-plan.js';
import type { PlannedFile } from '../../../src/cli/flows/planned-file.js';
import { openRecords } from '../../../src/files/records.js';
import { loadDriver } from '../../../src/load-driver.js';
import { folderWith } from '../../files/folder.js';
import { type Member, zipOf } from '../../files/zip-of.js';
import { memoryIo } from '../memory-io.js';

const READING: Reading = {
  source: null,
  role: null,
  account: null,
  accounts: {},
  mapping: {},
  timeZone: 'UTC',
  at: null,
  restate: false,
};
const CSV = 'timestamp,model,input_tokens\n2026-10-05T08:00:00Z,qwen-plus,1\n';
const JSONL = '{"timestamp":"2026-10-05T08:00:00Z","model":"qwen-plus","input_tokens":2}\n';

/** Plans the files named in a folder; what was said, and what each holds. */
async function planned(
  files: Record<string, string | Uint8Array>,
  names: readonly string[],
  reading: Partial<Reading> = {},
  stdin?: Buffer,
) {
  const { io, written } = memoryIo({ cwd: folderWith(files), stdin: stdin ?? null });
  const plan = await planImport(io, names, { ...READING, ...reading });
  return { plan, said: written.stderr };
}

async function recordsOf({ path, source, opening }: PlannedFile): Promise<unknown[]> {
  const values: unknown[] = [];
  const cloned = structuredClone(opening); // as it is sent to a thread
  for await (const batch of openRecords(path, { kind: source!.kind, ...cloned }))
    for (const record of batch) values.push('value' in record ? record.value : record.error.message);
  return values;
}

const disposeAll = async (plan: readonly PlannedFile[]) => {
  for (const { dispose } of plan) await dispose();
};

const databaseOf = (sql: string): Buffer => {
  const db = new (loadDriver())(':memory:');
  db.exec(sql);
  const bytes = db.serialize();
  db.close();
  return bytes;
};
const OWN_TABLE = `CREATE TABLE users (id, name); CREATE TABLE calls (timestamp TEXT, model TEXT, input_tokens INTEGER);
  INSERT INTO calls VALUES ('2026-10-05T08:00:00Z', 'qwen-plus', 3);`;

describe('a zip archive', () => {
  const zip = (members: readonly Member[]) => ({ 'a.zip': zipOf(members) });

  test('is every usage file in it, each named and hashed by itself; the others are named in one note', async () => {
    const { plan, said } = await planned(
      zip([
        { name: '__MACOSX/._usage.csv', content: 'x' },
        { name: 'x/usage.csv', content: CSV },
        { name: 'README.txt', content: 'how to read\nthese files, with care' },
        { name: 'guide.pdf', content: Buffer.from('%PDF-1.7\0\0') },
        { name: 'manifest.json', content: '{"files": 2}' },
        { name: 'usage.jsonl', content: JSONL },
      ]),
      ['a.zip'],
    );
    expect(plan.map(({ name, source }) => [name, source?.name, source?.kind])).toEqual([
      ['a.zip/x/usage.csv', 'tokenhub', 'table'],
      ['a.zip/usage.jsonl', 'tokenhub', 'json'],
    ]);
    expect(plan[0]!.hashed.bytes).toBe(CSV.length);
    expect(new Set(plan.map(({ hashed }) => hashed.sha256)).size).toBe(2);
    expect(await recordsOf(plan[0]!)).toMatchObject([{ input_tokens: '1' }]);
    expect(await recordsOf(plan[1]!)).toMatchObject([{ input_tokens: 2 }]);
    expect(said).toBe(
      'warning: a.zip: not read: __MACOSX/._usage.csv (of macOS), README.txt (no source recognises its records), ' +
        'guide.pdf (is a binary file, neither CSV nor JSON), manifest.json (no source recognises its records)\n',
    );
    await disposeAll(plan);
  });

  test('with names that lead elsewhere is only shown, never written to', async () => {
    const { plan } = await planned(zip([{ name: '../../e\u001b[2Jvil\n.csv', content: CSV }]), ['a.zip']);
    expect(plan.map(({ name }) => name)).toEqual(['a.zip/../../e\\x1b[2Jvil\\n.csv']);
    expect(await recordsOf(plan[0]!)).toHaveLength(1);
  });

  test('on standard input is read too', async () => {
    const { plan } = await planned({}, ['-'], {}, zipOf([{ name: 'usage.csv', content: CSV }]));
    expect(plan.map(({ name }) => name)).toEqual(['standard-input/usage.csv']);
    const { path } = plan[0]!;
    expect([existsSync(path), await disposeAll(plan), existsSync(path)]).toEqual([true, undefined, false]);
  });

  test('without a usage file is an error that says what was looked at', async () => {
    await expect(
      planned(
        zip([
          { name: 'a.txt', content: 'x' },
          { name: 'b.csv', content: 'c,d\n' },
        ]),
        ['a.zip'],
      ),
    ).rejects.toMatchObject({
      code: 'UNRECOGNISED',
      message:
        'no source recognises anything in it: a.txt (no source recognises its records), b.csv (no source recognises its columns: "c", "d")',
      place: { file: 'a.zip' },
    });
    await expect(planned(zip([]), ['a.zip'])).rejects.toMatchObject({ message: 'holds nothing to import' });
  });

  test('with a usage file that is damaged or encrypted is an error that names it', async () => {
    const bad = { name: 'b.csv', content: CSV, crc: 1 };
    await expect(planned(zip([{ name: 'a.csv', content: CSV }, bad]), ['a.zip'])).rejects.toMatchObject({
      code: 'BROKEN_ZIP',
      place: { file: 'a.zip/b.csv' },
    });
    const secret = { name: 'b.csv', content: CSV, flags: 1 };
    await expect(planned(zip([{ name: 'a.csv', content: CSV }, secret]), ['a.zip'])).rejects.toMatchObject({
      code: 'CANNOT_UNPACK',
      place: { file: 'a.zip/b.csv' },
    });
    await expect(planned(zip([{ name: 'b.csv', content: 'a,a\n' }]), ['a.zip'])).rejects.toMatchObject({
      code: 'BAD_HEADER',
      place: { file: 'a.zip/b.csv', line: 1 },
    });
  });

  test('with a source or columns typed still leaves what is no data alone', async () => {
    const other = { name: 'b.csv', content: 'when,model,tok\n2026-10-05T08:00:00Z,m,1\n' };
    const mapping = { timestamp: 'when', input_tokens: 'tok' };
    const members = [other, { name: 'notes.txt', content: 'when,model,tok\n' }];
    expect((await planned(zip(members), ['a.zip'], { mapping })).plan.map(({ name }) => name)).toEqual(['a.zip/b.csv']);
    const named = [
      { name: 'm.json', content: '{"a":1}' },
      { name: 'c.csv', content: CSV },
    ];
    const { plan, said } = await planned(zip(named), ['a.zip'], { source: 'claude-code' }).catch((error) => error);
    expect([plan?.length, said]).toEqual([1, expect.stringContaining('c.csv')]);
  });
});

describe('a database', () => {
  test('is the table that a source recognises', async () => {
    const { plan } = await planned({ 'a.db': databaseOf(OWN_TABLE) }, ['a.db']);
    expect(plan[0]).toMatchObject({ name: 'a.db', opening: { table: 'calls' }, source: { name: 'tokenhub' } });
    expect(await recordsOf(plan[0]!)).toEqual([
      { timestamp: '2026-10-05T08:00:00Z', model: 'qwen-plus', input_tokens: '3' },
    ]);
  });

  test('is the table that has the columns mapped', async () => {
    const sql = 'CREATE TABLE a (x); CREATE TABLE b ("when" TEXT, model TEXT, tok INTEGER);';
    const mapping = { timestamp: 'when', input_tokens: 'tok' };
    const { plan } = await planned({ 'a.db': databaseOf(sql) }, ['a.db'], { mapping });
    expect(plan[0]).toMatchObject({ opening: { table: 'b' }, source: { name: 'tokenhub' } });
  });

  test('without such a table is an error that names its tables', async () => {
    await expect(
      planned({ 'a.db': databaseOf('CREATE TABLE a (x); CREATE TABLE b (y);') }, ['a.db']),
    ).rejects.toMatchObject({
      code: 'UNRECOGNISED',
      message: 'no source recognises anything in it: table a, table b',
    });
  });

  test('that is packed is unpacked to a temporary file, hashed as it was', async () => {
    const bytes = databaseOf(OWN_TABLE);
    const { plan } = await planned({ 'a.db.gz': gzipSync(bytes), 'a.zip': zipOf([{ name: 'a.db', content: bytes }]) }, [
      'a.db.gz',
      'a.zip',
    ]);
    expect(plan.map(({ name }) => name)).toEqual(['a.db.gz', 'a.zip/a.db']);
    for (const file of plan) expect(await recordsOf(file)).toHaveLength(1);
    expect(plan.map(({ hashed }) => hashed.bytes)).toEqual([gzipSync(bytes).length, bytes.length]);
    await disposeAll(plan);
    expect(plan.map(({ path }) => existsSync(path))).toEqual([false, false]);
  });

  test('of a few bytes that would unpack to gigabytes is refused', async () => {
    const bomb = Buffer.concat([databaseOf(OWN_TABLE), Buffer.alloc(300 * 1024 * 1024)]);
    await expect(planned({ 'a.db.gz': gzipSync(bomb) }, ['a.db.gz'])).rejects.toMatchObject({ code: 'CANNOT_UNPACK' });
  });
});

test('a log of an agent that is another kind of file leaves no temporary file behind', async () => {
  const sql = 'CREATE TABLE message (id, session_id, time_created, time_updated, data)';
  const folder = folderWith({ 'm.json': gzipSync(databaseOf(sql)) });
  const log = { source: 'opencode', path: join(folder, 'm.json') };
  const watch = { lengthsOf: () => [], onFile: () => {}, onRead: () => {} };
  const unremoved = () => process.listenerCount('exit'); // each temporary file that is still there has one
  const [before, errors] = [unremoved(), [] as unknown[]];
  const plan = await planAgentLogs(memoryIo({}).io, [log], READING, watch, (_, error) => errors.push(error));
  expect([plan, errors]).toEqual([[], [expect.objectContaining({ code: 'WRONG_FILE_KIND' })]]);
  expect(unremoved()).toBe(before);
});

test('JSON as an array or as one document is recognised by its records', async () => {
  const array = `[${JSONL.trim()},\n${JSONL.trim()}]`;
  const document = JSON.stringify(JSON.parse(JSONL), null, 2);
  const { plan } = await planned({ 'a.json': array, 'b.json': document }, ['a.json', 'b.json']);
  expect(await Promise.all(plan.map(recordsOf))).toMatchObject([
    [{ input_tokens: 2 }, { input_tokens: 2 }],
    [{ input_tokens: 2 }],
  ]);
});

test('metrics that no source recognises are an error', async () => {
  await expect(planned({ 'a.prom': '# TYPE other gauge\nother 1\n' }, ['a.prom'])).rejects.toMatchObject({
    code: 'UNRECOGNISED',
    message: 'no source recognises its records',
  });
});

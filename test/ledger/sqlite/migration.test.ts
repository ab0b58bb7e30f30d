import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { batchOf } from '../../../src/ledger/entry-batch-builder.js';
import type { Entry, Ledger } from '../../../src/ledger/ledger.js';
import { migrateTo2 } from '../../../src/ledger/sqlite/migrate-to-2.js';
import { MIGRATIONS, migrate, readHeader } from '../../../src/ledger/sqlite/migrations.js';
import { openSqliteLedger } from '../../../src/ledger/sqlite/open.js';
import { type Database, loadDriver } from '../../../src/load-driver.js';
import type { CellQuery, CostChoice } from '../../../src/report/query.js';
import { ALL, APP, at, BILL, cny, entry, importFile, METER, UNASSESSED, UNPRICED, usd } from '../entries.js';
import { type OldImport, writeSchema1 } from './schema-1-ledger.js';

const Driver = loadDriver();
const USAGE_1 = [
  ...[
    'time',
    'ts',
    'day',
    'role',
    'stage',
    'source',
    'account',
    'recording',
    'id',
    'model',
    'provider',
    'unit',
    'agent',
  ],
  ...[
    'session',
    'stated_unit',
    '"key"',
    'workspace',
    'project',
    'team',
    '"user"',
    'service',
    'consumer',
    'path',
    'tags',
  ],
  ...[
    'requests',
    'input',
    'cache_read',
    'cache_write_5m',
    'cache_write_1h',
    'output',
    'reasoning',
    'total',
    'cache_kind',
  ],
  ...['mode', 'status', 'latency_ms', 'billed', 'billed_pico', 'billed_currency', 'computed', 'computed_pico'],
  ...['computed_currency', 'claimed', 'claimed_pico', 'claimed_currency', 'basis', 'price_source', 'price_as_of'],
  ...['price_model', 'price_region', 'price_tier', 'unpriced', 'import', 'file', 'record'],
];

/** Every kind of row schema 1 could hold. */
const CALLS: readonly Entry[] = [
  entry({ id: 'r1', computed: usd(5n), event: { tokens: { input: 100, output: 20, reasoning: 5 } } }),
  entry({
    id: 'r2',
    unit: null,
    computed: cny(2n ** 62n),
    event: {
      at: at('2026-10-06T23:59:59.999Z'),
      model: 'qwen-plus',
      mode: 'batch',
      status: '429',
      latencyMs: 12.5,
      agent: 'planner',
      session: 's1',
      cacheKind: 'explicit',
      tokens: { input: 1, cacheRead: 2, cacheWrite5m: 3, cacheWrite1h: 4, output: 5 },
      origin: {
        unit: 'stated',
        key: 'k',
        workspace: 'w',
        project: 'p',
        team: 't',
        user: 'u',
        tags: { a: '1', b: '2' },
      },
      statedCost: { currency: 'USD', pico: 1n, text: '0.00000000000099' },
    },
  }),
  entry({ id: 'r3', computed: UNPRICED, event: { tokens: {}, quantities: { image: 3_000_000n, 'call:search': 1n } } }),
  entry({ id: '~free', computed: UNPRICED, event: { statedCost: { currency: 'USD', pico: 0n, text: null } } }),
];
const METERED: readonly Entry[] = [
  // A day of 25 hours in Berlin: 2026-10-25T00:00+02:00 to 2026-10-26T00:00+01:00.
  entry({
    ...{ recording: METER, id: '~berlin-day', computed: usd(70n) },
    event: { at: at('2026-10-24T22:00:00Z'), day: '2026-10-25', requests: 9, quantities: { image: 1_000_000n } },
  }),
  entry({
    recording: METER,
    id: 'r1',
    unit: 'qianwen',
    computed: usd(6n),
    event: { tokens: { input: 100, output: 21 } },
  }),
];
const BILLED: readonly Entry[] = [
  entry({
    ...{ recording: BILL, id: '~day', unit: null, computed: UNPRICED },
    event: {
      day: '2026-10-05',
      at: at('2026-10-04T16:00:00Z'),
      statedCost: { currency: 'CNY', pico: -7n, text: null },
    },
  }),
];
const REJECT = { at: at('2026-10-05T09:00:00Z'), line: 9, field: 'input', reason: 'is no number' };
const OLD: readonly OldImport[] = [
  { sha256: 'a', timeZone: 'UTC', entries: CALLS, rejects: [REJECT, { ...REJECT, field: null }] },
  { sha256: 'b', timeZone: 'Europe/Berlin', entries: METERED },
  { sha256: 'c', timeZone: 'Asia/Shanghai', entries: BILLED },
];

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokenhub-migration-'));
  path = join(folder, 'tokenhub.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

function withFile<T>(work: (db: Database) => T, file = path): T {
  const db = new Driver(file).defaultSafeIntegers(true);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const usageRows = (file = path) =>
  withFile((db) => db.prepare(`SELECT ${USAGE_1} FROM usage ORDER BY role, id`).all(), file);
const facts = (sql: string) => withFile((db) => db.prepare(sql).raw().all());
const open = () => openSqliteLedger({ path, mode: 'write' });

const UNFILTERED = { units: null, models: null, filters: [], latency: false, top: null } as const;

/** Answers to all kinds of questions a report asks. */
async function answers(ledger: Ledger) {
  const cells = (query: Partial<CellQuery>) =>
    ledger.cells({ window: ALL, by: [], days: 'each', cost: 'auto', ...UNFILTERED, ...query });
  const october = { from: at('2026-10-05T00:00:00Z'), to: at('2026-10-26T00:00:00Z') };
  const days = { firstDay: '2026-10-05', lastDay: '2026-10-25', timeZone: 'UTC' };
  const costs: readonly CostChoice[] = ['auto', 'billed', 'computed', 'claimed'];
  return {
    costs: await Promise.all(costs.map((cost) => cells({ cost, by: ['unit', 'model', 'provider'] }))),
    agents: await cells({ by: ['agent'], days: 'all' }),
    users: await cells({ by: ['user', 'project'] }),
    filtered: await cells({ units: [null], models: ['qwen-plus', 'qwen3-max'] }),
    october: await cells({ window: { ...october, ...days } }),
    presence: await ledger.presence(ALL, 'auto'),
    shanghai: await ledger.presence({ ...ALL, timeZone: 'Asia/Shanghai' }, 'auto'),
    incomplete: (await ledger.incomplete(ALL)).map(({ path: _, ...facts }) => facts),
    prices: await ledger.priceLists(ALL),
    span: await ledger.span(),
    origins: await ledger.origins({ timeZone: 'UTC', edges: [], reads: () => true }),
    units: await ledger.names('unit'),
  };
}

/** The same imports in a ledger that never had schema 1. */
async function asOfToday(): Promise<Ledger> {
  const ledger = await openSqliteLedger({ path: join(folder, 'new.db'), mode: 'create' });
  const rejectSpan = { from: REJECT.at, to: REJECT.at };
  for (const { entries, rejects = [] } of OLD)
    await importFile(ledger, entries, { rejects, rejectSpan: rejects.length > 0 ? rejectSpan : null });
  return ledger;
}

describe('a ledger of schema 1', () => {
  beforeEach(() => writeSchema1(path, OLD));

  test('has the same rows in its view after it was opened, and nothing refers to what is not there', async () => {
    const before = usageRows();
    expect(before).toHaveLength(7); // 4 calls, 2 metered, 1 billed
    await (await open()).close();
    expect(withFile(readHeader).version).toBe(MIGRATIONS.length);
    expect(usageRows()).toEqual(before);
    expect(withFile((db) => [db.pragma('foreign_key_check'), db.pragma('integrity_check', { simple: true })])).toEqual([
      [],
      'ok',
    ]);
    expect(facts("SELECT name FROM sqlite_schema WHERE sql GLOB '*event_1*' OR sql GLOB '*quantity_1*'")).toEqual([]);
  });

  test('answers every question as a ledger made today', async () => {
    await using today = await asOfToday();
    await using ledger = await open();
    expect(await answers(ledger)).toEqual(await answers(today));
    expect(await ledger.appliedRules()).toMatchObject({ hash: 'h1' });
  });

  test('is told apart by charge, and its buckets end when their days do', async () => {
    await (await open()).close();
    expect(facts('SELECT DISTINCT charge, plan, tier_up_to FROM usage')).toEqual([['usage', null, null]]);
    // Shanghai's 5 October ends at 16:00Z of the 5th; Berlin's 25 October has 25 hours and ends at 23:00Z.
    expect(facts('SELECT day, until FROM usage WHERE until IS NOT NULL ORDER BY day')).toEqual([
      ['2026-10-05', BigInt(at('2026-10-05T16:00:00Z'))],
      ['2026-10-25', BigInt(at('2026-10-25T23:00:00Z'))],
    ]);
    expect(facts('SELECT count(*) FROM quantity JOIN event USING (ts, recording, id)')).toEqual([[3n]]);
  });

  test('keeps totals from the next import on, and they say what the events say', async () => {
    await using ledger = await open();
    const before = await answers(ledger);
    await ledger.begin();
    await ledger.keepTotalsIn('UTC');
    await ledger.commit();
    expect(await answers(ledger)).toEqual(before);
    // 8 tokens classes and amounts aside, one event each: r1, r2, r3, ~free, ~berlin-day, r1 of the meter, ~day
    expect(facts('SELECT sum(events) FROM rollup_unit UNION ALL SELECT sum(events) FROM rollup_day')).toEqual([
      [7n],
      [7n],
    ]);
    expect(facts('SELECT sum(events) FROM rollup_agent UNION ALL SELECT sum(events) FROM rollup_latency')).toEqual([
      [7n],
      [1n], // r2 alone has a latency
    ]);
  });

  test('does not take a daily row that did not say how many requests it had for one request', async () => {
    rmSync(path);
    const day = { day: '2026-10-05', at: at('2026-10-05T00:00:00Z'), requests: 1 };

    const entries = [
      entry({ id: '~a', event: day }),
      entry({ id: '~c', event: { ...day, requests: 2 } }),
      entry({ id: 'b' }),
    ].map((each) => ({
      ...each,
      recording: METER,
    }));
    writeSchema1(path, [{ sha256: 'a', timeZone: 'UTC', entries }]);
    await (await open()).close();
    expect(facts('SELECT id, requests FROM usage ORDER BY id')).toEqual([
      ['b', 1n],
      ['~a', 0n],
      ['~c', 2n],
    ]);
  });

  test('knows its requests and buckets again', async () => {
    await using ledger = await open();
    for (const { entries } of OLD)
      expect(await importFile(ledger, entries)).toMatchObject({ added: 0, duplicate: entries.length, updated: 0 });
    expect(usageRows()).toHaveLength(7);
  });

  test('knows a request again that is sent at another time', async () => {
    await using ledger = await open();
    const resent = entry({ id: 'r1', event: { at: at('2026-10-05T07:00:00Z'), tokens: { input: 100, output: 25 } } });
    expect(await importFile(ledger, [resent])).toMatchObject({ added: 0, updated: 1 });
    expect(facts("SELECT time, output FROM usage WHERE id = 'r1' AND role = 'app'")).toEqual([
      ['2026-10-05T07:00:00.000Z', 25n],
    ]);
  });

  test('finds requests that two recordings hold by an index, before anything is imported', async () => {
    await (await open()).close();
    expect(facts("SELECT count(*) FROM sqlite_schema WHERE name = 'event_id'")).toEqual([[1n]]);
  });
});

describe('imports of schema 1', () => {
  const undoable = () => facts('SELECT id FROM import WHERE is_undoable ORDER BY id').flat();

  test('cannot be undone where a later one of their recording held some of their records, which was not kept', async () => {
    const more = [entry({ id: 'r9' })];
    writeSchema1(path, [...OLD, { sha256: 'd', timeZone: 'UTC', entries: more, duplicate: 2 }]);
    await using ledger = await open();
    expect(undoable()).toEqual([2n, 3n, 4n]); // 4 found two records of 1, the only one before it of role app
    await importFile(ledger, more);
    expect(undoable()).toEqual([2n, 3n, 4n, 5n]);
    await ledger.begin();
    await expect(ledger.undoImport(1, UNASSESSED)).rejects.toMatchObject({ code: 'IMPORT_NOT_UNDOABLE' });
    expect(await ledger.undoImport(5, UNASSESSED)).toEqual({ removed: 0, restored: 0 }); // 4 holds r9, too
    expect(await ledger.undoImport(4, UNASSESSED)).toEqual({ removed: 1, restored: 0 });
    await ledger.commit();
  });
});

describe('a ledger of schema 2', () => {
  test('has no closings after it was opened, and all else as it was', async () => {
    writeSchema1(path, OLD);
    withFile((db) => migrate(db, MIGRATIONS.slice(0, 2)));
    const before = [usageRows(), facts('SELECT name, sql FROM sqlite_schema ORDER BY name')];
    expect(withFile(readHeader).version).toBe(2);
    await using ledger = await open();
    expect(withFile(readHeader).version).toBe(3);
    expect(await ledger.closings()).toEqual([]);
    expect([
      usageRows(),
      facts("SELECT name, sql FROM sqlite_schema WHERE name NOT IN ('closing', 'sqlite_sequence') ORDER BY name"),
    ]).toEqual([before[0], before[1]!.filter((row) => (row as string[])[0] !== 'sqlite_sequence')]);
  });
});

describe('a migration that does not end', () => {
  /** Enough rows that the work does not fit a small cache and is written to the file. */
  const many = Array.from({ length: 3_000 }, (_, i) => entry({ id: `r${i}`, recording: APP, record: i + 2 }));
  beforeEach(() => writeSchema1(path, [{ sha256: 'a', timeZone: 'UTC', entries: many }]));

  async function isIntact(file: string) {
    expect(usageRows(file)).toHaveLength(3_000);
    expect(withFile((db) => [readHeader(db).version, db.pragma('integrity_check', { simple: true })], file)).toEqual([
      1,
      'ok',
    ]);
    await (await openSqliteLedger({ path: file, mode: 'write' })).close();
    expect(withFile((db) => readHeader(db).version, file)).toBe(MIGRATIONS.length);
    expect(usageRows(file)).toHaveLength(3_000);
  }

  test('because the disk is full leaves schema 1', async () => {
    withFile((db) => {
      const pages = Number(db.pragma('page_count', { simple: true }));
      db.pragma(`max_page_count = ${pages + 20}`);
      expect(() => migrate(db)).toThrow('full');
    });
    await isIntact(path);
  });

  test('because its process was killed leaves schema 1', async () => {
    const killed = join(folder, 'killed.db');
    withFile((db) => {
      db.pragma('cache_size = 10'); // pages: what does not fit is written before the end
      db.exec('BEGIN IMMEDIATE');
      migrateTo2(db);
      for (const end of ['', '-journal']) copyFileSync(`${path}${end}`, `${killed}${end}`); // what a kill leaves
      db.exec('ROLLBACK');
    });
    await isIntact(killed);
  });
});

test('ledgers of both schemas hold the same after the same imports', async () => {
  writeSchema1(path, OLD);
  await using old = await open();
  await using today = await asOfToday();
  for (const ledger of [old, today]) {
    await ledger.begin();
    await ledger.keepTotalsIn('Asia/Shanghai');
    const key = { sha256: 'later', source: 'tokenhub', role: 'app', options: '{}' } as const;
    const id = await ledger.openImport(key, 'later.csv', 1);
    await ledger.append(id, batchOf([entry({ id: 'r9' }), entry({ id: 'r1', unit: 'qianwen' })]), UNASSESSED);
    await ledger.settle(UNASSESSED);
    await ledger.commit();
  }
  expect(await answers(old)).toEqual(await answers(today));
});

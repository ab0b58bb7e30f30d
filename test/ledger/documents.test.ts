import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/ledger/ledger.js';
import { openSqliteLedger } from '../../src/ledger/sqlite/open.js';
import { type Database, loadDriver } from '../../src/load-driver.js';
import { coveredBy } from '../../src/pricing/cost.js';
import type { UsageEvent } from '../../src/usage/event.js';
import { at, BILL, entry, importFile, METER, UNPRICED, usd } from './entries.js';

const page = readFileSync(resolve(import.meta.dirname, '../../docs/ledger.md'), 'utf8');
const Driver = loadDriver();

let folder: string;
let db: Database;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tokenhub-documents-'));
  const path = join(folder, 'tokenhub.db');
  await using ledger = await openSqliteLedger({ path, mode: 'create' });
  // List price of qwen3-max: 1.2 and 6 USD per million. r1: 1000 * 1.2 + 200 * 6 = 2400; r2: 500 * 1.2 + 100 * 6 = 1200, in 10^-6 USD.
  const r1 = {
    id: '0f9e2a7c-44ec-4b6d-8bb6-6b0dac29fca6',
    unit: 'wukong',
    computed: usd(2_400_000_000n),
    event: { tokens: { input: 1_000, output: 200 }, origin: { tags: { app: 'agents' } } },
  };
  const r2 = {
    id: 'r2',
    unit: null,
    computed: usd(1_200_000_000n),
    event: { at: at('2026-10-05T09:00:00Z'), tokens: { input: 500, output: 100 } },
  };
  const own = { model: 'own-model', tokens: { input: 30 }, quantities: { image: 3_000_000n } };
  const unpriced = { known: false, reason: 'no price is known' } as const;
  const r4 = {
    id: 'r4',
    computed: coveredBy('coding'),
    event: { at: at('2026-10-05T10:00:00Z'), model: 'qwen3-coder-plus', tokens: { input: 400, output: 50 } },
  };
  const r3 = { id: 'b41d6a9e-5a0f-4f0e-9b63-0d5b3c1f7a22', unit: null, computed: unpriced, event: own };
  await importFile(ledger, [r1, r2, r3, r4].map(entry));
  const meter = { ...METER, source: 'alibaba-usage' };
  await importFile(ledger, [entry({ ...r1, recording: meter }), entry({ ...r2, recording: meter })]);
  await importFile(ledger, billLines());
  await importFile(ledger, [entry(r1)]); // a longer copy of the log: the same call again
  db = new Driver(path).defaultSafeIntegers(true);
  db.exec("UPDATE import SET path = 'app.csv' WHERE id = 1");
});
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

/** Two calls of a day, 0.0006 off, and the plan of the month. */
function billLines(): Entry[] {
  const line = (id: string, event: Partial<UsageEvent>, pico: bigint) => {
    const statedCost = { currency: 'USD', pico, text: null };
    const day = { at: at('2026-10-05T00:00:00Z'), day: '2026-10-05', requests: 0 };
    return entry({
      id,
      recording: BILL,
      unit: null,
      computed: UNPRICED,
      event: { ...day, ...event, tokens: {}, statedCost },
    });
  };
  const month = { at: at('2026-10-01T00:00:00Z'), day: '2026-10-01', until: at('2026-11-01T00:00:00Z') };
  return [
    line('b1', { requests: 2 }, 3_600_000_000n),
    line('b2', { charge: 'discount' }, -600_000_000n),
    line('b3', { ...month, model: 'coding plan', charge: 'purchase' }, 20_000_000_000_000n),
  ];
}

/** As `sqlite3 -header` prints it: columns divided by `|`, NULL as nothing. */
function printed(sql: string): string {
  const statement = db.prepare(sql);
  const rows = statement.raw().all() as unknown[][];
  return [statement.columns().map((column) => column.name), ...rows]
    .map((row) => row.map((value) => value ?? '').join('|'))
    .join('\n');
}

describe('docs/ledger.md', () => {
  const examples = [...page.matchAll(/```sql\n([^`]+)```\n\n```text\n([^`]+)\n```/g)];

  test('has an answer to every question', () => {
    expect(examples.length).toBe(page.split('```sql').length - 1);
    expect(examples.length).toBeGreaterThan(5);
  });

  test.each(examples.map(([, sql, answer]) => [sql!, answer!]))('prints what it says: %s', (sql, answer) => {
    expect(printed(sql)).toBe(answer);
  });

  test('names every table and view with all its columns', () => {
    const sections = page.split(/^##+ /m).map((section) => [section.split('\n')[0]!, section] as const);
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all();
    const missing = tables.flatMap((table) => {
      const section = sections.find(([title]) => title.includes(`\`${table}\``))?.[1] ?? '';
      const columns = db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table);
      return columns.filter((column) => !section.includes(`\`${column}\``)).map((column) => `${table}.${column}`);
    });
    expect(missing).toEqual([]);
  });
});

describe('the view usage', () => {
  test('shows every amount as exact decimal text and every instant as ISO text', async () => {
    const pico = fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }),
      fc.constantFrom(0n, -(2n ** 63n), 10n ** 12n, -1n),
    );
    const row = fc.record({ pico, at: fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) }) });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
        const path = join(mkdtempSync(join(folder, 'view-')), 'tokenhub.db');
        await using ledger = await openSqliteLedger({ path, mode: 'create' });
        await importFile(
          ledger,
          rows.map(({ pico, at }, i) => entry({ id: `r${i}`, computed: usd(pico), event: { at } })),
        );
        const other = new Driver(path);
        const shown = other.prepare('SELECT id, computed, time FROM usage').raw().all();
        other.close();
        const expected = rows.map(({ pico, at }, i) => [`r${i}`, decimalText(pico), new Date(at).toISOString()]);
        expect(shown.sort()).toEqual(expected.sort());
      }),
      { numRuns: 15 },
    );
  });

  test('shows a stated amount finer than a pico-unit as it was stated', async () => {
    const path = join(folder, 'fine.db');
    await using ledger = await openSqliteLedger({ path, mode: 'create' });
    const statedCost = { currency: 'CNY', pico: 1n, text: '0.00000000000099' };
    await importFile(ledger, [entry({ event: { statedCost } }), entry({ recording: BILL, event: { statedCost } })]);
    const other = new Driver(path);
    const rows = other
      .prepare('SELECT billed, claimed, coalesce(billed_pico, claimed_pico) FROM usage ORDER BY role')
      .raw()
      .all();
    other.close();
    expect(rows).toEqual([
      [null, '0.00000000000099', 1],
      ['0.00000000000099', null, 1],
    ]);
  });
});

/** The slow obvious version: -1500000000000n is '-1.5'. */
function decimalText(pico: bigint): string {
  const digits = String(pico < 0n ? -pico : pico).padStart(13, '0');
  const text = `${digits.slice(0, -12)}.${digits.slice(-12)}`.replace(/\.?0+$/, '');
  return pico < 0n ? `-${text}` : text;
}

/** Usage files imported one by one, and what the ledger then holds of them, added up exactly. */

import { copyFileSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { loadDriver } from '../../src/load-driver.js';
import { addDecimals, formatDecimal, parseDecimal } from '../../src/pricing/decimal.js';
import { type Body, type Scene, scene } from './scene.js';

const Driver = loadDriver();

/** Sums of the rows of the view `usage`; a class of tokens that no row reports is null. */
export interface Sums {
  readonly requests: number;
  /** input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning */
  readonly tokens: readonly (number | null)[];
  /** By name, in whole units. */
  readonly quantities: Readonly<Record<string, number>>;
  /** `amount CURRENCY` by kind of charge, of all rows with an amount. */
  readonly billed: Readonly<Record<string, string>>;
  readonly claimed: Readonly<Record<string, string>>;
}

/** What a file must become, worked out by hand. */
export interface Expected extends Partial<Sums> {
  readonly file: string;
  readonly source: string;
  readonly role: string;
  /** read, added, skipped, rejected */
  readonly counts: readonly [number, number, number, number];
  /** Further words of the command. */
  readonly words?: readonly string[];
  /** Part of what is said of bad rows. */
  readonly says?: string;
}

const NOTHING: Sums = {
  requests: 0,
  tokens: [null, null, null, null, null, null],
  quantities: {},
  billed: {},
  claimed: {},
};

/**
 * Imports a file into a new ledger, compares all with what is expected, and imports it twice more: the same bytes, and
 * bytes that differ in a blank line alone. Neither may change anything.
 */
export async function importsAs(path: string, { words = [], says = '', ...expected }: Expected): Promise<void> {
  const at = scene();
  const [read, added, skipped, rejected] = expected.counts;
  const first = await at.tokenhub('import', path, '--json', ...words);
  expect(first.exitCode).toBe(rejected > 0 ? 2 : 0);
  expect(first.stderr).toContain(says);
  const { source, role } = expected;
  expect(fileOf(first)).toMatchObject({ source, role, read, added, skipped, rejected });
  expect(sumsIn(at)).toEqual({ ...NOTHING, ...sumsOf(expected) });

  const rows = rowsIn(at);
  const again = await at.tokenhub('import', path, '--json', ...words);
  expect(fileOf(again)).toMatchObject({ alreadyImported: true });
  const longer = await at.tokenhub('import', longerCopy(at, path), '--json', ...words);
  expect(fileOf(longer)).toMatchObject({ alreadyImported: false, added: 0, updated: 0, rejected });
  expect(rowsIn(at)).toEqual(rows);
}

const sumsOf = ({ requests, tokens, quantities, billed, claimed }: Omit<Expected, 'words' | 'says'>): Partial<Sums> =>
  Object.fromEntries(
    Object.entries({ requests, tokens, quantities, billed, claimed }).filter(([, value]) => value !== undefined),
  );

const fileOf = ({ stdout }: { readonly stdout: string }): Body => JSON.parse(stdout).files[0];

/** A copy in a folder of its own, of the same name and time, since some sources read those. */
function longerCopy(at: Scene, path: string): string {
  const folder = at.path('copy');
  mkdirSync(folder);
  const copy = join(folder, basename(path));
  const bytes = readFileSync(path);
  if (bytes.subarray(0, 6).toString() === 'SQLite') copyWithVacuum(path, copy);
  else writeFileSync(copy, Buffer.concat([bytes, Buffer.from(bytes.at(-1) === 0x0a ? '\n' : '\n\n')]));
  const time = new Date('2026-10-01T00:00:00Z');
  utimesSync(copy, time, time);
  return copy;
}

/** Other bytes of a database that hold the same. */
function copyWithVacuum(path: string, copy: string): void {
  copyFileSync(path, copy);
  const db = new Driver(copy);
  db.exec('CREATE TABLE other (x); DROP TABLE other; VACUUM');
  db.close();
}

/** All rows of the ledger's view, without what depends on where the file was. */
export function rowsIn(at: Scene): Body[] {
  return withLedger(at, (db) => db.prepare('SELECT * FROM usage ORDER BY recording, ts, id').all()).map(
    ({ file: _, ...row }: Body) => row,
  );
}

/** @param where  a condition over the view `usage`, and over `quantity` joined with it */
export function sumsIn(at: Scene, where = '1'): Sums {
  return withLedger(at, (db) => {
    const [requests, ...tokens] = db
      .prepare(
        `SELECT ifnull(sum(requests), 0), sum(input), sum(cache_read), sum(cache_write_5m), sum(cache_write_1h), sum(output),
           sum(reasoning) FROM usage WHERE ${where}`,
      )
      .raw()
      .get() as [number, ...(number | null)[]];
    const quantities = db
      .prepare(
        `SELECT q.name, sum(q.value) / 1e6 FROM usage JOIN quantity q ON q.ts = usage.ts AND q.recording = usage.recording
           AND q.id = usage.id WHERE ${where} GROUP BY q.name`,
      )
      .raw()
      .all() as [string, number][];
    const money = (kind: 'billed' | 'claimed') =>
      moneyOf(
        db
          .prepare(
            `SELECT charge, ${kind}, ${kind}_currency FROM usage WHERE ${kind} IS NOT NULL AND ${where} ORDER BY charge`,
          )
          .raw()
          .all() as [string, string, string][],
      );
    return {
      requests,
      tokens,
      quantities: Object.fromEntries(quantities),
      billed: money('billed'),
      claimed: money('claimed'),
    };
  });
}

/** Exact sums: of amounts finer than a pico-unit, too. */
function moneyOf(rows: readonly (readonly [string, string, string])[]): Record<string, string> {
  const sums = new Map<string, { amount: string; currency: string }>();
  for (const [charge, amount, currency] of rows) {
    const before = sums.get(charge);
    if (before !== undefined && before.currency !== currency) throw new Error(`two currencies of ${charge}`);
    const sum = addDecimals(parseDecimal(before?.amount ?? '0'), parseDecimal(amount));
    sums.set(charge, { amount: formatDecimal(sum), currency });
  }
  return Object.fromEntries([...sums].map(([charge, { amount, currency }]) => [charge, `${amount} ${currency}`]));
}

function withLedger<T>(at: Scene, work: (db: InstanceType<typeof Driver>) => T): T {
  const db = new Driver(at.path('tokenhub.db'), { readonly: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

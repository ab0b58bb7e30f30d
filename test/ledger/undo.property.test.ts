import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchOf } from '../../src/ledger/entry-batch-builder.js';
import type { Ledger, Standing } from '../../src/ledger/ledger.js';
import { NO_TALLY } from './entries.js';
import { contentsOf, rawLedger, rollupsIn } from './raw-ledger.js';
import {
  ASSESS,
  buckets,
  bucketsAgain,
  entriesOf,
  type Line,
  readings,
  readingsOf,
  requests,
  resends,
  SMALL,
} from './usage-logs.js';

/** Zones of half hours, of summer time, and of summer time by half an hour. */
const ZONES = ['UTC', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe'];
const RUNS = 30;

interface File {
  readonly name: string;
  readonly lines: readonly Line[];
  readonly standing: Standing;
}

let serial = 0;

/** Imports a file in small batches; returns the import's id. */
async function importLines(ledger: Ledger, { name, lines, standing }: File): Promise<number> {
  await ledger.begin();
  serial += 1;
  const key = { sha256: `${serial}`, source: 'tokenhub', role: 'app', options: '{}' } as const;
  const id = await ledger.openImport(key, name, 1, undefined, standing);
  const entries = entriesOf(lines);
  for (let at = 0; at < entries.length; at += 3) await ledger.append(id, batchOf(entries.slice(at, at + 3)), ASSESS);
  await ledger.settle(ASSESS);
  await ledger.addReadings(id, readingsOf(lines), ASSESS);
  const reject = { at: null, line: lines.length + 2, field: null, reason: `bad in ${name}` };
  await ledger.closeImport(id, { ...NO_TALLY, rejected: 1 }, [reject], null);
  await ledger.commit();
  return id;
}

async function undo(ledger: Ledger, id: number): Promise<void> {
  await ledger.begin();
  await ledger.undoImport(id, ASSESS);
  await ledger.commit();
}

async function ledgerIn(zone: string) {
  const raw = rawLedger();
  await raw.ledger.begin();
  await raw.ledger.keepTotalsIn(zone);
  await raw.ledger.commit();
  return raw;
}

/** A ledger that imported files once, in order. */
async function plainly(zone: string, files: readonly File[]) {
  const raw = await ledgerIn(zone);
  for (const file of files) await importLines(raw.ledger, file);
  return raw;
}

async function rebuilt({ db, ledger }: Awaited<ReturnType<typeof ledgerIn>>, zone: string) {
  await ledger.begin();
  await ledger.keepTotalsIn('Etc/GMT+12');
  await ledger.keepTotalsIn(zone);
  const rollups = rollupsIn(db);
  await ledger.rollback();
  return rollups;
}

/** Lines cut into files; which file is imported, or taken back if it is in, step by step. */
const histories = (line: fc.Arbitrary<Line>) =>
  fc.record({
    zone: fc.constantFrom(...ZONES),
    files: fc.array(
      fc.record({
        lines: fc.array(line, { minLength: 1, maxLength: 7 }),
        standing: fc.constantFrom<Standing>('joins', 'joins', 'restates'),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    steps: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 9 }),
  });

async function check(line: fc.Arbitrary<Line>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(histories(line), async ({ zone, files, steps }) => {
      const raw = await ledgerIn(zone);
      const held = new Map<number, number>();
      for (const step of steps) {
        const file = step % files.length;
        const id = held.get(file);
        if (id === undefined) held.set(file, await importLines(raw.ledger, { name: `${file}`, ...files[file]! }));
        else await undo(raw.ledger, id);
        if (id !== undefined) held.delete(file);
      }
      const left = [...held.keys()].map((file) => ({ name: `${file}`, ...files[file]! }));
      const once = await plainly(zone, left);
      expect(contentsOf(raw.db)).toEqual(contentsOf(once.db));
      expect(rollupsIn(raw.db)).toEqual(rollupsIn(once.db));
      expect(rollupsIn(raw.db)).toEqual(await rebuilt(raw, zone));
    }),
    { numRuns: Number(process.env.TOKENHUB_TEST_RUNS ?? RUNS) },
  );
}

test('files imported and taken back in any order leave what the others say', () => check(requests(SMALL)), 300_000);

test('so do files of few requests sent again and again', () => check(resends), 300_000);

test('so do daily buckets, exported under several zones, some of them restated', () => check(buckets(SMALL)), 300_000);

test('so does one bucket, exported again and again', () => check(bucketsAgain), 300_000);

test('so do readings of meters', () => check(readings), 300_000);

test('so do both together', () => check(fc.oneof(requests(SMALL), buckets(SMALL))), 300_000);

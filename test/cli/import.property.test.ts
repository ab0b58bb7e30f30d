import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadDriver } from '../../src/load-driver.js';
import { DIMENSIONS } from '../../src/report/dimension.js';
import { rollupsIn } from '../ledger/raw-ledger.js';
import { scene } from './scene.js';

/** Each run imports some ten files by the whole program. */
const RUNS = { numRuns: Number(process.env.TOKENHUB_TEST_RUNS ?? 8) };

const COLUMNS = [
  ...['timestamp', 'request_id', 'model', 'input_tokens', 'cached_input_tokens', 'output_tokens', 'latency_ms'],
  ...['cost', 'currency', 'account', 'key', 'user', 'agent', 'project', 'status', 'tag:app'],
];

const some = fc.constantFrom;
const rest = fc.tuple(
  ...[some('gpt-4o', 'qwen3-max', 'own-model'), some('1000', '1200', ''), some('', '400'), some('10', '25', '')],
  ...[some('', '900'), some('', '0.25'), some('USD'), some('prod', 'prod', 'lab'), some('', 'k1'), some('', 'li')],
  ...[some('', 'planner'), some('', 'hub'), some('', '200'), some('', 'chat')],
);

const UUIDS = ['0f9e2a7c-44ec-4b6d-8bb6-6b0dac29fca6', '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d'];

/** A request that may come again, at another time, with other figures; or a call without an id, at a time of its own. */
const request = fc
  .record({ id: some('r1', 'r2', ...UUIDS), minute: fc.nat({ max: 3 }), rest })
  .map(({ id, minute, rest }) => [`2026-03-08T0${4 + minute}:59:30Z`, id, ...rest]);
const log = fc
  .record({ requests: fc.array(request, { maxLength: 9 }), calls: fc.array(rest, { maxLength: 4 }) })
  .map(({ requests, calls }) => [
    ...requests,
    ...calls.map((call, i) => [`2026-04-05T14:${10 + i}:00Z`, '', ...call]),
    ['2026-03-31T23:59:59Z', 'first', 'gpt-4o', '100', '', '10', '', '', '', 'prod', '', '', '', '', '', ''],
  ]);

const csv = (rows: readonly (readonly string[])[]) => [COLUMNS, ...rows].map((row) => row.join(',')).join('\n');

/** Rows in any order, in any files; then steps: file n is imported, or taken back if it is in. */
const histories = log.chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    shuffled: fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
    cuts: fc.array(fc.nat({ max: rows.length }), { maxLength: 3 }),
    steps: fc.array(fc.nat({ max: 3 }), { maxLength: 6 }),
    zone: some('UTC', 'Asia/Kolkata', 'America/New_York', 'Australia/Lord_Howe'),
  }),
);

function pieces<T>(rows: readonly T[], cuts: readonly number[]): readonly (readonly T[])[] {
  const edges = [0, ...[...cuts].sort((a, b) => a - b), rows.length];
  return edges.slice(1).map((end, i) => rows.slice(edges[i], end));
}

const hub = (zone: string) => scene({ 'tokenhub.config.yaml': `timeZone: ${zone}\n` });

async function importing(at: ReturnType<typeof scene>, name: string, text: string): Promise<void> {
  writeFileSync(at.path(name), text);
  expect(await at.tokenhub('import', name)).toMatchObject({ exitCode: 0 });
}

/** Reports by every dimension, the rows of the view but for where they stand in which file, and the rollups. */
async function contents(at: ReturnType<typeof scene>) {
  const reports = [];
  for (const by of DIMENSIONS) {
    const { rows, totals } = await at.json('report', '--by', by);
    reports.push({ by, rows, totals });
  }
  const db = new (loadDriver())(at.path('tokenhub.db'), { readonly: true });
  const usage = db
    .prepare<unknown[], object>('SELECT * FROM usage ORDER BY ts, role, source, account, id')
    .all()
    .map((row) => ({ ...row, import: 0, file: '', record: 0, recording: 0 }));
  const rollups = rollupsIn(db);
  db.close();
  return { reports, usage, rollups };
}

test('a log shuffled, cut into files, imported, taken back and imported again is the log imported once', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ rows, shuffled, cuts, steps, zone }) => {
      const once = hub(zone);
      await importing(once, 'log.csv', csv(rows));
      const at = hub(zone);
      const files = pieces(shuffled, cuts).map((piece, i) => ({
        name: `part${i}.csv`,
        text: csv(piece) + '\n'.repeat(i + 1),
      }));
      const held = new Map<number, number>();
      let imports = 0;
      const bringIn = async (file: number) => {
        await importing(at, files[file]!.name, files[file]!.text);
        held.set(file, ++imports);
      };
      for (const step of steps) {
        const file = step % files.length;
        const id = held.get(file);
        if (id === undefined) await bringIn(file);
        else expect(await at.tokenhub('imports', 'undo', `${id}`)).toMatchObject({ exitCode: 0 });
        if (id !== undefined) held.delete(file);
      }
      for (const file of files.keys()) if (!held.has(file)) await bringIn(file);
      for (const { name } of files) expect(await at.tokenhub('import', name)).toMatchObject({ exitCode: 0 }); // no-op
      expect(await contents(at)).toEqual(await contents(once));
    }),
    RUNS,
  );
}, 300_000);

test('a file of daily buckets is the same in any order of its rows, and imported again', async () => {
  const bucket = fc.record({ day: some('2026-03-08', '2026-04-05'), rest }).map(({ day, rest }) => [day, '', ...rest]);
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(bucket, { minLength: 1, maxLength: 8 })
        .chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
      async ([rows, shuffled]) => {
        const [once, at] = [hub('Asia/Kolkata'), hub('Asia/Kolkata')];
        await importing(once, 'days.csv', csv(rows));
        await importing(at, 'days.csv', csv(shuffled));
        await importing(at, 'again.csv', csv(rows));
        expect(await contents(at)).toEqual(await contents(once));
      },
    ),
    RUNS,
  );
}, 300_000);

import { describe, expect, test } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.js';
import type { StoredDimension } from '../../src/report/dimension.js';
import type { Filter, StoredField } from '../../src/report/filter.js';
import { bucketOf } from '../../src/report/latency.js';
import type { CellQuery } from '../../src/report/query.js';
import { ALL, APP, at, entry, importFile, METER } from './entries.js';

const QUERY: CellQuery = {
  days: 'each',
  window: ALL,
  by: [],
  cost: 'auto',
  units: null,
  models: null,
  filters: [],
  latency: false,
  top: null,
};

/** What every ledger keeps to when it groups and filters by the fields of an event. */
export function fieldsContract(open: () => Promise<Ledger>): void {
  async function filled(): Promise<Ledger> {
    const ledger = await open();
    const odd = `a'b"c$.[x]`;
    await importFile(ledger, [
      entry({
        id: 'r1',
        event: {
          session: 's1',
          status: '200',
          mode: 'batch',
          origin: {
            project: 'alpha',
            key: 'k1',
            workspace: 'w1',
            team: 't1',
            service: 'v1',
            consumer: 'c1',
            tags: { app: 'chat', [odd]: 'yes' },
          },
        },
      }),
      entry({ id: 'r2', unit: null, event: { origin: { project: 'beta[1]', key: 'k2', tags: { app: 'b*?' } } } }),
      entry({ id: 'r3', unit: 'qianwen', event: { model: 'gpt-5' } }),
      entry({ id: 'm1', recording: METER, unit: 'qianwen', event: { origin: { project: 'alpha' } } }),
    ]);
    return ledger;
  }

  const countsBy = async (ledger: Ledger, dimension: StoredDimension, query: Partial<CellQuery> = {}) => {
    const counts = new Map<string | null, bigint>();
    for (const { values, events } of await ledger.cells({ ...QUERY, ...query, by: [dimension] }))
      counts.set(values[0]!, (counts.get(values[0]!) ?? 0n) + events);
    return Object.fromEntries(counts);
  };

  describe('dimensions', () => {
    test.each<[StoredDimension, Record<string, bigint>]>([
      ['session', { s1: 1n, null: 3n }],
      ['status', { 200: 1n, null: 3n }],
      ['mode', { batch: 1n, standard: 3n }],
      ['charge', { usage: 4n }],
      ['key', { k1: 1n, k2: 1n, null: 2n }],
      ['workspace', { w1: 1n, null: 3n }],
      ['team', { t1: 1n, null: 3n }],
      ['service', { v1: 1n, null: 3n }],
      ['consumer', { c1: 1n, null: 3n }],
      ['project', { alpha: 2n, 'beta[1]': 1n, null: 1n }],
      ['tag:app', { chat: 1n, 'b*?': 1n, null: 2n }],
      [`tag:a'b"c$.[x]`, { yes: 1n, null: 3n }],
      ['tag:nobody', { null: 4n }],
    ])('%s is told as recorded, nothing as null', async (dimension, expected) => {
      await using ledger = await filled();
      expect(await countsBy(ledger, dimension)).toEqual(expected);
    });

    test('several at once are told in the order asked for', async () => {
      await using ledger = await filled();
      const cells = await ledger.cells({ ...QUERY, by: ['tag:app', 'project', 'unit', 'charge'] });
      expect(cells.map(({ values }) => values)).toContainEqual(['chat', 'alpha', 'wukong', 'usage']);
    });
  });

  describe('conditions', () => {
    const condition = (field: StoredField, op: Filter['op'], ...values: (string | null)[]): Filter<StoredField> => ({
      field,
      op,
      values,
    });

    test.each<[Filter<StoredField>[], string[]]>([
      [[condition('project', '=', 'alpha')], ['m1', 'r1']],
      [[condition('project', '=', 'alpha', 'beta[1]')], ['m1', 'r1', 'r2']],
      [[condition('project', '=', null)], ['r3']],
      [[condition('project', '!=', 'alpha')], ['r2', 'r3']], // without a project is not alpha
      [[condition('project', '!=', 'alpha', null)], ['r2']],
      [[condition('project', '~', 'beta[*')], ['r2']], // `[` and `?` are plain characters
      [[condition('project', '~', 'beta?1]')], []],
      [[condition('project', '~', '*')], ['m1', 'r1', 'r2']],
      [[condition('project', '~', 'ALPHA')], []],
      [[condition('tag:app', '=', 'chat')], ['r1']],
      [[condition('tag:app', '~', 'b*?')], ['r2']],
      [[condition('tag:app', '!=', 'chat')], ['m1', 'r2', 'r3']],
      [[condition('unit', '=', null)], ['r2']],
      [[condition('unit', '!=', 'wukong')], ['m1', 'r2', 'r3']],
      [[condition('unit', '!=', null)], ['m1', 'r1', 'r3']],
      [[condition('model', '~', 'gpt*', 'o1*')], ['r3']],
      [[condition('role', '=', 'meter')], ['m1']],
      [[condition('source', '=', 'tokenhub'), condition('account', '!=', 'alibaba')], []],
      [[condition('charge', '=', 'usage'), condition('mode', '=', 'batch')], ['r1']],
      [[condition('charge', '=', 'tax')], []],
      [[condition('key', '=', "x' OR 1=1 --")], []],
      [[condition('project', '=')], []],
    ])('%j lets %j through', async (filters, expected) => {
      await using ledger = await filled();
      const cells = await ledger.cells({ ...QUERY, by: ['unit', 'project', 'model'], filters });
      const idOf = ({ recording, values: [unit, project] }: (typeof cells)[number]) =>
        recording.role === 'meter' ? 'm1' : unit === null ? 'r2' : project === null ? 'r3' : 'r1';
      expect(cells.map(idOf).sort()).toEqual(expected);
    });

    test('names are those any event ever had', async () => {
      await using ledger = await filled();
      expect(await ledger.names('project')).toEqual(['alpha', 'beta[1]']);
      expect(await ledger.names('tag:app')).toEqual(['b*?', 'chat']);
      expect(await ledger.names('role')).toEqual(['app', 'meter']);
      expect(await ledger.names('unit')).toEqual(['qianwen', 'wukong']);
      expect(await ledger.names('team')).toEqual(['t1']);
    });
  });

  describe('hours', () => {
    test('are those of the zone; a daily bucket has none', async () => {
      await using ledger = await open();
      await importFile(ledger, [
        entry({ id: 'r1', event: { at: at('2026-10-05T18:45:00Z') } }),
        entry({ id: 'b1', event: { at: at('2026-10-05T00:00:00Z'), day: '2026-10-05' } }),
        // In Berlin clocks go back at 01:00Z.
        entry({ id: 'r2', event: { at: at('2026-10-25T00:30:00Z') } }),
        entry({ id: 'r3', event: { at: at('2026-10-25T01:30:00Z') } }),
      ]);
      const window = (timeZone: string) => ({ window: { ...ALL, timeZone } });
      expect(await countsBy(ledger, 'hour', window('Asia/Kolkata'))).toEqual({
        '2026-10-06T00': 1n,
        '2026-10-25T06': 1n,
        '2026-10-25T07': 1n,
        null: 1n,
      });
      expect(await countsBy(ledger, 'hour', window('Europe/Berlin'))).toEqual({
        '2026-10-05T20': 1n,
        '2026-10-25T02+02:00': 1n,
        '2026-10-25T02+01:00': 1n,
        null: 1n,
      });
    });
  });

  describe('latencies', () => {
    test('are told as a histogram of single requests, cell by cell, when asked for', async () => {
      await using ledger = await open();
      await importFile(ledger, [
        entry({ id: 'r1', event: { latencyMs: 100 } }),
        entry({ id: 'r2', event: { latencyMs: 101 } }), // the same bucket
        entry({ id: 'r3', event: { latencyMs: 0 } }),
        entry({ id: 'r4', event: { latencyMs: null } }),
        entry({ id: 'r5', unit: 'qianwen', event: { latencyMs: 5000 } }),
        entry({ id: 'b1', event: { latencyMs: 900, day: '2026-10-05' } }),
      ]);
      const cells = await ledger.cells({ ...QUERY, by: ['unit'], latency: true });
      expect(cells.map(({ grain, values, latency }) => [grain, values[0], latency])).toEqual([
        ['day', 'wukong', new Map()],
        ['request', 'qianwen', new Map([[bucketOf(5000), 1n]])],
        [
          'request',
          'wukong',
          new Map([
            [0, 1n],
            [bucketOf(100), 2n],
          ]),
        ],
      ]);
      const [first] = await ledger.cells({ ...QUERY, by: ['unit'] });
      expect(first?.latency).toBeNull();
      expect(first?.recording).toEqual(APP);
    });
  });
}

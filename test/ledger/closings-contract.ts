import { describe, expect, test } from 'vitest';
import type { NewClosing } from '../../src/hub/closing/closing.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { windowBetween } from '../../src/report/period.js';
import { ALL, at, BILL, entry, importFile, usd } from './entries.js';

const OCTOBER: NewClosing = {
  period: '2026-10',
  firstDay: '2026-10-01',
  lastDay: '2026-10-31',
  timeZone: 'Asia/Shanghai',
  content: '{"version":1}',
  hash: 'h',
  note: null,
  closedAt: 1_793_500_000_000,
};
const EVERYTHING = { window: ALL, models: null, providers: null, accounts: null };

/** Events at the edges of Shanghai's October, which is [30 September 16:00Z, 31 October 16:00Z). */
const EDGES = [
  entry({ id: 'before', event: { at: at('2026-09-30T15:59:59.999Z') } }),
  entry({ id: 'first', event: { at: at('2026-09-30T16:00:00Z') } }),
  entry({ id: 'last', event: { at: at('2026-10-31T15:59:59.999Z') } }),
  entry({ id: 'after', event: { at: at('2026-10-31T16:00:00Z') } }),
  // a day of another zone goes by its date, and an hour that an edge cuts lies in no period
  entry({ id: 'day', recording: BILL, event: { at: at('2026-09-30T22:00:00Z'), day: '2026-10-01' } }),
  entry({ id: 'cut', event: { at: at('2026-10-31T15:30:00Z'), until: at('2026-10-31T16:30:00Z') } }),
];

/** What every ledger keeps to about closed periods. */
export function closingsContract(open: () => Promise<Ledger>): void {
  async function closedLedger(closing = OCTOBER): Promise<Ledger> {
    const ledger = await open();
    await importFile(ledger, EDGES);
    await ledger.begin();
    await ledger.addClosing(closing);
    await ledger.commit();
    return ledger;
  }

  const inTransaction = async <T>(ledger: Ledger, work: () => Promise<T>): Promise<T> => {
    await ledger.begin();
    const result = await work();
    await ledger.commit();
    return result;
  };

  describe('closings', () => {
    test('are listed in the order they were made, as they were given', async () => {
      await using ledger = await closedLedger();
      const november = {
        ...OCTOBER,
        period: '2026-11',
        firstDay: '2026-11-01',
        lastDay: '2026-11-30',
        note: 'by hand',
      };
      await inTransaction(ledger, () => ledger.addClosing(november));
      expect(await ledger.closings()).toEqual([
        { ...OCTOBER, id: 1, reopened: null },
        { ...november, id: 2, reopened: null },
      ]);
    });

    test('stay listed when they are reopened, with the reason, and another one is a new row', async () => {
      await using ledger = await closedLedger();
      await inTransaction(ledger, () => ledger.reopenClosing(1, 'the bill was wrong'));
      await inTransaction(ledger, () => ledger.addClosing(OCTOBER));
      const closings = await ledger.closings();
      expect(closings.map(({ id, reopened }) => [id, reopened])).toEqual([
        [1, 'the bill was wrong'],
        [2, null],
      ]);
    });

    test('are not there after a rollback', async () => {
      await using ledger = await open();
      await ledger.begin();
      await ledger.addClosing(OCTOBER);
      await ledger.rollback();
      expect(await ledger.closings()).toEqual([]);
    });

    test('are written inside a transaction only', async () => {
      await using ledger = await open();
      await expect(ledger.addClosing(OCTOBER)).rejects.toThrow('transaction');
    });

    test('count their events: by instant in their own zone, buckets that lie in them whole by date', async () => {
      await using ledger = await closedLedger();
      expect(await ledger.closedEvents(EVERYTHING)).toBe(3); // first, last, day
      expect(await ledger.closedEvents({ ...EVERYTHING, accounts: ['other'] })).toBe(0);
      expect(await ledger.importedEvents(1, windowBetween(OCTOBER))).toBe(3);
      expect(await ledger.importedEvents(2, windowBetween(OCTOBER))).toBe(0);
      expect(await ledger.bucketImports([1, 2], windowBetween(OCTOBER))).toEqual([1]);
      expect(await ledger.bucketImports([2], windowBetween(OCTOBER))).toEqual([]);
      await inTransaction(ledger, () => ledger.reopenClosing(1, 'again'));
      expect(await ledger.closedEvents(EVERYTHING)).toBe(0);
    });
  });

  describe('events of closed periods', () => {
    const costs = async (ledger: Ledger) => {
      const of: [string, bigint | null][] = [];
      await ledger.reprice(
        EVERYTHING,
        async (batch) =>
          batch.map(({ computed, event }) => {
            of.push([event.id ?? '', computed.known ? computed.pico : null]);
            return computed;
          }),
        'preview',
      );
      return of.map(([id]) => id).sort();
    };

    test('are not priced again', async () => {
      await using ledger = await closedLedger();
      await inTransaction(ledger, () => ledger.reprice(EVERYTHING, async (batch) => batch.map(() => usd(9n)), 'apply'));
      expect(await costs(ledger)).toEqual(['after', 'before', 'cut']);
      const cells = await ledger.cells({
        ...{ window: windowBetween(OCTOBER), by: [], days: 'all', cost: 'computed' },
        ...{ units: null, models: null, filters: [], latency: false, top: null },
      });
      expect(cells.reduce((sum, { cost }) => sum + (cost?.pico ?? 0n), 0n)).toBe(15n); // 3 events of 5 each
    });

    test('keep their unit when rules are applied', async () => {
      await using ledger = await closedLedger();
      const rules = { hash: 'r', json: '{}' };
      const query = { timeZone: 'UTC', edges: [], reads: () => true, assign: () => 'qianwen' };
      const apply = () => inTransaction(ledger, () => ledger.applyRules(rules, query));
      expect((await apply()).changed).toBe(3);
      const cells = await ledger.cells({
        ...{ window: ALL, by: ['unit'], days: 'all', cost: 'computed' },
        ...{ units: null, models: null, filters: [], latency: false, top: null },
      });
      const events = (unit: string) =>
        cells.filter(({ values }) => values[0] === unit).reduce((sum, each) => sum + each.events, 0n);
      expect([events('wukong'), events('qianwen')]).toEqual([3n, 3n]);
      expect(await ledger.appliedRules()).toEqual(rules);
      await inTransaction(ledger, () => ledger.reopenClosing(1, 'again'));
      expect((await apply()).changed).toBe(3);
    });

    test('are priced again once the period is open', async () => {
      await using ledger = await closedLedger();
      await inTransaction(ledger, () => ledger.reopenClosing(1, 'again'));
      expect(await costs(ledger)).toHaveLength(EDGES.length);
    });
  });
}

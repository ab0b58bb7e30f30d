import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSqliteLedger } from '../../src/ledger/sqlite/open.js';
import { breakdown } from '../../src/report/breakdown.js';
import { daysToAsk } from '../../src/report/days-asked.js';
import { DIMENSIONS, type Dimension, isTime } from '../../src/report/dimension.js';
import { cellQueryOf } from '../../src/report/dimensions.js';
import { periodFrom } from '../../src/report/period.js';
import type { CellQuery, CostChoice, ReportQuery } from '../../src/report/query.js';
import { BILL, METER, present, query } from '../report/cells.js';
import { APP, importFile } from './entries.js';
import { ASSESS, buckets, entriesOf, requests, SMALL, spans } from './usage-logs.js';

const PERIODS = [{}, { period: '2026-03' }, { from: '2026-03-08', to: '2026-04-04' }] as const;
const OF_MONTHS: readonly Dimension[] = ['month', 'quarter', 'year'];
/** Days of cells: none, or the first of a month and those of a bucket of several days. */
const ADDED = { all: /^$/, month: /-01$|\.\./ };
const COSTS: readonly CostChoice[] = ['auto', 'billed', 'computed', 'claimed'];

test('a report folded from the sums of all days, or of months, is the one folded day by day', async () => {
  const compared = { all: 0, month: 0 };
  const recordings = fc.constantFrom(APP, APP, { ...APP, account: 'two' }, { ...APP, source: 'other' }, METER, BILL);
  const line = fc.oneof(requests(SMALL, recordings), buckets(SMALL, recordings), spans(recordings));
  const asking = DIMENSIONS.filter((dimension) => !isTime(dimension) || OF_MONTHS.includes(dimension));
  const dimensions = fc.oneof(
    fc.shuffledSubarray(asking, { maxLength: 2 }),
    fc.shuffledSubarray([...OF_MONTHS], { maxLength: 2 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1, maxLength: 8 }),
      dimensions,
      fc.constantFrom(...COSTS),
      async (lines, by, cost) => {
        await using ledger = await openSqliteLedger({ path: ':memory:', mode: 'create' });
        await ledger.begin();
        await ledger.keepTotalsIn('UTC');
        await ledger.commit();
        await importFile(ledger, entriesOf(lines), { assess: ASSESS });
        for (const choice of PERIODS) {
          const asked: ReportQuery = query({
            ...{ by, cost, latency: true },
            window: periodFrom(choice, { now: 0, timeZone: 'UTC' }),
          });
          const presence = await ledger.presence(asked.window, cost);
          const days = daysToAsk({ by, cost, presence });
          if (days === 'each') continue;
          for (const { day } of await ledger.cells(cellQueryOf(asked, days))) expect(day).toMatch(ADDED[days]);
          const bodyOf = async (days: CellQuery['days']) =>
            breakdown({
              ...{ query: asked, presence, cells: await ledger.cells(cellQueryOf(asked, days)) },
              ...{ prices: [], incomplete: [], straddling: [], warnings: [] },
            });
          const body = await bodyOf(days);
          expect(body).toEqual(await bodyOf('each'));
          if (body.rows.length > 0) compared[days]++;
        }
      },
    ),
    { numRuns: 160 },
  );
  expect(compared.all).toBeGreaterThan(60);
  expect(compared.month).toBeGreaterThan(30);
}, 120_000);

describe('all days are asked for together', () => {
  const days = ['2026-10-05', '2026-10-06'];
  const of = (facts: Parameters<typeof present>[0]) => days.map((day) => present({ day, ...facts }));
  const asked = (presence: ReturnType<typeof of>, by: ReportQuery['by'] = ['unit']) =>
    daysToAsk({ by, cost: 'auto', presence });

  test('where every day is read alike, for tokens and for money', () => {
    expect(asked(of({}))).toBe('all');
    expect(asked([...of({}), ...of({ recording: METER })])).toBe('all');
    expect(asked([...of({}), ...of({ grain: 'day' })])).toBe('all');
  });

  test('by month where no time asked for cuts one', () => {
    expect(asked(of({}), ['unit', 'month'])).toBe('month');
    expect(asked(of({}), ['year', 'quarter'])).toBe('month');
    expect(asked([...of({}), present({ day: days[0]!, recording: METER })], ['month'])).toBe('each');
  });

  test('but not by a time that does', () => {
    expect(asked(of({}), ['hour'])).toBe('each');
    expect(asked(of({}), ['month', 'week'])).toBe('each');
    expect(asked(of({}), ['cycle:15'])).toBe('each');
  });

  test('nor where a recording is read on some days only', () => {
    expect(asked([...of({}), present({ day: days[0]!, recording: METER })])).toBe('each');
    expect(asked([...of({ grain: 'day' }), present({ day: days[0]! })])).toBe('each');
  });

  test('nor where the money is on a bill', () => {
    expect(asked([...of({}), ...of({ recording: BILL, tokens: 0n, billedEvents: 1n })])).toBe('each');
    expect(asked(of({ recording: BILL, billedEvents: 1n }))).toBe('all');
  });
});

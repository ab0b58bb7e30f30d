import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Presence } from '../../src/report/cell.js';
import { chooseRecordings } from '../../src/report/choose-recordings.js';
import { daySpan, daysOfSpan, isRange } from '../../src/report/day-text.js';
import type { CostChoice } from '../../src/report/query.js';
import { APP, BILL, METER, ONE, present } from './cells.js';

const DAY = '2026-10-05';

const NOTHING_LEFT_OUT = {
  days: 0,
  tokens: 0n,
  cost: {},
  buckets: { days: 0, tokens: 0n, cost: {} },
  twins: { events: 0n, tokens: 0n, cost: {} },
};

/** `role:source` of what is read on the day, tokens first. */
function readOn(presence: Presence[], cost: CostChoice = 'auto', day = DAY) {
  const { read } = chooseRecordings(presence, cost);
  const names = (what: 'tokens' | 'money') =>
    presence.filter((p) => p.day === day && read(p)[what]).map((p) => `${p.recording.role}:${p.recording.source}`);
  return { tokens: names('tokens'), money: names('money') };
}

describe('roles of one account', () => {
  test('a meter is read and the application of the same account is left out', () => {
    expect(readOn([present({}), present({ recording: METER })])).toEqual({
      tokens: ['meter:dashscope'],
      money: ['meter:dashscope'],
    });
  });

  test('accounts are decided one by one', () => {
    const other = { ...APP, account: 'openai' };
    expect(readOn([present({ recording: other }), present({ recording: METER })]).tokens).toEqual([
      'app:openai',
      'meter:dashscope',
    ]);
  });

  test('days are decided one by one', () => {
    const presence = [present({}), present({ day: '2026-10-06' }), present({ recording: METER })];
    expect(readOn(presence, 'auto', DAY).tokens).toEqual(['meter:dashscope']);
    expect(readOn(presence, 'auto', '2026-10-06').tokens).toEqual(['app:openai']);
  });

  test('a bill of amounts without tokens is read for money, not for tokens', () => {
    const bill = present({ recording: BILL, tokens: 0n, billedEvents: 3n, cost: { USD: ONE } });
    expect(readOn([present({}), bill])).toEqual({ tokens: ['app:openai'], money: ['bill:alibaba-bill'] });
  });

  test('a bill without billed amounts that day is not read for money', () => {
    expect(readOn([present({ recording: METER }), present({ recording: BILL })])).toEqual({
      tokens: ['meter:dashscope'],
      money: ['meter:dashscope'],
    });
  });

  test('where no role has tokens the first present is read, for its calls', () => {
    const presence = [present({ tokens: 0n }), present({ recording: METER, tokens: 0n })];
    expect(readOn(presence).tokens).toEqual(['meter:dashscope']);
  });

  test('computed cost is that of what is read for tokens, even beside a bill', () => {
    const bill = present({ recording: BILL, tokens: 0n, billedEvents: 1n });
    expect(readOn([present({}), bill], 'computed').money).toEqual(['app:openai']);
  });

  test('claimed cost is looked for where something is claimed', () => {
    const gateway = present({ recording: { ...APP, role: 'gateway', source: 'higress' }, cost: { USD: 5n } });
    expect(readOn([present({ recording: METER }), gateway], 'claimed')).toEqual({
      tokens: ['meter:dashscope'],
      money: ['gateway:higress'],
    });
    expect(
      readOn([present({ cost: { USD: 1n } }), present({ recording: METER, cost: { USD: 2n } })], 'claimed').money,
    ).toEqual(['meter:dashscope']);
  });
});

describe('sources of one role', () => {
  test('two applications of one account are added', () => {
    const second = { ...APP, source: 'anthropic' };
    expect(readOn([present({}), present({ recording: second })]).tokens).toEqual(['app:openai', 'app:anthropic']);
  });

  test('two meters of one account are alternatives, and single requests win over daily buckets', () => {
    const daily = present({ recording: { ...METER, source: 'a-daily' }, grain: 'day', tokens: 900n });
    expect(readOn([daily, present({ recording: METER })]).tokens).toEqual(['meter:dashscope']);
  });

  test('two meters of the same grain: the first by name', () => {
    const first = present({ recording: { ...METER, source: 'console' } });
    expect(readOn([present({ recording: METER }), first]).tokens).toEqual(['meter:console']);
  });
});

describe('what was used and left out', () => {
  test('every recording is named with what was read of it', () => {
    const presence = [
      present({ tokens: 100n, cost: { USD: ONE } }),
      present({ recording: METER, tokens: 90n, cost: { USD: ONE / 2n } }),
      present({ recording: BILL, tokens: 0n, billedEvents: 1n, cost: { USD: 2n * ONE } }),
    ];
    expect(chooseRecordings(presence, 'auto').recordings).toEqual([
      {
        ...APP,
        used: 'none',
        days: 1,
        tokens: 100n,
        cost: { USD: '1' },
        leftOut: { ...NOTHING_LEFT_OUT, days: 1, tokens: 100n, cost: { USD: '1' } },
      },
      { ...BILL, used: 'money', days: 1, tokens: 0n, cost: { USD: '2' }, leftOut: NOTHING_LEFT_OUT },
      {
        ...METER,
        used: 'tokens',
        days: 1,
        tokens: 90n,
        cost: { USD: '0.5' },
        leftOut: { ...NOTHING_LEFT_OUT, cost: { USD: '0.5' } },
      },
    ]);
  });

  test('a recording read on some days only says what of it was left out', () => {
    const presence = [
      present({ tokens: 100n, cost: { USD: ONE } }),
      present({ day: '2026-10-06', tokens: 30n, cost: { USD: 2n * ONE } }),
      present({ recording: METER, tokens: 90n }),
    ];
    expect(chooseRecordings(presence, 'auto').recordings[0]).toEqual({
      ...APP,
      used: 'both',
      days: 2,
      tokens: 130n,
      cost: { USD: '3' },
      leftOut: { ...NOTHING_LEFT_OUT, days: 1, tokens: 100n, cost: { USD: '1' } },
    });
  });

  test.each([APP, METER, BILL])('of buckets and requests of one $role and day the requests are read', (recording) => {
    const presence = [
      present({ recording, tokens: 900n, grain: 'day', cost: { USD: 9n * ONE } }),
      present({ recording, tokens: 100n, cost: { USD: ONE } }),
    ];
    const { read, recordings } = chooseRecordings(presence, 'auto');
    expect(presence.map((view) => read(view).tokens)).toEqual([false, true]);
    const buckets = { tokens: 900n, cost: { USD: '9' } };
    expect(recordings).toMatchObject([
      // 900 + 100, 9 + 1
      { used: 'both', days: 1, tokens: 1000n, cost: { USD: '10' }, leftOut: { ...buckets, days: 0 } },
    ]);
    expect(recordings[0]?.leftOut).toEqual({ ...NOTHING_LEFT_OUT, ...buckets, buckets: { days: 1, ...buckets } });
  });

  test('buckets are read on days without single requests', () => {
    const presence = [present({}), present({ day: '2026-10-06', grain: 'day' })];
    expect(readOn(presence, 'auto', '2026-10-06').tokens).toEqual(['app:openai']);
  });

  test('a recording all of whose requests count in another source is named, with all it holds', () => {
    const twins = { events: 2n, tokens: 50n, cost: { USD: ONE } };
    const presence = [
      present({ recording: { ...APP, source: 'copy' }, events: 0n, tokens: 0n, twins }),
      present({ events: 1n, tokens: 100n, twins }),
    ];
    const { recordings } = chooseRecordings(presence, 'auto');
    const lost = { tokens: 50n, cost: { USD: '1' } };
    expect(recordings).toEqual([
      {
        ...APP,
        source: 'copy',
        used: 'none',
        days: 1,
        ...lost,
        leftOut: { ...NOTHING_LEFT_OUT, ...lost, days: 1 },
      },
      {
        ...APP,
        used: 'both',
        days: 1,
        tokens: 150n, // 100 + 50
        cost: { USD: '1' },
        leftOut: { ...NOTHING_LEFT_OUT, ...lost, twins: { events: 2n, ...lost } },
      },
    ]);
  });

  test('a day all of whose requests count in another source is none that was read, whatever the day after it is', () => {
    const twins = { events: 2n, tokens: 50n, cost: { USD: ONE } };
    const copy = { ...APP, source: 'copy' };
    const presence = [
      present({ recording: copy, events: 0n, tokens: 0n, twins }),
      present({ recording: copy, day: '2026-10-06', tokens: 30n, cost: { USD: 2n * ONE } }),
    ];
    const { recordings, read } = chooseRecordings(presence, 'auto');
    expect(presence.map((view) => read(view).tokens)).toEqual([false, true]);
    expect(recordings).toEqual([
      {
        ...copy,
        used: 'both',
        days: 2,
        tokens: 80n, // 50 + 30
        cost: { USD: '3' }, // 1 + 2
        leftOut: { ...NOTHING_LEFT_OUT, days: 1, tokens: 50n, cost: { USD: '1' } },
      },
    ]);
  });

  test.each(['', '2026-10-01'])('the sum of days, named %j, is read as each of them is', (day) => {
    const twins = { events: 2n, tokens: 50n, cost: {} };
    const presence = [present({ day: '2026-10-01', events: 0n, tokens: 0n, twins }), present({ day: '2026-10-06' })];
    const { readCell } = chooseRecordings(presence, 'auto');
    expect(readCell({ recording: APP, day, grain: 'request', charge: 'usage' })).toEqual({ tokens: true, money: true });
  });

  test('what the ledger did not name as present is not read', () => {
    expect(chooseRecordings([], 'auto').read({ recording: APP, day: DAY, grain: 'request', charge: 'usage' })).toEqual({
      tokens: false,
      money: false,
    });
  });
});

describe('buckets of several days', () => {
  const AUGUST = '2026-08-01..2026-08-31';
  const range = (facts: Partial<Presence>) => present({ day: AUGUST, grain: 'range', ...facts });
  const first = { day: '2026-08-01' };
  const last = { day: '2026-08-31' };
  const readOf = (presence: Presence[], what: 'tokens' | 'money', cost: CostChoice = 'auto') => {
    const { read } = chooseRecordings(presence, cost);
    return presence.filter((view) => read(view)[what]).map(({ recording, day }) => `${recording.role} ${day}`);
  };

  test('a bill of a month is read for its money, the meter of its days for tokens', () => {
    const bill = range({ recording: BILL, tokens: 0n, billedEvents: 1n, cost: { USD: ONE } });
    const presence = [bill, present({ recording: METER, ...first }), present(last), present({ day: '2026-09-01' })];
    expect(readOf(presence, 'tokens')).toEqual(['meter 2026-08-01', 'app 2026-08-31', 'app 2026-09-01']);
    expect(readOf(presence, 'money')).toEqual([`bill ${AUGUST}`, 'app 2026-09-01']);
    expect(readOf(presence, 'money', 'computed')).toEqual(['meter 2026-08-01', 'app 2026-08-31', 'app 2026-09-01']);
  });

  test('a meter of a month is read only where nothing finer was read on any of its days', () => {
    const presence = [range({ recording: METER }), present(first), present({ day: '2026-09-01' })];
    expect(readOf(presence, 'tokens')).toEqual(['app 2026-08-01', 'app 2026-09-01']);
    expect(readOf(presence.slice(0, 1), 'tokens')).toEqual([`meter ${AUGUST}`]);
    expect(readOf([presence[0]!, presence[2]!], 'tokens')).toEqual([`meter ${AUGUST}`, 'app 2026-09-01']);
  });

  test('calls without tokens do not keep a bucket of several days from being read', () => {
    const presence = [range({ recording: METER }), present({ ...first, tokens: 0n })];
    expect(readOf(presence, 'tokens')).toEqual([`meter ${AUGUST}`]);
  });

  test('of two that overlap the first by role is read, then the shorter', () => {
    const shorter = '2026-08-20..2026-09-02';
    const presence = [range({ recording: METER }), range({ day: shorter }), range({ recording: BILL, day: shorter })];
    expect(readOf(presence, 'tokens')).toEqual([`meter ${AUGUST}`]);
    expect(readOf(presence.slice(1), 'tokens')).toEqual([`bill ${shorter}`]);
  });

  test('a bill of a month is not read for money when a bill of one of its days is', () => {
    const bill = { recording: BILL, tokens: 0n, billedEvents: 1n, cost: { USD: ONE } };
    const presence = [range(bill), present({ ...bill, ...first, grain: 'day' }), present(last)];
    expect(readOf(presence, 'money')).toEqual(['bill 2026-08-01', 'app 2026-08-31']);
    expect(chooseRecordings(presence, 'auto').recordings[1]!.leftOut).toMatchObject({
      ...{ days: 0, cost: { USD: '1' } },
      buckets: { days: 31, cost: { USD: '1' } },
    });
  });

  test('what the same source has of single days is read instead', () => {
    const presence = [range({ recording: METER }), present({ recording: METER, ...first, grain: 'day' })];
    expect(readOf(presence, 'tokens')).toEqual(['meter 2026-08-01']);
    expect(chooseRecordings(presence, 'auto').recordings[0]!.leftOut.buckets).toMatchObject({ days: 31, tokens: 100n });
  });

  test('two buckets of a source that overlap are not both read', () => {
    const week = '2026-08-10..2026-08-16';
    const presence = [range({ recording: METER }), range({ recording: METER, day: week })];
    expect(readOf(presence, 'tokens')).toEqual([`meter ${week}`]);
  });

  test('no tokens of a day are read twice, in any mixture', () => {
    const anyView = fc.record({
      recording: fc.constantFrom(APP, METER, BILL, { ...METER, source: 'other' }, { ...BILL, source: 'other' }),
      day: fc.constantFrom(
        '2026-08-01',
        '2026-08-02',
        '2026-08-03',
        '2026-08-01..2026-08-02',
        '2026-08-02..2026-08-04',
      ),
      tokens: fc.constantFrom(0n, 5n),
      billedEvents: fc.constantFrom(0n, 1n),
    });
    const textOf = ({ recording, day }: Presence) => JSON.stringify([recording, day]);
    fc.assert(
      fc.property(
        fc.array(anyView, { minLength: 1 }),
        fc.constantFrom<CostChoice>('auto', 'computed'),
        (facts, cost) => {
          const views = facts.map((view) => present({ ...view, grain: isRange(view.day) ? 'range' : 'day' }));
          const presence = [...new Map(views.map((view) => [textOf(view), view])).values()];
          const { read } = chooseRecordings(presence, cost);
          for (const view of presence) expect(read({ ...view })).toEqual(read(view));
          for (const what of ['tokens', 'money'] as const) {
            const days = presence.filter((view) => read(view)[what]).flatMap(({ day }) => daysOfSpan(daySpan(day)));
            expect(new Set(days).size).toBe(days.length);
            expect(days.length).toBeGreaterThan(0);
          }
        },
      ),
    );
  });
});

import { describe, expect, test } from 'vitest';
import type { Presence } from '../../src/report/cell.js';
import { chooseRecordings } from '../../src/report/choose-recordings.js';
import type { CostChoice } from '../../src/report/query.js';
import { APP, BILL, METER, ONE, present } from './cells.js';

const DAY = '2026-10-05';

/** `role:source` of what is read on the day, tokens first. */
function readOn(presence: Presence[], cost: CostChoice = 'auto', day = DAY) {
  const { read } = chooseRecordings(presence, cost);
  const names = (what: 'tokens' | 'money') =>
    presence
      .filter((p) => p.day === day && read(p.recording, day)[what])
      .map((p) => `${p.recording.role}:${p.recording.source}`);
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
        leftOut: { days: 1, tokens: 100n, cost: { USD: '1' } },
      },
      { ...BILL, used: 'money', days: 1, tokens: 0n, cost: { USD: '2' }, leftOut: { days: 0, tokens: 0n, cost: {} } },
      {
        ...METER,
        used: 'tokens',
        days: 1,
        tokens: 90n,
        cost: { USD: '0.5' },
        leftOut: { days: 0, tokens: 0n, cost: { USD: '0.5' } },
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
      leftOut: { days: 1, tokens: 100n, cost: { USD: '1' } },
    });
  });

  test('buckets and requests of one recording and day are one view', () => {
    const presence = [present({ tokens: 1n }), present({ tokens: 2n, grain: 'day' })];
    expect(chooseRecordings(presence, 'auto').recordings).toMatchObject([{ days: 1, tokens: 3n }]);
  });

  test('what the ledger did not name as present is not read', () => {
    expect(chooseRecordings([], 'auto').read(APP, DAY)).toEqual({ tokens: false, money: false });
  });
});

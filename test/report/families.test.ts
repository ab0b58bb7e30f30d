import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Presence } from '../../src/report/cell.js';
import { chooseRecordings } from '../../src/report/choose-recordings.js';
import { isRange } from '../../src/report/day-text.js';
import type { Grain } from '../../src/report/grain.js';
import type { CostChoice } from '../../src/report/query.js';
import { tellSameTokens } from '../../src/report/same-tokens.js';
import { BILL, ONE, present } from './cells.js';

const OCTOBER = '2026-10-01..2026-10-31';
const of = (source: string, grain: Grain, facts: Partial<Presence> = {}) =>
  present({
    recording: { role: 'gateway', source, account: 'openai' },
    grain,
    ...(grain === 'range' ? { day: OCTOBER } : {}),
    ...facts,
  });

/** `source grain` of what is read. */
function readOf(presence: Presence[], what: 'tokens' | 'money' = 'tokens', cost: CostChoice = 'auto') {
  const { read } = chooseRecordings(presence, cost);
  return presence.filter((view) => read(view)[what]).map(({ recording, grain }) => `${recording.source} ${grain}`);
}

describe('grains of one source', () => {
  test.each([
    [['request', 'minute', 'hour', 'day'], 'request'],
    [['day', 'hour', 'minute'], 'minute'],
    [['day', 'hour'], 'hour'],
  ] as const)('of %j of a day the finest is read: %s', (grains, finest) => {
    expect(readOf(grains.map((grain) => of('higress', grain)))).toEqual([`higress ${finest}`]);
  });

  test('the others are named as left out, with what they hold', () => {
    const { recordings } = chooseRecordings([of('higress', 'day', { tokens: 90n }), of('higress', 'hour')], 'auto');
    expect(recordings[0]).toMatchObject({ days: 1, tokens: 190n, leftOut: { days: 0, tokens: 90n } }); // 90 + 100
    expect(recordings[0]!.leftOut.buckets).toMatchObject({ days: 1, tokens: 90n });
  });

  test('a grain without tokens does not take the place of one with tokens', () => {
    expect(readOf([of('higress', 'hour', { tokens: 0n }), of('higress', 'day')])).toEqual(['higress day']);
  });

  test('buckets of a counter follow one another, so those of all lengths are read', () => {
    const engine = { role: 'engine' as const, source: 'vllm', account: 'cluster' };
    const presence = (['minute', 'hour', 'day'] as const).map((grain) => of('', grain, { recording: engine }));
    const weekend = of('', 'range', { recording: engine, day: '2026-10-05..2026-10-07' });
    expect(readOf([...presence, weekend])).toEqual(['vllm minute', 'vllm hour', 'vllm day', 'vllm range']);
  });
});

describe('exports of one system', () => {
  test('are alternatives: spend logs before daily tables, and other systems are added', () => {
    const presence = [of('litellm-daily', 'day'), of('litellm', 'request'), of('higress', 'request')];
    expect(readOf(presence)).toEqual(['litellm request', 'higress request']);
  });

  test('of one grain: the first by name', () => {
    expect(readOf([of('openrouter-daily', 'day'), of('openrouter-api', 'day')])).toEqual(['openrouter-api day']);
  });

  test('day by day', () => {
    const presence = [
      of('openrouter-daily', 'day'),
      of('openrouter', 'request'),
      of('openrouter-daily', 'day', { day: '2026-10-06' }),
    ];
    expect(readOf(presence)).toEqual(['openrouter request', 'openrouter-daily day']);
    const daily = chooseRecordings(presence, 'auto').recordings.find(({ source }) => source === 'openrouter-daily');
    expect(daily).toMatchObject({ used: 'both', days: 2, leftOut: { days: 1, tokens: 100n } });
  });

  test('claimed cost is that of the form that is read', () => {
    const claim = { cost: { USD: ONE } };
    const presence = [of('litellm-daily', 'day', claim), of('litellm', 'request', claim)];
    expect(readOf(presence, 'money', 'claimed')).toEqual(['litellm request']);
  });

  test('a form that names no account is read where no other form is, of whatever account', () => {
    const teams = of('litellm-export', 'range', {
      recording: { role: 'gateway', source: 'litellm-export', account: 'litellm' },
    });
    expect(readOf([teams])).toEqual(['litellm-export range']);
    expect(readOf([teams, of('litellm', 'request')])).toEqual(['litellm request']);
    expect(readOf([teams, of('litellm', 'request', { day: '2026-11-01' })])).toEqual([
      ...['litellm-export range', 'litellm request'],
    ]);
    expect(readOf([teams, of('higress', 'request')])).toEqual(['litellm-export range', 'higress request']);
  });

  test('buckets of several days of two systems are added, those of one system are not', () => {
    const presence = [of('litellm-export', 'range'), of('higress', 'range'), of('litellm-daily', 'range')];
    expect(readOf(presence)).toEqual(['higress range', 'litellm-daily range']);
  });
});

describe('lines of a bill beside usage', () => {
  const line = (facts: Partial<Presence>) =>
    present({ recording: BILL, tokens: 0n, billedEvents: 1n, cost: { USD: ONE }, grain: 'day', ...facts });
  const focus = { ...BILL, source: 'focus' };
  const moneyOf = (presence: Presence[]) => {
    const { read } = chooseRecordings(presence, 'auto');
    return presence.filter((view) => read(view).money).map(({ charge, grain }) => `${charge} ${grain}`);
  };

  test('of a month are read beside usage of its hours', () => {
    const usage = line({ grain: 'hour' });
    const purchase = line({ charge: 'purchase', grain: 'range', day: OCTOBER });
    expect(moneyOf([usage, purchase, line({ charge: 'tax' })])).toEqual(['usage hour', 'purchase range', 'tax day']);
  });

  test('of one kind are read in one grain', () => {
    const credits = [line({ charge: 'credit' }), line({ charge: 'credit', grain: 'hour' })];
    expect(moneyOf([line({}), ...credits])).toEqual(['usage day', 'credit hour']);
  });

  test('of a bill that is left out are left out', () => {
    expect(moneyOf([line({}), line({ recording: focus, charge: 'tax' })])).toEqual(['usage day']);
  });

  test('without usage on any bill stand beside the cost of what is read for tokens', () => {
    const app = present({});
    const { read } = chooseRecordings([app, line({ charge: 'tax' })], 'auto');
    expect([read(app).money, read(line({ charge: 'tax' })).money]).toEqual([true, true]);
    expect(moneyOf([app, line({ charge: 'tax' }), line({ recording: focus, charge: 'tax' })])).toEqual([
      ...['usage request', 'tax day'],
    ]);
  });
});

test('no two views read tell of the same tokens, and what is left out is told by one that is read', () => {
  const sources = ['litellm', 'litellm-daily', 'litellm-export', 'higress', 'vllm', 'openai-usage', 'openai-cost'];
  const anyView = fc.record({
    recording: fc.record({
      role: fc.constantFrom('meter' as const, 'bill' as const, 'gateway' as const, 'app' as const, 'engine' as const),
      source: fc.constantFrom(...sources),
      account: fc.constantFrom('openai', 'litellm'),
    }),
    day: fc.constantFrom('2026-10-01', '2026-10-02', '2026-10-01..2026-10-02', '2026-10-02..2026-10-04'),
    grain: fc.constantFrom<Grain>('request', 'minute', 'hour', 'day'),
    tokens: fc.constantFrom(0n, 5n),
    billedEvents: fc.constantFrom(0n, 1n),
    cost: fc.constantFrom<Presence['cost']>({}, { USD: 1n }),
  });
  const asked = fc.constantFrom<CostChoice>('auto', 'billed', 'computed', 'claimed');
  fc.assert(
    fc.property(fc.array(anyView, { minLength: 1 }), asked, (facts, cost) => {
      const views = facts.map((each) => present({ ...each, ...(isRange(each.day) ? { grain: 'range' } : {}) }));
      const presence = [
        ...new Map(views.map((view) => [JSON.stringify([view.recording, view.day, view.grain]), view])).values(),
      ];
      const { read } = chooseRecordings(presence, cost);
      for (const what of ['tokens', 'money'] as const) {
        const picked = presence.filter((view) => read(view)[what]);
        for (const [i, view] of picked.entries())
          for (const other of picked.slice(i + 1)) expect(tellSameTokens(view, other)).toBe(false);
        if (what === 'money') continue; // a view without a cost may be left out for another that has none
        for (const view of presence.filter((each) => !read(each).tokens))
          expect(picked.some((other) => tellSameTokens(view, other))).toBe(true);
      }
      const backwards = chooseRecordings([...presence].reverse(), cost);
      expect(presence.map(backwards.read)).toEqual(presence.map(read));
      expect(backwards.recordings).toEqual(chooseRecordings(presence, cost).recordings);
    }),
    { numRuns: 300 },
  );
});

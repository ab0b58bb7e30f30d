import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { previewUnits } from '../../src/hub/units-preview.js';
import type { Origin } from '../../src/usage/event.js';
import { rule, totals } from './origins.js';

const UNITS = [
  { id: 'wukong', parent: null, name: 'Wukong', stage: 'apply' as const, owner: null, operates: [] },
  { id: 'qianwen', parent: null, name: null, stage: null, owner: null, operates: [] },
];

const NOTHING = { events: 0n, tokens: 0n };

test('each unit shows what it has now and what it would have', () => {
  const preview = previewUnits({
    units: UNITS,
    rules: [rule({ unit: 'wukong', fields: { key: ['1'] } }), rule({ unit: 'qianwen', fields: { key: ['9'] } })],
    origins: [
      totals({ key: '1' }, { unit: null, events: 3n, tokens: 30n }),
      totals({ key: '2', unit: 'other' }, { unit: 'other', events: 2n, tokens: 20n }),
      totals({ key: '3' }, { unit: 'wukong', events: 1n, tokens: 5n }),
    ],
  });
  expect(preview.units).toEqual([
    {
      unit: 'wukong',
      name: 'Wukong',
      stage: 'apply',
      now: { events: 1n, tokens: 5n },
      after: { events: 3n, tokens: 30n },
      difference: { events: 2n, tokens: 25n },
    },
    { unit: 'qianwen', name: null, stage: null, now: NOTHING, after: NOTHING, difference: NOTHING },
    {
      unit: 'other',
      name: null,
      stage: null,
      now: { events: 2n, tokens: 20n },
      after: { events: 2n, tokens: 20n },
      difference: NOTHING,
    },
    {
      unit: null,
      name: null,
      stage: null,
      now: { events: 3n, tokens: 30n },
      after: { events: 1n, tokens: 5n },
      difference: { events: -2n, tokens: -25n },
    },
  ]);
  // moved: 3 events from unassigned to wukong, 1 from wukong to unassigned
  expect(preview.changed).toEqual({ events: 4n, tokens: 35n });
  expect(preview.rules.map(({ rule, unit, events, tokens }) => [rule, unit, events, tokens])).toEqual([
    [1, 'wukong', 3n, 30n],
    [2, 'qianwen', 0n, 0n],
  ]);
  expect(preview.unmatched).toEqual([2]);
  expect(preview.unassigned).toMatchObject([{ origin: { key: '3' }, events: 1n, tokens: 5n }]);
});

test('unassigned origins are added over days, the largest first, and the smallest only counted', () => {
  const origins = Array.from({ length: 13 }, (_, i) => totals({ key: `k${i}` }, { tokens: BigInt(i) }));
  const again = { ...origins[0]!, day: '2026-10-06', tokens: 100n };
  const { unassigned, moreUnassigned } = previewUnits({
    units: [],
    rules: [],
    origins: [...origins, again],
  });
  expect(unassigned.map(({ origin, tokens }) => [origin.key, tokens]).slice(0, 2)).toEqual([
    ['k0', 100n],
    ['k12', 12n],
  ]);
  expect([unassigned.length, moreUnassigned]).toEqual([10, 3]);
});

test('events of a closed period stay where they are, and are told apart from what rules move', () => {
  const origins = [
    totals({}, { unit: 'before', isClosed: true, events: 2n, tokens: 20n }),
    totals({}, { unit: 'before', events: 3n, tokens: 30n }),
  ];
  const { changed, kept, units } = previewUnits({ origins, units: [], rules: [] });
  expect([kept, changed]).toEqual([
    { events: 2n, tokens: 20n },
    { events: 3n, tokens: 30n },
  ]);
  expect(units[0]).toMatchObject({ unit: 'before', after: { events: 2n, tokens: 20n } });
});

test('a rule that matches nothing is told from one that is hidden, and the rules that hide it are named', () => {
  const { rules, unmatched } = previewUnits({
    units: UNITS,
    rules: [
      rule({ unit: 'a', fields: { key: ['1'] } }),
      rule({ unit: 'b', fields: { model: ['qwen*'] } }),
      rule({ unit: 'c', fields: { team: ['t'] } }),
      rule({ unit: 'd', fields: { team: ['nobody'] } }),
      rule({ unit: 'e', fields: { key: ['2'], model: ['qwen3-max'] } }),
    ],
    origins: [
      totals({ key: '1', team: 't' }, { events: 3n, tokens: 30n }),
      totals({ key: '2', team: 't' }, { events: 2n, tokens: 20n }),
    ],
  });
  expect(unmatched).toEqual([3, 4, 5]);
  expect(
    rules.map(({ events, matching, hiddenBy, coveredBy }) => [events, matching.events, hiddenBy, coveredBy]),
  ).toEqual([
    [3n, 3n, [], null],
    [2n, 5n, [], null], // both are of qwen3-max, rule 1 takes three of them
    [0n, 5n, [1, 2], null],
    [0n, 0n, [], null],
    [0n, 2n, [2], 2], // qwen* matches whatever qwen3-max and a key do
  ]);
});

test('moves are from each unit to each, the largest first, and add up to what changes', () => {
  const { moves, changed } = previewUnits({
    units: UNITS,
    rules: [rule({ unit: 'a', fields: { team: ['t'] } })],
    origins: [
      totals({ team: 't' }, { unit: 'b', events: 1n, tokens: 5n }),
      totals({ team: 't' }, { unit: 'a', events: 9n, tokens: 90n }),
      totals({ team: 't', key: '1' }, { unit: 'b', events: 1n, tokens: 6n }),
      totals({}, { unit: 'a', events: 4n, tokens: 40n }),
    ],
  });
  expect(moves).toEqual([
    { from: 'a', to: null, events: 4n, tokens: 40n },
    { from: 'b', to: 'a', events: 2n, tokens: 11n },
  ]);
  expect(changed).toEqual({ events: 6n, tokens: 51n });
});

describe('a rule proposed for what is unassigned', () => {
  const proposed = (left: Partial<Origin>, others: Partial<Origin>[], unit = 'other') =>
    previewUnits({
      units: UNITS,
      rules: [],
      origins: [totals(left), ...others.map((origin) => totals({ unit, ...origin }))],
    }).unassigned[0]!.rule;

  test('goes by the most telling field, for the unit whose id is in its value', () => {
    expect(proposed({ workspace: 'llm-wukong', key: '1' }, [])).toEqual({ unit: 'wukong', workspace: ['llm-wukong'] });
    expect(proposed({ team: 'qianven' }, [])).toEqual({ unit: 'qianwen', team: ['qianven'] });
    expect(proposed({ tags: { app: 'portal' } }, [])).toEqual({ unit: '<unit>', tag: { app: ['portal'] } });
  });

  test('takes the first field, then two, then three that match nothing of another unit', () => {
    expect(proposed({ project: 'p', key: '1' }, [{ project: 'p', key: '2' }])).toEqual({ unit: '<unit>', key: ['1'] });
    const both = [
      { project: 'p', key: '2' },
      { project: 'q', key: '1' },
    ];
    expect(proposed({ project: 'p', key: '1' }, both)).toEqual({ unit: '<unit>', project: ['p'], key: ['1'] });
    expect(proposed({ project: 'p' }, [{ project: 'p' }])).toEqual({ unit: '<unit>', project: ['p'] });
  });

  test('matches the fewest of other units where none matches nothing of them', () => {
    const others = [
      { service: 'qwen', consumer: 'app' },
      { service: 'qwen', consumer: 'sandbox' },
    ];
    expect(proposed({ service: 'qwen', consumer: 'sandbox' }, others)).toEqual({
      ...{ unit: '<unit>', consumer: ['sandbox'] },
    });
  });

  test('may match what its own unit has already', () => {
    const mine = [{ workspace: 'llm-wukong', key: '2' }];
    expect(proposed({ workspace: 'llm-wukong', key: '1' }, mine, 'wukong')).toMatchObject({
      workspace: ['llm-wukong'],
    });
  });

  test('goes by source and account where the origin says nothing', () => {
    expect(proposed({}, [])).toEqual({ unit: '<unit>', source: ['openai'], account: ['alibaba'] });
  });
});

test('moving rules about never changes the sum over the units', () => {
  const values = fc.constantFrom('1', '2', '3');
  const someRules = fc.array(
    fc
      .record({ unit: fc.constantFrom('a', 'b', 'c'), key: fc.array(values), team: fc.array(values) })
      .map(({ unit, key, team }) =>
        rule({ unit, fields: { ...(key.length > 0 ? { key } : {}), ...(team.length > 0 ? { team } : {}) } }),
      ),
  );
  const origins = fc.array(
    fc
      .record({
        key: fc.option(values),
        team: fc.option(values),
        unit: fc.option(fc.constantFrom('a', 'z')),
        tokens: fc.nat(),
      })
      .map(({ tokens, unit, ...origin }) => totals({ ...origin, unit }, { unit, tokens: BigInt(tokens) })),
  );
  const sum = (shares: readonly { events: bigint; tokens: bigint }[]) => [
    shares.reduce((all, { events }) => all + events, 0n),
    shares.reduce((all, { tokens }) => all + tokens, 0n),
  ];
  fc.assert(
    fc.property(origins, someRules, (all, rules) => {
      const { units, changed, moves } = previewUnits({ units: UNITS, rules, origins: all });
      for (const when of ['now', 'after'] as const) expect(sum(units.map((unit) => unit[when]))).toEqual(sum(all));
      expect(sum(units.map(({ difference }) => difference))).toEqual([0n, 0n]);
      expect(sum(moves)).toEqual(sum([changed]));
    }),
  );
});

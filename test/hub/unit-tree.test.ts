import { describe, expect, test } from 'vitest';
import { operatorOf } from '../../src/hub/operators.js';
import { circleOf, lineOf, unitsWithin } from '../../src/hub/unit-tree.js';
import type { UnitDefinition } from '../../src/hub/units.js';

const unit = (id: string, facts: Partial<UnitDefinition> = {}): UnitDefinition => ({
  ...{ id, parent: null, name: null, stage: null, owner: null, operates: [] },
  ...facts,
});

const UNITS = [
  unit('agents', { parent: 'wukong' }),
  unit('hub'),
  unit('wukong', { parent: 'hub' }),
  unit('qianwen', { parent: 'hub' }),
];

describe('the tree of units', () => {
  test('the line of a unit begins at the top', () => {
    expect(lineOf('agents', UNITS)).toEqual(['hub', 'wukong', 'agents']);
    expect(lineOf('hub', UNITS)).toEqual(['hub']);
  });

  test('a unit that is not defined stands alone', () => {
    expect(lineOf('somebody', UNITS)).toEqual(['somebody']);
    expect(unitsWithin('somebody', UNITS)).toEqual(['somebody']);
  });

  test('within a unit are all beneath it, however deep', () => {
    expect(unitsWithin('hub', UNITS)).toEqual(['hub', 'agents', 'wukong', 'qianwen']);
    expect(unitsWithin('wukong', UNITS)).toEqual(['wukong', 'agents']);
  });

  test('a circle is told from a unit of its own, not from one beneath it', () => {
    const circle = [unit('a', { parent: 'b' }), unit('b', { parent: 'c' }), unit('c', { parent: 'b' })];
    expect(circleOf(circle)).toEqual(['b', 'c', 'b']);
    expect(circleOf([unit('a', { parent: 'a' })])).toEqual(['a', 'a']);
    expect(circleOf(UNITS)).toBeNull();
  });
});

describe('the operator', () => {
  const units = [
    unit('bailian', { operates: [{ source: 'higress', account: null }] }),
    unit('wukong', { operates: [{ source: 'higress', account: 'own' }] }),
  ];

  test('a unit that names the account goes before one that names the source alone', () => {
    expect(operatorOf({ role: 'gateway', source: 'higress', account: 'own' }, units)).toBe('wukong');
    expect(operatorOf({ role: 'gateway', source: 'higress', account: 'alibaba' }, units)).toBe('bailian');
  });

  test('what nobody runs has no operator', () => {
    expect(operatorOf({ role: 'app', source: 'openai', account: 'openai' }, units)).toBeNull();
  });
});

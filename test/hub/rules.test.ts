import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileFirstMatch, compileRules } from '../../src/hub/rules.js';
import { canonicalRules, decidingRules, parseRules } from '../../src/hub/rules-identity.js';
import { staleRulesWarning } from '../../src/hub/stale-rules.js';
import { RULE_FIELDS, type UnitDefinition, type UnitRule } from '../../src/hub/units.js';
import { compileWildcard } from '../../src/pricing/wildcard.js';
import { facts, rule } from './origins.js';

describe('rules', () => {
  test('all fields must match, any value of a field is enough', () => {
    const assign = compileRules([rule({ unit: 'a', fields: { workspace: ['w1', 'w2'], model: ['qwen3-max'] } })]);
    expect(assign(facts({ workspace: 'w2' }, { model: 'qwen3-max' }))).toBe('a');
    expect(assign(facts({ workspace: 'w2' }, { model: 'qwen-plus' }))).toBe(null);
    expect(assign(facts({ workspace: 'w3' }, { model: 'qwen3-max' }))).toBe(null);
  });

  test('the first rule that matches wins', () => {
    const rules = [rule({ unit: 'a', fields: { key: ['1'] } }), rule({ unit: 'b', fields: { key: ['1', '2'] } })];
    expect(compileRules(rules)(facts({ key: '1' }))).toBe('a');
    expect(compileRules(rules)(facts({ key: '2' }))).toBe('b');
    expect(compileFirstMatch(rules)(facts({ key: '2' }))).toBe(1);
    expect(compileFirstMatch(rules)(facts({ key: '3' }))).toBe(null);
  });

  test('the unit column is used where no rule matches, and only there', () => {
    const assign = compileRules([rule({ unit: 'a', fields: { key: ['1'] } })]);
    expect(assign(facts({ key: '1', unit: 'own' }))).toBe('a');
    expect(assign(facts({ key: '2', unit: 'own' }))).toBe('own');
  });

  test('every field of a rule is looked up', () => {
    const { recording, model, provider, origin } = facts({
      key: 'k',
      workspace: 'w',
      project: 'p',
      team: 't',
      user: 'u',
      service: 's',
      consumer: 'c',
      path: '/v1',
    });
    const values = { ...origin, model, provider, ...recording };
    for (const field of RULE_FIELDS) {
      const assign = compileRules([rule({ unit: 'hit', fields: { [field]: [values[field]!] } })]);
      expect(assign({ recording, model, provider, origin, day: '2026-10-05' })).toBe('hit');
    }
  });

  test('tags are matched by name, and a tag named __proto__ is a tag like any other', () => {
    const assign = compileRules([rule({ unit: 'a', tags: { app: ['qianwen'] } })]);
    expect(assign(facts({ tags: { app: 'qianwen' } }))).toBe('a');
    expect(assign(facts({ tags: { app: 'wukong' } }))).toBe(null);
    expect(assign(facts({}))).toBe(null);
    const hostile = compileRules([rule({ unit: 'a', tags: { constructor: ['*'] } })]);
    expect(hostile(facts({}))).toBe(null);
    const tags = JSON.parse('{"__proto__":"x"}');
    expect(compileRules([rule({ unit: 'a', tags: JSON.parse('{"__proto__":["x"]}') })])(facts({ tags }))).toBe('a');
  });

  test('a field the event does not have matches nothing, not even *', () => {
    expect(compileRules([rule({ unit: 'a', fields: { team: ['*'] } })])(facts({}))).toBe(null);
  });

  test('dates are inclusive', () => {
    const assign = compileRules([rule({ unit: 'a', fields: { key: ['1'] }, from: '2026-04-01', to: '2026-04-30' })]);
    const on = (day: string) => assign(facts({ key: '1' }, { day }));
    expect(['2026-03-31', '2026-04-01', '2026-04-30', '2026-05-01'].map(on)).toEqual([null, 'a', 'a', null]);
  });
});

describe('wildcards', () => {
  test.each([
    ['llm-*', 'llm-wukong', true],
    ['llm-*', 'llm-', true],
    ['llm-*', 'my-llm-wukong', false],
    ['*-prod', 'a-prod', true],
    ['*-prod', 'a-prod-2', false],
    ['a*b', 'ab', true],
    ['ab*ba', 'aba', false],
    ['a*b*c', 'a-c-b-c', true],
    ['*', '', true],
    ['**', 'x', true],
    ['a.c', 'abc', false],
    ['a.*', 'abc', false],
    ['A', 'a', false],
  ])('%s on %s is %s', (pattern, text, expected) => {
    expect(compileWildcard(pattern)(text)).toBe(expected);
  });

  test('many stars on a long text end as they should', () => {
    expect(compileWildcard(`${'*a'.repeat(2000)}b`)('a'.repeat(100_000))).toBe(false);
  });

  test('agree with a regular expression on any pattern and text', () => {
    const slow = (pattern: string) =>
      new RegExp(
        `^${pattern
          .split('*')
          .map((part) => part.replace(/[.()[\]\\^$|?+{}]/g, '\\$&'))
          .join('.*')}$`,
        's',
      );
    const letters = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 9 });
    fc.assert(
      fc.property(letters('ab.*'), letters('ab.'), (pattern, text) => {
        expect(compileWildcard(pattern)(text)).toBe(slow(pattern).test(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the identity of rules', () => {
  const units: UnitDefinition[] = [
    { id: 'b', parent: null, name: 'B', stage: 'apply', owner: null, operates: [] },
    { id: 'a', parent: null, name: null, stage: null, owner: 'ops', operates: [] },
  ];
  const rules: UnitRule[] = [
    rule({ unit: 'a', fields: { model: ['y', 'x', 'x'], key: ['1'] }, tags: { z: ['1'], app: ['2'] } }),
    rule({ unit: 'b', fields: { key: ['2'] }, from: '2026-04-01' }),
  ];
  const identity = canonicalRules(units, rules, 'UTC');

  test('the order of units, fields, tags and values does not count', () => {
    const same = [
      { ...rules[0]!, fields: { key: ['1'], model: ['x', 'y'] }, tags: { app: ['2'], z: ['1'] } },
      rules[1]!,
    ];
    expect(canonicalRules([...units].reverse(), same, 'UTC')).toBe(identity);
  });

  test('the order of rules, a date and the zone count', () => {
    expect(canonicalRules(units, [...rules].reverse(), 'UTC')).not.toBe(identity);
    expect(canonicalRules(units, [rules[0]!, { ...rules[1]!, to: '2026-05-01' }], 'UTC')).not.toBe(identity);
    expect(canonicalRules(units, rules, 'Asia/Shanghai')).not.toBe(identity);
  });

  test('what decides changes with a rule or the zone, and not with what a unit is called', () => {
    const deciding = decidingRules(rules, 'UTC');
    expect(decidingRules([...rules].reverse(), 'UTC')).not.toBe(deciding);
    expect(decidingRules(rules, 'Asia/Shanghai')).not.toBe(deciding);
    for (const unit of units) expect(deciding).not.toContain(JSON.stringify(unit.name ?? 'no name'));
  });

  test('what is written is read back, and assigns the same', () => {
    const book = parseRules(identity);
    expect(book.rules[1]).toEqual(rules[1]);
    expect(book.timeZone).toBe('UTC');
    expect(canonicalRules(book.units, book.rules, book.timeZone)).toBe(identity);
    const event = facts({ key: '1', tags: { z: '1', app: '2' } }, { model: 'x' });
    expect(compileRules(book.rules)(event)).toBe('a');
  });

  test('a tag named __proto__ survives', () => {
    const hostile = [rule({ unit: 'a', tags: JSON.parse('{"__proto__":["x"]}') })];
    expect(Object.keys(parseRules(canonicalRules([], hostile, 'UTC')).rules[0]!.tags)).toEqual(['__proto__']);
  });

  test.each([
    ['{'],
    ['[]'],
    ['{"version":2,"timeZone":"UTC","units":[],"rules":[]}'],
    [
      '{"version":1,"timeZone":"UTC","units":[],"rules":[{"unit":"a","fields":{"colour":["x"]},"tags":{},"from":null,"to":null}]}',
    ],
    ['{"version":1,"timeZone":"UTC","units":[],"rules":[{"unit":1,"fields":{},"tags":{},"from":null,"to":null}]}'],
  ])('%s is refused as damaged', (json) => {
    expect(() => parseRules(json)).toThrow(expect.objectContaining({ code: 'DAMAGED_RULES' }));
  });

  test('a report over rules not applied says so', () => {
    expect(staleRulesWarning('x', 'x')).toBe(null);
    expect(staleRulesWarning('x', 'y')).toMatch(/changed since they were applied.*units --apply/);
    expect(staleRulesWarning('x', null)).toMatch(/not applied to this ledger yet/);
  });
});

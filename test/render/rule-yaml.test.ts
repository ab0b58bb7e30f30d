import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ruleYaml } from '../../src/render/rule-yaml.js';

test('a rule is a line to paste; what YAML would take for something else is quoted', () => {
  expect(ruleYaml({ unit: 'chat', workspace: ['llm-chat'] })).toBe('- { unit: chat, workspace: [llm-chat] }');
  expect(ruleYaml({ unit: '<unit>', key: ['12003'], tag: { app: ['no'] } })).toBe(
    '- { unit: <unit>, key: ["12003"], tag: { app: ["no"] } }',
  );
  expect(ruleYaml({ unit: 'a', user: ['x\u001b[2Jy\n- { unit: b }'] })).toBe(
    '- { unit: a, user: ["x\\u001b[2Jy\\n- { unit: b }"] }',
  );
});

test('whatever the values are, the line is one rule and says them', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '~', '{', '*a', '&a', '!x', "'", '"', '#', '2026-10-01', '1e3', '\u202e'),
  );
  fc.assert(
    fc.property(text, text, text, (unit, value, name) => {
      const rule = { unit, key: [value, name], tag: { [`t${name}`]: [value] } };
      const line = ruleYaml(rule);
      expect(line).not.toMatch(/[\n\r\u0085\u2028\u2029\u001b]/);
      expect(parse(line)).toEqual([rule]);
    }),
  );
});

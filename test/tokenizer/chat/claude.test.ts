import { expect, test } from 'vitest';
import { countOf } from './counting.js';

const tool = { name: 'f', description: 'g', input_schema: { type: 'object' } };
const body = { system: 'Be brief', messages: [{ role: 'user', content: 'hello world' }] };

test('the text of Claude is counted, and that nothing is published around it is said', () => {
  const { rows, doubts } = countOf(body, 'o200k_base', 'claude-sonnet-4-5');
  expect(rows).toMatchObject([
    { role: 'system', text: 2, overhead: 0 },
    { role: 'user', text: 2, overhead: 0 },
  ]);
  expect(doubts).toEqual([expect.stringContaining('not published')]);
});

test.each([
  ['claude-sonnet-4-5', undefined, 346],
  ['claude-sonnet-4-5', { type: 'any' }, 313],
  ['claude-sonnet-4-5', { type: 'tool', name: 'f' }, 313],
  ['claude-3-opus-20240229', undefined, 530],
  ['claude-3-5-haiku-latest', { type: 'any' }, 340],
] as const)('tools of %s with choice %o bring a system prompt of %i', (model, tool_choice, overhead) => {
  const { rows } = countOf({ ...body, tools: [tool], tool_choice }, 'o200k_base', model);
  expect(rows[2]).toMatchObject({ part: 'tools', overhead });
});

test('a model of which nothing is known has its text counted', () => {
  const { rows, doubts } = countOf(body, 'o200k_base', 'deepseek-v3');
  expect(rows).toHaveLength(2);
  expect(doubts).toEqual([expect.stringContaining('not known')]);
});

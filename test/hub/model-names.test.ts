import { expect, test } from 'vitest';
import { modelNames } from '../../src/hub/model-names.js';

const nameOf = modelNames({ 'qwen3-32b': ['Qwen/Qwen3-32B*', 'prod-*'], other: ['prod-7', '*'] });

test.each([
  ['qwen3-32b', 'qwen3-32b'], // its own name
  ['Qwen/Qwen3-32B-FP8', 'qwen3-32b'], // by a pattern
  ['prod-7', 'other'], // listed exactly, which goes before a pattern
  ['prod-8', 'qwen3-32b'], // the first pattern of the config
  ['anything', 'other'],
])('%s goes by the name %s', (name, expected) => expect(nameOf(name)).toBe(expected));

test('a name of no list is its own, whatever it is', () => {
  expect(modelNames({})('__proto__')).toBe('__proto__');
  expect(modelNames({ a: ['b'] })('constructor')).toBe('constructor');
});

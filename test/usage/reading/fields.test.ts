import { expect, test } from 'vitest';
import { shown, textOf, valueAt } from '../../../src/usage/reading/fields.js';
import { modeOf } from '../../../src/usage/reading/mode.js';
import { modelOf } from '../../../src/usage/reading/model-name.js';
import { statedCostOf } from '../../../src/usage/reading/stated-cost.js';
import { tagsOf } from '../../../src/usage/reading/tags.js';
import { rejection } from '../fixture.js';

test('only own properties of a record are read', () => {
  expect(valueAt(JSON.parse('{"__proto__": {"model": "x"}}'), 'model')).toBeUndefined();
  expect(valueAt({}, 'constructor')).toBeUndefined();
});

test('text is trimmed, and blank text is absent', () => {
  expect([textOf('  a ', 'f'), textOf(' ', 'f'), textOf(null, 'f'), textOf(12, 'f')]).toEqual(['a', null, null, '12']);
});

test.each(['a\u001b[31mb', 'a\nb', 'a\u0000', 'a\u009b2J', 'a\u202eb', 'a\ud800'])('%j is rejected', (text) =>
  expect(rejection(() => textOf(text, 'user'))).toMatchObject({ code: 'BAD_FIELD', field: 'user' }),
);

test('other scripts and emoji are text', () => expect(textOf('通义 مرحبا 🙂', 'f')).toBe('通义 مرحبا 🙂'));

test('a structure in place of text is rejected without being printed', () => {
  let deep: unknown = 1;
  for (let i = 0; i < 200_000; i++) deep = [deep];
  expect(rejection(() => textOf(deep, 'user')).message).toBe('"a list" is no text');
  expect(shown({})).toBe('an object');
});

test('a model name of 200 characters is accepted, one of 201 or of a megabyte is not', () => {
  expect(modelOf(['m'.repeat(200)], 'model')).toHaveLength(200);
  expect(rejection(() => modelOf(['m'.repeat(201)], 'model')).field).toBe('model');
  expect(rejection(() => modelOf(['m'.repeat(1_000_000)], 'model')).message.length).toBeLessThan(200);
});

test('a record without a model is rejected', () =>
  expect(rejection(() => modelOf([null, ''], 'model'))).toMatchObject({ code: 'MISSING_FIELD', field: 'model' }));

test('a stated cost is exact and has its currency', () => {
  expect(statedCostOf('0.0045', 'usd')).toEqual({ currency: 'USD', pico: 4_500_000_000n, text: null });
  expect(statedCostOf(1e-7, 'CNY')?.pico).toBe(100_000n); // 10^-7 = 100,000 x 10^-12
  expect(statedCostOf('1,234.5', 'USD')?.pico).toBe(1_234_500_000_000_000n);
  expect(statedCostOf('', 'USD')).toBeNull();
});

test('a cost without a currency is an error that names the column', () => {
  expect(rejection(() => statedCostOf('1', ''))).toMatchObject({ code: 'MISSING_FIELD', field: 'currency' });
  expect(rejection(() => statedCostOf('$1', 'USD'))).toMatchObject({ code: 'BAD_FIELD', field: 'cost' });
  expect(rejection(() => statedCostOf('1', 'dollars'))).toMatchObject({ code: 'BAD_FIELD', field: 'currency' });
});

test('tags are text by name, and a name cannot reach a prototype', () => {
  const tags = tagsOf(JSON.parse('{"app": "portal", "tier": 2, "none": null, "__proto__": "x"}'));
  expect(Object.entries(tags)).toEqual([
    ['app', 'portal'],
    ['tier', '2'],
    ['__proto__', 'x'],
  ]);
  expect(Object.getPrototypeOf(tags)).toBe(Object.prototype);
  expect(rejection(() => tagsOf({ app: {} })).field).toBe('tag:app');
  expect(rejection(() => tagsOf({ 'a\u001bb': 'x' })).field).toBe('tags');
  expect(rejection(() => tagsOf(Object.fromEntries(Array.from({ length: 65 }, (_, i) => [i, 'x'])))).field).toBe(
    'tags',
  );
});

test('a service tier is a mode, and an unknown one is never standard', () => {
  expect(['default', 'auto', 'standard', 'scale'].map((tier) => modeOf(tier, null))).toEqual(Array(4).fill('standard'));
  expect(['batch', 'flex', 'priority'].map((tier) => modeOf(tier, null))).toEqual(['batch', 'flex', 'priority']);
  expect([modeOf('standard', 'fast'), modeOf(null, null), modeOf(null, 'standard')]).toEqual([
    'fast',
    null,
    'standard',
  ]);
  expect(rejection(() => modeOf('turbo', null)).field).toBe('service_tier');
});

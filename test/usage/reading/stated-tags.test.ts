import { expect, test } from 'vitest';
import { statedTagsOf } from '../../../src/usage/reading/stated-tags.js';
import { rejection } from '../fixture.js';

const tags = (value: unknown) => statedTagsOf(value, 'Tags');

test('tags are names and values, as an object or as its text', () => {
  expect([tags({ a: 'b', c: '' }), tags('{"a": "b"}')]).toEqual([{ a: 'b' }, { a: 'b' }]);
  expect([tags(''), tags(' '), tags(null), tags(undefined)]).toEqual([{}, {}, {}, {}]);
});

test('the text of an object may lack its braces', () =>
  expect([tags('"a": "b","c": "d"'), tags('"a": "b",')]).toEqual([{ a: 'b', c: 'd' }, { a: 'b' }]));

test('a list holds words, or names and values', () => {
  expect(tags(['a', 'b: c', 'b:d', ':e', ''])).toEqual({ a: 'true', b: 'c,d', ':e': 'true' });
  expect(tags('["a", "b:c"]')).toEqual({ a: 'true', b: 'c' });
});

test('anything else is rejected, the field named', () => {
  for (const value of ['a', '5', 5, Array(65).fill('a')])
    expect(rejection(() => tags(value))).toMatchObject({ code: 'BAD_FIELD', field: 'Tags' });
});

import { expect, test } from 'vitest';
import { badField, badRecord } from '../../../src/errors/usage-records.js';
import { decodeParts, partsIn } from '../../../src/usage/reading/document.js';
import type { Decoded } from '../../../src/usage/source.js';
import { anEvent } from '../decode.js';

function decode(value: unknown): Decoded {
  if (value === 'none') return { skipped: 'nothing' };
  if (value === 'bad') throw badField('count', value, 'is no count', 'write 1');
  if (value === 'no record') throw badRecord('is no record', 'write one');
  return { events: [anEvent({ id: String(value) })] };
}

const idsAndFields = (decoded: Decoded) =>
  'skipped' in decoded
    ? decoded.skipped
    : [decoded.events.map(({ id }) => id), (decoded.rejects ?? []).map(({ place }) => place.field)];

test('a bad part is rejected by its path and does not keep the others from being read', () => {
  const list = ['a', 'bad', 'none', 'no record', 'b'];
  const decoded = decodeParts(partsIn(list, 'data'), decode, 'no usage');
  expect(idsAndFields(decoded)).toEqual([
    ['a', 'b'],
    ['data.1.count', 'data.3'],
  ]);
});

test('a part may be a document itself, and its path goes before those of its parts', () => {
  const inner = (value: unknown) => decodeParts(partsIn(value as unknown[], 'results'), decode, 'empty');
  const decoded = decodeParts(partsIn([['a'], [], ['b', 'bad']], 'data'), inner, 'no usage');
  expect(idsAndFields(decoded)).toEqual([['a', 'b'], ['data.2.results.1.count']]);
});

test('a document without usage is skipped', () =>
  expect(idsAndFields(decodeParts(partsIn(['none'], 'data'), decode, 'no usage'))).toBe('no usage'));

test('an error that is no reject is thrown', () => {
  const broken = () => {
    throw new TypeError('a bug');
  };
  expect(() => decodeParts(partsIn([1], 'data'), broken, 'no usage')).toThrow(TypeError);
});

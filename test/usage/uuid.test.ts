import fc from 'fast-check';
import { expect, test } from 'vitest';
import { putUuid, uuidAt } from '../../src/usage/uuid.js';

const UUID = '0f9e2a7c-44ec-4b6d-8bb6-6b0dac29fca6';

test('the text of a UUID comes back out of its 16 bytes', () => {
  const bytes = new Uint8Array(40);
  fc.assert(
    fc.property(fc.uuid(), fc.nat({ max: 24 }), (text, at) => {
      expect(putUuid(bytes, at, text)).toBe(true);
      expect(uuidAt(bytes, at)).toBe(text);
    }),
  );
  expect(putUuid(bytes, 0, UUID)).toBe(true);
  expect([...bytes.subarray(0, 6)]).toEqual([0x0f, 0x9e, 0x2a, 0x7c, 0x44, 0xec]);
});

test('a text that would come back as another one is none', () => {
  const texts = [
    ...[UUID.toUpperCase(), UUID.slice(1), `${UUID}0`, UUID.replace('-', ''), UUID.replaceAll('-', '0')],
    ...[UUID.replace('0', 'g'), UUID.replace('0', 'ð'), UUID.replace('0', '\u0130'), `{${UUID.slice(2)}}`, ''],
  ];
  expect(texts.filter((text) => putUuid(new Uint8Array(16), 0, text))).toEqual([]);
});

test('any one character changed by any other, in any place, either is a UUID that comes back or is refused', () => {
  fc.assert(
    fc.property(fc.nat({ max: 35 }), fc.integer({ min: 0, max: 0xffff }), (place, code) => {
      const text = UUID.slice(0, place) + String.fromCharCode(code) + UUID.slice(place + 1);
      const bytes = new Uint8Array(16);
      if (putUuid(bytes, 0, text)) expect(uuidAt(bytes, 0)).toBe(text);
    }),
    { numRuns: 5000 },
  );
});

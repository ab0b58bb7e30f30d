import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compactJson, renderJson } from '../../src/render/json.js';
import { renderNdjson } from '../../src/render/ndjson.js';

test('a bigint is a bare exact integer', () => {
  expect(renderJson({ tokens: 9_007_199_254_740_993n })).toBe('{\n  "tokens": 9007199254740993\n}\n');
});

test('undefined members are left out, null ones kept, keys keep their order', () => {
  expect(compactJson({ b: 1, a: null, c: undefined, d: [undefined] })).toBe('{"b":1,"a":null,"d":[null]}');
});

test('for every JSON value it writes what JSON.stringify writes, escapes aside', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(renderJson(value)).toBe(`${JSON.stringify(value, null, 2)}\n`);
      expect(JSON.parse(compactJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('any text is read back as it was, and nothing in the output acts on a terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = compactJson({ [text]: text });
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ [text]: text })));
      expect(json).not.toMatch(/[\p{Cc}\u2028\u2029\u202e\u2066]/u);
    }),
  );
  expect(compactJson('\u001b\u0085\u2028\u202e\ufeff')).toBe('"\\u001b\\u0085\\u2028\\u202e\\ufeff"');
});

test('what JSON cannot hold is a bug, not a null', () => {
  for (const value of [Number.NaN, Infinity, () => 1, Symbol('x'), undefined]) {
    expect(() => renderJson(value)).toThrow(TypeError);
  }
});

test('ndjson is one value per line, and empty for none', () => {
  expect(renderNdjson([{ a: 1n }, { a: 'x\ny' }])).toBe('{"a":1}\n{"a":"x\\ny"}\n');
  expect(renderNdjson([])).toBe('');
});

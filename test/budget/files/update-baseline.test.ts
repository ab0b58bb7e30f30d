import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BaselineBudget, baselineFrom } from '../../../src/budget/files/baseline-entries.js';
import { compareBytes, updateBaseline } from '../../../src/budget/files/update-baseline.js';
import { baselineText } from '../../../src/files/baseline-text.js';
import { parseBaseline } from '../../../src/files/parse-baseline.js';
import { fileBudget, fileMeasure } from '../budgets.js';

const judged = (name: string, ...paths: string[]) => ({
  budget: fileBudget({ name }),
  measures: paths.map((path, i) => fileMeasure(i, { path })),
  uncounted: new Set<string>(),
});

test('the order of budgets and files changes nothing', () => {
  const names = new Set(['a', 'b', 'c']);
  const all = [judged('a', 'x', 'y'), judged('b', 'z'), judged('c')];
  const expected = updateBaseline([], all, { names, gone: 'keep' });
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: 3 }), (shuffled) => {
      const mixed = shuffled.map((each) => ({ ...each, measures: [...each.measures].reverse() }));
      expect(updateBaseline([], mixed, { names, gone: 'keep' })).toEqual(expected);
    }),
  );
});

test('names are in the order of their bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(Math.sign(compareBytes(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
    }),
  );
});

const schemaFile = resolve(import.meta.dirname, '../../../docs/schemas/baseline.v1.json');
const isOfSchema = new Ajv().compile(JSON.parse(readFileSync(schemaFile, 'utf8')));

test('what is written is what is read, whatever the names, and of the published schema', () => {
  const name = fc.string({ unit: 'binary' });
  const entries = fc.uniqueArray(
    fc.record({ path: fc.option(name), section: fc.option(fc.array(name, { maxLength: 3 })), tokens: fc.maxSafeNat() }),
    { selector: ({ path, section }) => JSON.stringify([path, section]) },
  );
  const budget = fc.record({
    ...{ name, entries, model: fc.constantFrom(null, 'gpt-4o'), encoding: fc.constantFrom(null, 'o200k_base') },
    ...{ scope: fc.constantFrom('file', 'total', 'section'), content: fc.constantFrom('text', 'messages') },
  });
  fc.assert(
    fc.property(fc.uniqueArray(budget, { selector: (each) => each.name }), (budgets) => {
      const text = baselineText(budgets as BaselineBudget[]);
      expect(isOfSchema(JSON.parse(text)), text).toBe(true);
      expect(parseBaseline(text, 'b.json')).toEqual(budgets.map((each) => ({ ...each })));
    }),
  );
});

test('a baseline of files has them by name, one of all files together has none', () => {
  const entry = { path: 'x', section: null, tokens: 7 };
  const of = (scope: 'file' | 'total', path: string | null): BaselineBudget => ({
    ...{ name: 'prompts', model: null, encoding: 'o200k_base', scope, content: 'text' },
    entries: [{ ...entry, path }],
  });
  expect(baselineFrom([of('file', 'x')], fileBudget(), 'b.json')!.files).toEqual([
    { path: 'x', tokens: 7, atLeast: false, sections: null },
  ]);
  const total = baselineFrom([of('total', null)], fileBudget({ scope: 'total' }), 'b.json')!;
  expect([total.files, [...total.tokens]]).toEqual([null, [['[null,null]', 7]]]);
  expect(baselineFrom([of('total', null)], fileBudget(), 'b.json')).toBe(null);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileBudget } from '../../../src/budget/files/file-budget.js';
import { countBudgets } from '../../../src/cli/flows/count-budgets.js';
import { fileTokensOf } from '../../../src/cli/flows/file-tokens.js';
import { fileBudget } from '../../budget/budgets.js';
import { folderWith, repositoryWith } from '../../files/folder.js';
import { memoryIo } from '../memory-io.js';
import '../../random.js';

const count = (root: string, budgets: readonly FileBudget[], options: { failFast?: boolean } = {}) =>
  countBudgets(memoryIo({ cwd: root }).io, budgets, { color: 'never', ...options });

const request = JSON.stringify({ messages: [{ role: 'user', content: 'hi' }] });
const FILES = {
  'a.md': '# One\nsome words\n# Two\nmore of them\n',
  'p/b.md': 'no headings here',
  'p/q/c.md': '## Deep\nwords\n### Deeper\nand words\n',
  'p/d.txt': 'plain text of several tokens',
  'p/q/e.json': request,
  'r/f.json': '{ "no": "request" }',
  'r/binary.md': '\0\0',
  'r/.hidden.md': 'hidden',
};

describe('many budgets', () => {
  const glob = fc.constantFrom(
    '**/*',
    '*.md',
    'p',
    'p/**',
    '**/*.json',
    'r/*',
    '{p,r}/**/*.md',
    'a.md',
    'nope.md',
    'p/q/',
    'x/*',
  );
  const facts = fc.record({
    paths: fc
      .tuple(
        fc.array(glob, { minLength: 1, maxLength: 3 }),
        fc.array(
          glob.map((each) => `!${each}`),
          { maxLength: 1 },
        ),
      )
      .map((all) => all.flat()),
    scope: fc.constantFrom('file' as const, 'total' as const, 'section' as const),
    content: fc.constantFrom('text' as const, 'text' as const, 'messages' as const),
    model: fc.constantFrom('gpt-4o', 'gpt-4', 'claude-sonnet-4-5', 'qwen3-8b', null),
    max: fc.integer({ min: 0, max: 12 }).map((tokens) => ({ tokens })),
  });

  test.each([
    ['a folder', () => folderWith(FILES)],
    ['a repository', () => repositoryWith(FILES)],
  ])('counted in one pass over %s are as each counted by itself', async (_name, make) => {
    const root = make();
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { minLength: 2, maxLength: 6 }), async (all) => {
        const budgets = all.map((each, i) => fileBudget({ ...each, name: `b${i}`, root }));
        const together = await count(root, budgets);
        for (const budget of budgets) expect(together.get(budget)).toEqual((await count(root, [budget])).get(budget));
      }),
      { numRuns: 40 },
    );
  });
});

describe('with failFast', () => {
  const words = (n: number) => `a${' a'.repeat(n - 1)}`;

  test('a file is counted to the largest limit of the budgets it is in, and not to its end', async () => {
    const root = folderWith({ 'a.md': words(5000), 'b.md': words(90) });
    const [small, large] = [10, 100].map((tokens) =>
      fileBudget({ root, paths: ['a.md'], max: { tokens }, level: 'warn' }),
    );
    const counted = await count(root, [small!, large!], { failFast: true });
    for (const budget of [small!, large!]) {
      const [file] = counted.get(budget)!.files;
      expect(file).toMatchObject({ path: 'a.md', atLeast: true });
      expect(file!.tokens).toBeGreaterThan(100);
      expect(file!.tokens).toBeLessThan(5000);
    }
  });

  test('a file of a budget that its size does not decide is counted to its end', async () => {
    const root = folderWith({ 'a.md': words(5000) });
    const budgets = [
      fileBudget({ root, paths: ['a.md'], max: { tokens: 10 }, level: 'warn' }),
      fileBudget({ root, paths: ['a.md'], max: null, maxIncrease: { tokens: 1, percent: null, when: 'both' } }),
    ];
    const counted = await count(root, budgets, { failFast: true });
    expect(counted.get(budgets[0]!)!.files).toEqual([{ path: 'a.md', tokens: 5000, atLeast: false, sections: null }]);
  });

  test('files after a breach are left, and their number is told', async () => {
    const root = folderWith({ 'a.md': words(5), 'b.md': words(500), 'c.md': words(5) });
    const budget = fileBudget({ root, paths: ['*.md'], max: { tokens: 10 } });
    const { files, left } = (await count(root, [budget], { failFast: true })).get(budget)!;
    expect(files.map(({ path }) => path)).toEqual(['a.md', 'b.md']);
    expect(left).toBe(1);
  });
});

test('a file that cannot be counted is named in its reason as each budget names it', async () => {
  const root = folderWith({ 'p/q.json': '{ "no": "request" }' });
  const facts = { content: 'messages', model: 'gpt-4o' } as const;
  const budgets = [
    fileBudget({ ...facts, root, paths: ['p/*.json'] }),
    fileBudget({ ...facts, root: `${root}/p`, paths: ['*.json'] }),
  ];
  const counted = await count(root, budgets);
  expect(budgets.map((each) => counted.get(each)!.skipped)).toEqual([
    [{ path: 'p/q.json', reason: expect.stringMatching(/^p\/q\.json:1: /) }],
    [{ path: 'q.json', reason: expect.stringMatching(/^q\.json:1: /) }],
  ]);
});

test('a version of a file from its bytes counts what the file does', async () => {
  const root = folderWith({ 'a.md': FILES['a.md'], 'r.json': request });
  const cases = [
    [fileBudget({ root, paths: ['a.md'], scope: 'section', model: 'claude-sonnet-4-5' }), 'a.md', FILES['a.md']],
    [fileBudget({ root, paths: ['r.json'], content: 'messages', model: 'gpt-4o' }), 'r.json', request],
  ] as const;
  for (const [budget, path, text] of cases) {
    const { counter, files } = (await count(root, [budget])).get(budget)!;
    expect(fileTokensOf({ path, bytes: Buffer.from(text), folder: root, sections: true }, budget, counter)).toEqual(
      files[0],
    );
  }
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import fc from 'fast-check';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { matchGlob, parseGlob } from '../../src/files/glob.js';
import { folderWith } from './folder.js';
import '../random.js';

const FILES = [
  'a.md',
  'b.ts',
  '.x/a.md',
  'a/a.md',
  'a/b/a.md',
  'a/b/c.ts',
  'a/.b/c.md',
  'b/a b.md',
  'b/[a].md',
  'b/!a.md',
  'c/a/b/c/d.md',
];
const PART = fc.constantFrom(
  '*',
  '**',
  '*.md',
  'a',
  'b',
  '?',
  '[ab]',
  '{a,b}',
  '{a,b/c}*',
  '!(a)',
  '@(a|b)',
  '+(a).md',
  '[!a]*',
  '*.{md,ts}',
  '.*',
  'a*',
  '\\[a\\]*',
  '!a*',
  '*/',
);

test('a glob matches what tinyglobby finds on the disk', async () => {
  const root = folderWith();
  for (const file of FILES) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
  const all = FILES.map((file) => join(root, file));
  await fc.assert(
    fc.asyncProperty(fc.array(PART, { minLength: 1, maxLength: 4 }), async (parts) => {
      const text = parts.join('/').replace(/\/{2,}/g, '/');
      const glob = await parseGlob(text, root);
      if (glob === null) return;
      const options = {
        cwd: glob.base,
        dot: true,
        absolute: true,
        expandDirectories: false,
        followSymbolicLinks: false,
      };
      const found = globSync(glob.pattern, options).map((path) => relative(root, path));
      const matched = [...(await matchGlob(glob, all))].map((path) => relative(root, path));
      expect(matched.sort()).toEqual(found.sort());
    }),
    { numRuns: 1500 },
  );
});

test('a line break in a name hides no file from a glob', async () => {
  const files = ['/r/a\nb.md', '/r/x\ny/c.md'];
  for (const text of ['**', '**/*', '**/*.md'])
    expect([text, [...(await matchGlob((await parseGlob(text, '/r'))!, files))]]).toEqual([text, files]);
});

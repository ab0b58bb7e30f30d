import { readdirSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import { keep, readKept } from '../../src/files/cache-folder.js';
import { startAhead } from '../../src/files/count-ahead.js';
import { keptFile } from '../../src/files/count-cache.js';
import { type CountedBy, type CountedFile, countListed } from '../../src/files/count-files.js';
import type { CountPool } from '../../src/files/count-pool.js';
import { loadEncoding } from '../../src/files/encoding-store.js';
import { sceneIn } from '../cli/scene.js';
import { folderWith, git, repositoryWith } from './folder.js';

const modules = resolve(import.meta.dirname, '../../node_modules');

/** Files of installed packages, some 12 MB: enough for a thread. */
const manyFiles = () =>
  ['js-tiktoken/dist', 'zod/src', 'fast-check/lib', 'yaml/dist'].flatMap((folder) =>
    readdirSync(join(modules, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((absolute) => ({ path: absolute, absolute })),
  );

const by = (more: Partial<CountedBy> = {}): CountedBy => ({
  cwd: modules,
  env: {},
  encodings: ['o200k_base', 'cl100k_base'],
  cache: 'none',
  ...more,
});

/** With one processor there is none for a thread. */
const isAlone = availableParallelism() === 1;

/** Files enough for a thread to be started before they are listed. */
function largeRepository(): string {
  const cwd = repositoryWith(Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`folder/file-${i}.md`, 'a'])));
  git(cwd, 'add', '.');
  return cwd;
}

async function counted(files: Parameters<typeof countListed>[0], how: CountedBy, ahead: CountPool | null = null) {
  const found = [];
  for await (const item of countListed(files, how, ahead)) found.push(item);
  return found;
}

test('threads count what one thread counts, in the order of the files', async () => {
  const files = manyFiles();
  expect(files.reduce((sum, { absolute }) => sum + statSync(absolute).size, 0)).toBeGreaterThan(8 * 1024 * 1024);
  const expected = files.map(({ path, absolute }) => {
    const bytes = readFileSync(absolute);
    const tokens = ['o200k_base', 'cl100k_base'].map((name) => loadEncoding(name as 'o200k_base').count(bytes));
    return { path, absolute, bytes: bytes.length, tokens, note: null };
  });
  expect(await counted(files, by())).toEqual(expected);
});

test.skipIf(isAlone)(
  'a thread that was started ahead counts a part, and both parts are what one thread counts',
  async () => {
    const ahead = startAhead(['.'], by({ cwd: largeRepository() }))!;
    const chunks: unknown[] = [];
    const watched: CountPool = {
      ...ahead,
      give: (job, wanted, onChunk) =>
        ahead.give(job, wanted, (chunk) => {
          chunks.push(chunk);
          onChunk(chunk);
        }),
    };
    const files = manyFiles();
    expect(await counted(files, by(), watched)).toEqual(await counted(files, by()));
    expect(chunks.length).toBeGreaterThan(0);
  },
);

test.skipIf(isAlone)('a thread that was started ahead is stopped when there is nothing for it to count', async () => {
  const stop = vi.spyOn(Worker.prototype, 'terminate');
  onTestFinished(() => stop.mockRestore());
  const { exitCode, stdout } = await sceneIn(largeRepository()).tokenhub('count', '.', '--no-cache', '--total-only');
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '2000\n' });
  expect(stop).toHaveBeenCalledTimes(1);
});

test('a work tree of its own, whose .git is a file, is counted as any folder', async () => {
  const cwd = repositoryWith({ 'a.md': 'a' });
  git(cwd, 'add', '.');
  git(cwd, 'commit', '--quiet', '-m', 'first');
  const tree = join(folderWith(), 'tree');
  git(cwd, 'worktree', 'add', '--quiet', '--detach', tree);
  expect(startAhead(['.'], by({ cwd: tree }))).toBeNull();
});

test('no thread is started ahead where there are few files, or where their counts were kept', () => {
  const small = repositoryWith({ 'a.md': 'a' });
  git(small, 'add', '.');
  expect(startAhead(['.'], by({ cwd: small }))).toBeNull();
  expect(startAhead(['a.md', 'nowhere'], by({ cwd: small }))).toBeNull();
});

test('a second run takes counts from the first, and --no-cache does not', async () => {
  const cwd = folderWith();
  const env = { TOKENHUB_CACHE: join(cwd, 'cache') };
  const files = [{ path: 'ranks', absolute: join(modules, 'js-tiktoken/dist/ranks/o200k_base.js') }];
  const how = by({ cwd, env, encodings: ['o200k_base'], cache: 'use' });
  const [first] = await counted(files, how);
  // A figure that only the cache can know shows where the second one comes from.
  const text = Buffer.from(readKept(keptFile(how))!).toString();
  const tokens = (first as CountedFile).tokens[0];
  keep(keptFile(how), Buffer.from(text.replace(`:${tokens}}`, ':42}')));
  expect(await counted(files, how)).toEqual([{ ...first, tokens: [42] }]);
  expect(await counted(files, { ...how, cache: 'none' })).toEqual([first]);
});

test('what is no regular file is not waited for', async () => {
  const [item] = await counted([{ path: 'null', absolute: '/dev/null' }], by());
  expect(item).toEqual({ path: 'null', absolute: '/dev/null', reason: 'not a regular file' });
});

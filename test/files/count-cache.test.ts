import { readdirSync, type Stats, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keep } from '../../src/files/cache-folder.js';
import { keptFile, openCountCache } from '../../src/files/count-cache.js';
import { folderWith } from './folder.js';

/** A folder with a file `a.md`, and a cache of its own. */
function place() {
  const cwd = folderWith({ 'a.md': 'hello world' });
  const surroundings = { cwd, env: { TOKENHUB_CACHE: join(cwd, 'cache') } };
  const file = join(cwd, 'a.md');
  const open = (...encodings: Parameters<typeof openCountCache>[0]) =>
    openCountCache(encodings.length > 0 ? encodings : ['o200k_base'], surroundings)!;
  return { cwd, surroundings, file, stats: statSync(file), open };
}

/** Milliseconds since 1970, long after the file was last touched. */
const wellAfter = ({ mtimeMs, ctimeMs }: Stats): number => Math.max(mtimeMs, ctimeMs) + 10_000;

const count = { bytes: 11, tokens: [2], note: null };

test('a count is kept for the next run, and no longer than the file is as it was', () => {
  const { file, stats, open } = place();
  const first = open();
  expect(first.lookup(file, stats)).toBeNull();
  first.add(file, stats, wellAfter(stats), count);
  first.save();
  expect(open().lookup(file, stats)).toEqual(count);
  writeFileSync(file, 'hello worlds');
  expect(open().lookup(file, statSync(file))).toBeNull();
});

test('a file of the same size and time of content, but changed, is counted again: its inode tells', () => {
  const { file, stats, open } = place();
  const first = open();
  first.add(file, stats, wellAfter(stats), count);
  first.save();
  writeFileSync(file, 'HELLO WORLD');
  utimesSync(file, stats.atime, stats.mtime);
  expect(statSync(file).size).toBe(stats.size);
  expect(open().lookup(file, statSync(file))).toBeNull();
});

test('a file that was touched in the moment it was read is not kept: it may have changed within one tick of the clock', () => {
  const { file, stats, open } = place();
  const racy = open();
  racy.add(file, stats, Math.max(stats.mtimeMs, stats.ctimeMs) + 10, count);
  racy.save();
  expect(open().lookup(file, stats)).toBeNull();
});

test('where times are whole seconds, two of them must lie between', () => {
  const { file, stats, open } = place();
  const whole = { ...stats, mtimeMs: 1_700_000_000_000, ctimeMs: 1_700_000_000_000 } as Stats;
  const early = open();
  early.add(file, whole, whole.mtimeMs + 1_500, count);
  early.save();
  expect(open().lookup(file, whole)).toBeNull();
  const late = open();
  late.add(file, whole, whole.mtimeMs + 2_500, count);
  late.save();
  expect(open().lookup(file, whole)).toEqual(count);
});

test('counts of several encodings stand side by side', () => {
  const { file, stats, open } = place();
  const first = open('o200k_base');
  first.add(file, stats, wellAfter(stats), { ...count, tokens: [2] });
  first.save();
  expect(open('cl100k_base').lookup(file, stats)).toBeNull();
  expect(open('o200k_base', 'cl100k_base').lookup(file, stats)).toBeNull();
  const second = open('cl100k_base');
  second.add(file, stats, wellAfter(stats), { ...count, tokens: [3] });
  second.save();
  expect(open('cl100k_base', 'o200k_base').lookup(file, stats)).toEqual({ ...count, tokens: [3, 2] });
});

test('that a file is binary is kept, that it could not be read is not', () => {
  const { file, stats, open } = place();
  const first = open();
  first.add(file, stats, wellAfter(stats), { reason: 'permission denied' });
  first.save();
  expect(open().lookup(file, stats)).toBeNull();
  const second = open();
  second.add(file, stats, wellAfter(stats), { reason: 'binary' });
  second.save();
  expect(open().lookup(file, stats)).toEqual({ reason: 'binary' });
});

test('the folders that were not used for longest are forgotten', () => {
  const { cwd, file, stats, surroundings, open } = place();
  const folder = dirname(keptFile(surroundings));
  for (let i = 0; i < 300; i++) {
    keep(join(folder, `old-${i}`), Buffer.from('[]'));
    utimesSync(join(folder, `old-${i}`), 1, i);
  }
  const cache = open();
  cache.add(file, stats, wellAfter(stats), count);
  cache.save();
  const left = readdirSync(folder);
  expect(left).toHaveLength(200);
  expect(left).toContain('old-299');
  expect(left).not.toContain('old-0');
  expect(open().lookup(join(cwd, 'a.md'), stats)).toEqual(count);
});

test('an encoding that does not ship has no cache: its tables may be replaced', () => {
  const { surroundings } = place();
  expect(openCountCache(['llama3'], surroundings)).toBeNull();
  expect(openCountCache(['o200k_base', { path: '/x', shown: 'x', pattern: null }], surroundings)).toBeNull();
});

describe('what stands in its place is as if there were no cache:', () => {
  test.each([
    ['no JSON', '{{{'],
    ['another layout', '["0 old", []]'],
    ['JSON of another kind', '5'],
    ['null', 'null'],
    ['entries of another kind', '["0", 7]'],
  ])('%s', (_, content) => {
    const { surroundings, file, stats, open } = place();
    keep(keptFile(surroundings), Buffer.from(content));
    const cache = open();
    expect(cache.lookup(file, stats)).toBeNull();
    cache.add(file, stats, wellAfter(stats), count);
    cache.save();
    expect(open().lookup(file, stats)).toEqual(count);
  });

  test('a file where its folder should be', () => {
    const { cwd, file, stats, open } = place();
    writeFileSync(join(cwd, 'cache'), '');
    const cache = open();
    cache.add(file, stats, wellAfter(stats), count);
    cache.save();
    expect(open().lookup(file, stats)).toBeNull();
  });
});

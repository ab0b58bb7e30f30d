import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder } from '../../src/files/cache-folder.js';
import { folderWith } from '../files/folder.js';
import { plainEnv, tokenhub } from './program.js';

const count = (env: Record<string, string>) =>
  tokenhub(['count', '--total-only'], { input: 'hello world', env: plainEnv(env) });
const GOOD = { status: 0, stdout: '2\n', stderr: '' };

/** Files of compiled code below a cache folder. */
const codeIn = (cache: string): string[] =>
  readdirSync(join(cache, 'code'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('the compiled code of a command is kept where the rest of the cache is', () => {
  const home = folderWith();
  expect(count({ HOME: home })).toMatchObject(GOOD);
  const [file, ...more] = codeIn(cacheFolder({ cwd: '/', env: { HOME: home } }));
  expect(more).toEqual([]);
  expect(file).toMatch(/[\\/]count$/);
  expect(count({ HOME: home })).toMatchObject(GOOD);
});

test('code that is damaged is not run, but replaced', () => {
  const cache = folderWith();
  expect(count({ TOKENHUB_CACHE: cache })).toMatchObject(GOOD);
  const [file] = codeIn(cache);
  const whole = readFileSync(file!).length;
  writeFileSync(file!, 'not code at all');
  expect(count({ TOKENHUB_CACHE: cache })).toMatchObject(GOOD);
  expect(readFileSync(file!).length).toBeGreaterThan(whole / 2);
});

test('code with a byte that changed is not run, wherever the byte is', () => {
  const cache = folderWith();
  expect(count({ TOKENHUB_CACHE: cache })).toMatchObject(GOOD);
  const [file] = codeIn(cache);
  const whole = readFileSync(file!);
  for (const part of [0.1, 0.3, 0.45, 0.7]) {
    const at = Math.floor(whole.length * part);
    const changed = Buffer.from(whole);
    changed.fill(0xff, at, at + 64);
    writeFileSync(file!, changed);
    expect(count({ TOKENHUB_CACHE: cache })).toMatchObject(GOOD);
    const replaced = readFileSync(file!);
    expect(replaced.subarray(0, replaced.length / 2).equals(replaced.subarray(replaced.length / 2))).toBe(true);
  }
});

test('the code of another build of this program goes when new code is kept', () => {
  const cache = folderWith();
  const other = join(cache, 'code', `${process.version}-${process.arch}-1-1`);
  mkdirSync(other, { recursive: true });
  expect(count({ TOKENHUB_CACHE: cache })).toMatchObject(GOOD);
  expect(existsSync(other)).toBe(false);
  expect(codeIn(cache)).toHaveLength(1);
});

test('a cache that cannot be written costs nothing but time, and one that is turned off is not there', () => {
  const folder = folderWith({ file: '' });
  expect(count({ TOKENHUB_CACHE: join(folder, 'file') })).toMatchObject(GOOD);
  mkdirSync(join(folder, 'cache'));
  expect(count({ TOKENHUB_CACHE: join(folder, 'cache'), NODE_DISABLE_COMPILE_CACHE: '1' })).toMatchObject(GOOD);
  expect(readdirSync(join(folder, 'cache'))).toEqual([]);
});

test('a mistake keeps no code, so that nothing is kept under a word that is no command', () => {
  const cache = folderWith();
  expect(tokenhub(['cuont'], { env: plainEnv({ TOKENHUB_CACHE: cache }) }).status).toBe(2);
  expect(readdirSync(cache)).toEqual([]);
});

test.each([
  ['TOKENHUB_ENGINE', 'script'],
  ['NODE_OPTIONS', '--jitless'],
])('counts the same with %s=%s', (name, value) => {
  const { status, stdout } = count({ TOKENHUB_CACHE: folderWith(), [name]: value });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '2\n' });
});

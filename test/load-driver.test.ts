import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadDriver, mending } from '../src/load-driver.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokenhub-driver-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const loading = () => () => loadDriver(pathToFileURL(join(folder, 'dist', 'cli.js')).href);
const packageFolder = (name: string) => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

/** The package as `npm install --ignore-scripts` leaves it: everything but the binary. */
function installWithoutBinary() {
  for (const name of ['better-sqlite3', 'bindings', 'file-uri-to-path']) {
    const filter = (path: string) =>
      !['build', 'prebuilds', 'deps'].some((part) => path.includes(join('better-sqlite3', part)));
    cpSync(packageFolder(name), join(folder, 'node_modules', name), { recursive: true, filter });
  }
}

/** Version 12 is built by its install script; 13 has none and ships binaries, so where it has none only 12 helps. */
const MENDS_A_BINARY = /^run: npm (rebuild better-sqlite3|install better-sqlite3@12) --ignore-scripts=false$/;

test('the driver is found where it is installed', () => {
  const Driver = loadDriver(pathToFileURL(resolve('src/index.ts')).href);
  expect(new Driver(':memory:').prepare('SELECT 1').pluck().get()).toBe(1);
});

test('a missing package is one error with the command that installs it', () => {
  expect(loading()).toThrow(
    expect.objectContaining({
      code: 'DRIVER_MISSING',
      exitCode: 2,
      hint: expect.stringMatching(/^run: npm install better-sqlite3@1[23] --ignore-scripts=false$/),
      cause: expect.objectContaining({ code: 'MODULE_NOT_FOUND' }),
    }),
  );
});

test('a package without its binary is one error with the command that builds it', () => {
  installWithoutBinary();
  expect(loading()).toThrow(
    expect.objectContaining({
      code: 'DRIVER_MISSING',
      exitCode: 2,
      hint: expect.stringMatching(MENDS_A_BINARY),
    }),
  );
});

test('a binary that cannot be loaded is to be built again', () => {
  installWithoutBinary();
  const release = join(folder, 'node_modules', 'better-sqlite3', 'build', 'Release');
  mkdirSync(release, { recursive: true });
  writeFileSync(join(release, 'better_sqlite3.node'), 'not a library');
  expect(loading()).toThrow(
    expect.objectContaining({ code: 'DRIVER_MISSING', hint: 'run: npm rebuild better-sqlite3 --ignore-scripts=false' }),
  );
});

test('any other failure is passed on as it is', () => {
  const broken = join(folder, 'node_modules', 'better-sqlite3');
  mkdirSync(broken, { recursive: true });
  writeFileSync(join(broken, 'index.js'), "throw new Error('out of memory')");
  expect(loading()).toThrow('out of memory');
  writeFileSync(join(broken, 'index.js'), "require('something-else')");
  rmSync(join(broken, 'index.js'));
  writeFileSync(join(broken, 'index.cjs'), "require('something-else')");
  writeFileSync(join(broken, 'package.json'), '{"name":"better-sqlite3","main":"index.cjs"}');
  expect(loading()).toThrow(expect.not.objectContaining({ code: 'DRIVER_MISSING' }));
});

test('the command mends the place tokenhub is installed in', () => {
  const path = (...parts: string[]) => join('/', ...parts);
  const module = (...parts: string[]) => path(...parts, 'node_modules', 'tokenhub', 'dist', 'cli.js');
  expect(mending('rebuild x', module('home', 'me', 'app'), path('home', 'me', 'app'))).toBe(
    'npm rebuild x --ignore-scripts=false',
  );
  expect(mending('rebuild x', module('home', 'me', 'app'), path('home', 'me', 'app', 'src'))).toBe(
    'npm rebuild x --ignore-scripts=false',
  );
  expect(mending('rebuild x', module('usr', 'lib'), path('home', 'me', 'app'))).toBe(
    'npm rebuild x -g --ignore-scripts=false',
  );
  expect(mending('rebuild x', path('src', 'tokenhub', 'dist', 'cli.js'), path('tmp'))).toBe(
    'npm rebuild x --ignore-scripts=false',
  );
});

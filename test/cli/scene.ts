/** A temporary folder with files, and the whole program run in it. */

import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { folderWith } from '../files/folder.js';
import { run, type World } from './memory-io.js';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A JSON body: tests assert on it instead of giving it a type. */
// biome-ignore lint/suspicious/noExplicitAny: its shape is what the tests are about
export type Body = any;

export interface Scene {
  /** Absolute. */
  readonly folder: string;
  readonly path: (name: string) => string;
  readonly tokenhub: (...argv: readonly string[]) => ReturnType<typeof run>;
  /** Standard output of a command as JSON. */
  readonly json: (...argv: readonly string[]) => Promise<Body>;
}

/** A new folder with files, removed after the test. */
export const scene = (files: Files = {}, world: World = {}): Scene => sceneIn(folderWith(files), world);

/** The same for all tests of a file or of a `describe`; call it outside of tests. */
export function sharedScene(files: Files = {}, world: World = {}): Scene {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tokenhub-test-')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return sceneIn(folder, world);
}

export function sceneIn(folder: string, world: World = {}): Scene {
  const tokenhub = (...argv: readonly string[]) => run(argv, { cwd: folder, ...world });
  const json = async (...argv: readonly string[]) => JSON.parse((await tokenhub(...argv, '--json')).stdout);
  return { folder, path: (name) => join(folder, name), tokenhub, json };
}

/** Text of a file in fixtures/. */
export const fixture = (name: string): string =>
  readFileSync(resolve(import.meta.dirname, '../../fixtures', name), 'utf8');

/** Decimal texts added exactly: shares of 10^-12 and coarser as whole numbers of it. */
export const addDecimals = (texts: readonly string[]): bigint => texts.reduce((sum, text) => sum + picoOf(text), 0n);

/** `1.25` as 1_250_000_000_000n; at most 12 decimals. */
export function picoOf(text: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(text)!;
  const size = BigInt(`${whole}${fraction.padEnd(12, '0')}`);
  return sign === '-' ? -size : size;
}

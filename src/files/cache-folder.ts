/**
 * The user's cache folder: compiled vocabularies and counts of files. Only ever saves time: what is not there, not whole or not
 * writable is as if there were no cache.
 */

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { devNull, userInfo } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Surroundings } from './surroundings.js';

/** Behind the content: its CRC-32, little-endian. */
const TRAILER = 4;

/** Loaded when it is needed: every count imports this file, and few have something to keep. */
const crc32 = (content: Uint8Array): number => process.getBuiltinModule('node:zlib').crc32(content);

/**
 * `TOKENHUB_CACHE`, else `tokenhub` in the cache folder of the platform: `%LOCALAPPDATA%`, `~/Library/Caches`, `XDG_CACHE_HOME`, `~/.cache`.
 * Source of the last two: XDG Base Directory Specification 0.8, which has relative paths ignored.
 */
export function cacheFolder({ cwd, env }: Surroundings, platform: NodeJS.Platform = process.platform): string {
  if (env.TOKENHUB_CACHE) return resolve(cwd, env.TOKENHUB_CACHE);
  const home = env.HOME || homeOfAccount();
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'tokenhub', 'Cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'tokenhub');
  const { XDG_CACHE_HOME } = env;
  return join(XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(home, '.cache'), 'tokenhub');
}

/** An account of a number alone has none, and then nothing can be kept. */
function homeOfAccount(): string {
  try {
    return userInfo().homedir;
  } catch {
    return devNull;
  }
}

/** The bytes that were kept in a file, at a multiple of four; `null` when there are none, or others. */
export function readKept(file: string): Uint8Array | null {
  let bytes: Buffer;
  try {
    if (!statSync(file).isFile()) return null; // a pipe would be waited for
    bytes = readFileSync(file);
  } catch {
    return null; // not there, or not for us: made again
  }
  if (bytes.length < TRAILER) return null;
  const content = bytes.subarray(0, -TRAILER);
  return crc32(content) === bytes.readUInt32LE(content.length) ? content : null;
}

/** Keeps bytes in a file, which appears whole or not at all, also when several processes write it. */
export function keep(file: string, content: Uint8Array): void {
  const partial = `${file}.${crypto.randomUUID()}`;
  const trailer = Buffer.alloc(TRAILER);
  trailer.writeUInt32LE(crc32(content));
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(partial, Buffer.concat([content, trailer]), { flag: 'wx', mode: 0o600 });
    renameSync(partial, file);
  } catch {
    discard(partial); // a cache that cannot be written costs time, never a count
  }
}

/** Removes all but the files of a folder that were written last. */
export function keepNewest(folder: string, most: number): void {
  try {
    const files = readdirSync(folder).map((name) => join(folder, name));
    if (files.length <= most) return;
    const byAge = files.map((file) => ({ file, at: statSync(file).mtimeMs })).sort((a, b) => b.at - a.at);
    for (const { file } of byAge.slice(most)) rmSync(file, { force: true });
  } catch {
    // somebody else tidies up, or nobody may
  }
}

function discard(partial: string): void {
  try {
    rmSync(partial, { force: true });
  } catch {
    // where it could not be written, there is nothing to remove
  }
}

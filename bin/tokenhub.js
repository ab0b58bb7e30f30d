#!/usr/bin/env node
/**
 * Runs the command, `dist/cli.cjs`. Its compiled code is kept in the user's cache folder, one file for each command, because
 * compiling it takes longer than counting a file does. This is what `module.enableCompileCache` of Node 22 does, for Node 20
 * too; NODE_DISABLE_COMPILE_CACHE=1 turns it off. Where it cannot be read or written, the command is compiled anew.
 */

const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { dirname, isAbsolute, join, resolve } = require('node:path');
const { Script } = require('node:vm');

const program = join(__dirname, '..', 'dist', 'cli.cjs');
const cached = cacheFile();
const script = new Script(`(function (require, __filename) {${readFileSync(program, 'latin1')}\n})`, {
  filename: program,
  cachedData: cached === null ? undefined : readCache(cached),
});
if (cached !== null && script.cachedDataRejected !== false) process.once('exit', keepCode);
script.runInThisContext()((id) => require(id.startsWith('./') ? join(dirname(program), id) : id), program);

/** Named for what the code depends on: this program, this Node, this processor. `null`: there is nowhere to keep it. */
function cacheFile() {
  const folder = cacheFolder();
  if (!folder || process.env.NODE_DISABLE_COMPILE_CACHE) return null;
  const command = /^[a-z]{1,12}$/.exec(process.argv[2] ?? '')?.[0] ?? 'tokenhub';
  const { mtimeMs, size } = statSync(program);
  return join(folder, 'code', `${process.version}-${process.arch}-${size}-${Math.floor(mtimeMs)}`, command);
}

/** The same folder as that of `src/files/cache-folder.ts`, which is part of what is to be loaded. */
function cacheFolder() {
  const { HOME, LOCALAPPDATA, TOKENHUB_CACHE, XDG_CACHE_HOME } = process.env;
  if (TOKENHUB_CACHE) return resolve(TOKENHUB_CACHE);
  if (process.platform === 'win32') return LOCALAPPDATA && join(LOCALAPPDATA, 'tokenhub', 'Cache');
  if (process.platform === 'darwin') return HOME && join(HOME, 'Library', 'Caches', 'tokenhub');
  const base = XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : HOME && join(HOME, '.cache');
  return base && join(base, 'tokenhub');
}

function readCache(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined; // the first run, or a folder that may not be read
  }
}

/** Keeps the code that a good run compiled. Appears whole or not at all. */
function keepCode(exitCode) {
  if (exitCode !== 0) return;
  const partial = `${cached}.${process.pid}`;
  try {
    mkdirSync(dirname(cached), { recursive: true, mode: 0o700 });
    writeFileSync(partial, script.createCachedData());
    renameSync(partial, cached);
  } catch {
    // a cache that cannot be written costs time, and nothing else
  }
}

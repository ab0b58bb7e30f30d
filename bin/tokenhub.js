#!/usr/bin/env node
/**
 * Runs the command, `dist/cli.cjs`. Its compiled code is kept in the user's cache folder, one file for each command, because
 * compiling it takes longer than counting a file does. This is what `module.enableCompileCache` of Node 22 does, for Node 20
 * too; NODE_DISABLE_COMPILE_CACHE=1 turns it off. Where it cannot be read or written, the command is compiled anew.
 */

const {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { basename, dirname, isAbsolute, join, resolve } = require('node:path');
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

/**
 * The code that was kept, if it is this user's and whole: V8 runs what it is given without a look. It is kept twice, because
 * comparing two copies is the one check that needs no module and no loop.
 */
function readCache(file) {
  let opened;
  try {
    opened = openSync(file, 'r');
    const { size, uid } = fstatSync(opened);
    const bytes = Buffer.allocUnsafeSlow(size);
    const isOwn = process.getuid === undefined || uid === process.getuid();
    if (!isOwn || size % 2 !== 0 || readSync(opened, bytes, 0, size, 0) !== size) return undefined;
    const [code, again] = [bytes.subarray(0, size / 2), bytes.subarray(size / 2)];
    return code.equals(again) ? code : undefined;
  } catch {
    return undefined; // the first run, or a file that may not be read
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

/** Keeps the code that a good run compiled. A cache that cannot be written costs time, and nothing else. */
function keepCode(exitCode) {
  if (exitCode !== 0) return;
  try {
    writeCache(script.createCachedData());
  } catch {}
}

/** The code appears whole or not at all, and replaces that of other builds of this program. */
function writeCache(code) {
  const folder = dirname(cached);
  const partial = `${cached}.${process.pid}-${Date.now()}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(partial, Buffer.concat([code, code]), { flag: 'wx', mode: 0o600 });
    renameSync(partial, cached);
  } finally {
    rmSync(partial, { force: true });
  }
  for (const name of readdirSync(dirname(folder)))
    if (name !== basename(folder) && name.startsWith(`${process.version}-${process.arch}-`))
      rmSync(join(dirname(folder), name), { recursive: true, force: true });
}

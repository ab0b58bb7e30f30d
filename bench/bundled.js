/** Modules of the product's own TypeScript, for what the published library does not show: prices and the ledger. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { kept } from './kept.js';
import { root } from './root.js';

/**
 * Bundles one module and imports it.
 * @param source  statements that export what is wanted, paths relative to the project
 */
export async function bundled(name, source) {
  const outfile = join(kept('modules'), `${name}.mjs`);
  await build({
    absWorkingDir: root,
    stdin: { contents: source, resolveDir: root, sourcefile: `${name}.ts`, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: ['better-sqlite3'],
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}

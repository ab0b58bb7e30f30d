/** Writes docs/schemas/config.schema.json, the JSON Schema of the config: npm run schema. A test holds it to the code and the guide. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const script = join(root, 'node_modules', '.cache', 'tokenhub', 'config-json-schema.mjs');
await build({
  absWorkingDir: root,
  entryPoints: ['scripts/config-json-schema.ts'],
  outfile: script,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
});
const { configJsonSchema } = await import(pathToFileURL(script).href);
const schema = configJsonSchema(readFileSync(join(root, 'docs', 'guide.md'), 'utf8'));
const file = join(root, 'docs', 'schemas', 'config.schema.json');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, JSON.stringify(schema));
execFileSync(
  process.execPath,
  [join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'format', '--write', file],
  {
    cwd: root,
    stdio: 'ignore',
  },
);

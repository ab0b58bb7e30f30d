import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Body, type Scene, scene } from './scene.js';
import { importsAs, rowsIn, sumsIn } from './usage-files.js';
import { FIXTURES } from './usage-fixtures.js';

const FOLDER = resolve(import.meta.dirname, '../../fixtures/usage');

/** Readings of the counters of engines. */
const READINGS = ['sglang.prom', 'vllm.prom'];

test('every usage fixture is in the table', () => {
  expect([...FIXTURES.map(({ file }) => file), ...READINGS].sort()).toEqual(readdirSync(FOLDER).sort());
});

describe('a usage file becomes what it says, and importing it again changes nothing', () => {
  test.each(FIXTURES)('$file', (expected) => importsAs(join(FOLDER, expected.file), expected));
});

test.each(READINGS)('%s alone is where counting starts, and no usage', async (file) => {
  const at = scene();
  await at.tokenhub('import', join(FOLDER, file), '--at', '2026-10-01T00:00:00Z');
  expect(rowsIn(at)).toEqual([]);
});

test('all usage files in one ledger are there whole', async () => {
  const at = scene();
  const plain = FIXTURES.filter(({ words }) => words === undefined);
  const { stdout } = await at.tokenhub('import', ...plain.map(({ file }) => join(FOLDER, file)), '--json');
  const files: Body[] = JSON.parse(stdout).files;
  expect(files.map(({ added }) => added)).toEqual(plain.map(({ counts }) => counts[1]));
  const alone = plain.map(({ requests = 0, tokens = [] }) => [
    requests,
    ...Array.from({ length: 6 }, (_, i) => tokens[i] ?? 0),
  ]);
  const together = files.map((file) => {
    const { requests, tokens } = sumsIn(at, `import = ${file.import}`);
    return [requests, ...tokens.map((count) => count ?? 0)];
  });
  expect(together).toEqual(alone);
});

test('taking every other import back, in any order, leaves what the others alone make', async () => {
  const paths = FIXTURES.filter(({ words }) => words === undefined).map(({ file }) => join(FOLDER, file));
  const stay = paths.filter((_, i) => i % 2 === 0);
  const [all, alone] = [scene(), scene()];
  const { stdout } = await all.tokenhub('import', ...paths, '--json');
  await alone.tokenhub('import', ...stay);
  const files: Body[] = JSON.parse(stdout).files;
  const gone = files.filter(({ path }) => !stay.includes(path)).map((file) => file.import);
  for (const id of [...gone.slice(9), ...gone.slice(0, 9).reverse()])
    expect((await all.tokenhub('imports', 'undo', String(id))).exitCode).toBe(0);
  expect(contentIn(all)).toEqual(contentIn(alone));
});

/** Rows without the numbers that depend on what else was ever imported. */
const contentIn = (at: Scene): string[] =>
  rowsIn(at)
    .map(({ import: _, recording: __, ...row }) => JSON.stringify(row))
    .sort();

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedScene } from '../cli/scene.js';
import { plainEnv, root } from './program.js';

const { folder, path } = sharedScene({
  'project/package.json': '{ "name": "project", "private": true, "type": "module" }\n',
  'project/usage.csv': 'timestamp,model,input_tokens\n2026-10-05T08:00:00Z,qwen-plus,1\n',
});
const project = path('project');
const installed = join(project, 'node_modules', 'tokenhub');

/** npm of the machine, with nothing of its cache and without the network: the package must need neither. */
const npm = (cwd: string, ...argv: string[]): string =>
  execFileSync('npm', [...argv, '--ignore-scripts', '--offline', '--silent', '--cache', path('cache')], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

beforeAll(() => {
  npm(root, 'pack', '--pack-destination', folder);
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  npm(project, 'install', '--omit=optional', '--no-audit', '--no-fund', join(folder, tarball!));
});

const tokenhub = (...argv: string[]) =>
  spawnSync(join(project, 'node_modules', '.bin', 'tokenhub'), argv, {
    cwd: project,
    env: plainEnv(),
    input: 'hello world',
    encoding: 'utf8',
  });

describe('the packed package, installed without scripts and optional packages', () => {
  test('brings no other package with it', () => {
    expect(readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['tokenhub']);
  });

  test('counts with every encoding', () => {
    const { status, stdout, stderr } = tokenhub(
      'count',
      '--total-only',
      '-e',
      'o200k_base,cl100k_base,p50k_base,r50k_base',
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe('o200k_base\t2\ncl100k_base\t2\np50k_base\t2\nr50k_base\t2\n');
  });

  test('exits 2 on what needs a ledger, with the one command that mends it, and leaves no file', () => {
    const { status, stdout, stderr } = tokenhub('import', 'usage.csv');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(
      /^error: the SQLite driver better-sqlite3 is not installed; .*\n {2}run: npm install better-sqlite3\S*( \S+)*\n$/,
    );
    expect(existsSync(join(project, 'tokenhub.db'))).toBe(false);
  });

  test('is a library too', () => {
    const script =
      "import { countTokens } from 'tokenhub'; console.log(countTokens('hello world'), countTokens('hello world', { model: 'gpt-4' }));";
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: project,
      env: plainEnv(),
      encoding: 'utf8',
    });
    expect({ stdout, stderr }).toEqual({ stdout: '2 2\n', stderr: '' });
  });

  test('has types that a strict project compiles with', () => {
    writeFileSync(
      join(project, 'use.ts'),
      "import { countTokens } from 'tokenhub';\nexport const n: number = countTokens('x', { encoding: 'o200k_base' });\n",
    );
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', ''];
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), ...flags, 'use.ts'],
      { cwd: project, env: plainEnv(), encoding: 'utf8' },
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  test('holds the program, its guide and licences, and neither sources nor tests', () => {
    for (const name of [
      'bin/tokenhub.js',
      'dist/index.js',
      'dist/types/index.d.ts',
      'dist/LICENSES.txt',
      'docs/guide.md',
      'docs/schemas/config.schema.json',
      'docs/ci/github.yml',
      'README.md',
      'fixtures/token-hub/tokenhub.config.yaml',
      'LICENSE',
      'CHANGELOG.md',
    ])
      expect(existsSync(join(installed, name)), name).toBe(true);
    for (const name of ['src', 'test', 'fixtures/usage', 'scripts', 'node_modules'])
      expect(existsSync(join(installed, name)), name).toBe(false);
  });

  test('names no folder of the machine it was built on', () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const naming = files.filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(root));
    expect(naming.map(({ name }) => name)).toEqual([]);
  });
});

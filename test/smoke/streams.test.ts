import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { folderWith } from '../files/folder.js';
import { bin, plainEnv, tokenhub } from './program.js';

test('the built program counts what is piped into it', () => {
  expect(tokenhub(['count', '--total-only'], { input: 'hello world' })).toEqual({
    status: 0,
    signal: null,
    stdout: '2\n',
    stderr: '',
  });
});

test('the exit code of the process is that of the command', () => {
  expect(tokenhub(['count', 'no-such-file'], { cwd: folderWith() })).toMatchObject({ status: 2, stdout: '' });
});

/** Far more output than the 64 KiB a pipe holds. */
const manyFiles = () =>
  folderWith(Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`${'long-name-'.repeat(8)}${i}.md`, 'a'])));

test.each(['table', 'csv', 'ndjson', 'json'])('a pipe closed by its reader ends the program quietly (%s)', (format) => {
  const script = `{ "$NODE" "$BIN" count . --format ${format}; echo "exit code $?" >&2; } | head -n 1`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], {
    cwd: manyFiles(),
    env: plainEnv({ NODE: process.execPath, BIN: bin }),
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  expect(stdout.split('\n')).toHaveLength(2); // one line and what follows its end
  // CSV and NDJSON say on standard error what they have no room for.
  expect(stderr.replace('o200k_base (default), exact\n', '')).toBe('exit code 0\n');
});

test('a breached budget exits 1 also when nobody reads the verdict and the warnings before it', () => {
  const config = 'budgets: [{ name: x, paths: [a.md], max: 1 tokens }]\n';
  const script = '{ "$NODE" "$BIN" check 2>&1; echo "exit code $?" >&3; } 3>&2 | true';
  const { stderr } = spawnSync('sh', ['-c', script], {
    cwd: folderWith({ 'a.md': 'a a', 'tokenhub.config.yaml': config, 'tokenhub.config.yml': '' }), // one is warned of
    env: plainEnv({ NODE: process.execPath, BIN: bin }),
    encoding: 'utf8',
  });
  expect(stderr).toBe('exit code 1\n');
});

test('output longer than a pipe holds arrives whole', () => {
  const { status, stdout } = tokenhub(['count', '.', '--json'], { cwd: manyFiles() });
  expect(status).toBe(0);
  expect(JSON.parse(stdout).counts[0].total).toEqual({ tokens: 1500, files: 1500, bytes: 1500 });
});

test('piped output is plain; FORCE_COLOR colours it, NO_COLOR wins, --color wins over both', () => {
  const cwd = folderWith({ 'a.md': 'a' });
  const isColoured = (env: Record<string, string>, ...flags: string[]): boolean =>
    tokenhub(['count', 'a.md', ...flags], { cwd, env: plainEnv(env) }).stdout.includes('\u001b[');
  expect(isColoured({})).toBe(false);
  expect(isColoured({ FORCE_COLOR: '1' })).toBe(true);
  expect(isColoured({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  expect(isColoured({ NO_COLOR: '1' }, '--color', 'always')).toBe(true);
  expect(isColoured({ FORCE_COLOR: '1' }, '--color', 'never')).toBe(false);
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedScene } from '../cli/scene.js';
import { tokens } from '../cli/token-text.js';
import { git, repositoryWith } from '../files/folder.js';
import { bin, plainEnv } from '../smoke/program.js';
import { yamlOf } from './runner.js';

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly args?: readonly string[];
  readonly pass_filenames?: boolean;
}

const hooks: readonly Hook[] = yamlOf('.pre-commit-hooks.yaml');
const asked = yamlOf('docs/ci/pre-commit-config.yaml').repos[0].hooks as readonly (Hook & { files?: string })[];

/** A folder in front of PATH in which the command is, as pre-commit installs it. */
const { path } = sharedScene();
beforeAll(() => {
  mkdirSync(path('bin'));
  symlinkSync(bin, path('bin/tokenhub'));
});

/** Runs a hook as pre-commit does: the words of `entry`, then `args`, then the names of files. */
function runHook(id: string, folder: string, names: readonly string[] = []) {
  const hook = { ...hooks.find((each) => each.id === id)!, ...asked.find((each) => each.id === id) };
  const [command, ...words] = hook.entry.split(' ');
  const argv = [...words, ...(hook.args ?? []), ...(hook.pass_filenames === false ? [] : names)];
  const env = plainEnv({ PATH: `${path('bin')}:${process.env.PATH}`, GIT_INDEX_FILE: join(folder, '.git/index') });
  const { status, stdout, stderr } = spawnSync(command!, argv, { cwd: folder, env, encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

const CONFIG =
  'budgets:\n  - { name: prompts, paths: ["prompts/**/*.md"], max: 100 tokens }\n  - { name: month, period: month, max: 1 USD }\n';

describe('the hooks of pre-commit', () => {
  test('have what pre-commit needs to know of a hook', () => {
    for (const hook of hooks) {
      expect(hook).toMatchObject({ id: expect.any(String), name: expect.any(String), language: 'node' });
      expect(hook.entry).toMatch(/^tokenhub check/);
    }
    expect(asked.map(({ id }) => id)).toEqual(hooks.map(({ id }) => id));
  });

  test('stop a commit that is over a budget on files, and need no ledger', () => {
    const folder = repositoryWith({ 'tokenhub.config.yaml': CONFIG, 'prompts/a.md': tokens(100) });
    git(folder, 'add', '-A');
    expect(runHook('tokenhub-check', folder)).toMatchObject({ status: 0 });
    writeFileSync(join(folder, 'prompts/a.md'), tokens(101));
    const { status, text } = runHook('tokenhub-check', folder);
    expect(status).toBe(1);
    expect(text).toContain('TH001');
  });

  test('judge files by one limit, without a config, whatever they are called', () => {
    const name = 'prompts/a b "c" $(touch x).md';
    const folder = repositoryWith({ [name]: tokens(8000), 'prompts/big.md': tokens(8001) });
    expect(runHook('tokenhub-check-files', folder, [name]).status).toBe(0);
    const { status, text } = runHook('tokenhub-check-files', folder, [name, 'prompts/big.md']);
    expect(status).toBe(1);
    expect(text).toMatch(/TH001.*prompts\/big\.md/);
  });

  test('take the name of a file for a name, even one that reads like a flag', () => {
    const names = ['--fail-on=never', '-v', '!big.md', 'big.md'];
    const folder = repositoryWith(Object.fromEntries(names.map((name) => [name, tokens(8001)])));
    const { status, text } = runHook('tokenhub-check-files', folder, names);
    expect(status).toBe(1);
    expect(text).toContain('failed: 4 error');
  });

  test.each([
    ['.pre-commit-hooks.yaml', hooks],
    ['docs/ci/pre-commit-config.yaml', asked],
  ])('that are given names end their arguments, in %s, before them', (_, given) => {
    const named = given.filter(({ id, args }) => id === 'tokenhub-check-files' || args !== undefined);
    expect(named).not.toEqual([]);
    for (const { args } of named) expect(args!.at(-1)).toBe('--');
  });
});

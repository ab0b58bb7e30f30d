import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tokens } from '../cli/token-text.js';
import { folderWith } from '../files/folder.js';
import { bash, outputsIn, pullRequest, type Repository, root, runnerEnv, yamlOf } from './runner.js';

const action = yamlOf('action.yml');

const config = (max: number): string =>
  `budgets:\n  - { name: prompts, paths: ["prompts/**/*.md"], max: ${max} tokens }\n`;
const MAIN = { 'tokenhub.config.yaml': config(100), 'prompts/a.md': tokens(90), 'sub/prompts/b.md': tokens(90) };

/** Runs the steps of the action with these inputs, as far as one fails, in the clone of a pull request. */
function act(
  repository: Repository,
  inputs: Readonly<Record<string, string>> = {},
  headRef = 'change',
  more: Readonly<Record<string, string>> = {},
) {
  const env = { ...runnerEnv(repository, headRef), ...more };
  const results = [];
  for (const step of action.runs.steps) {
    const result = bash(step.run, repository.workspace, { ...env, ...envOf(step, inputs) });
    results.push(result);
    if (result.status !== 0) break;
  }
  const last = results.at(-1)!;
  const summary = existsSync(env.GITHUB_STEP_SUMMARY!) ? readFileSync(env.GITHUB_STEP_SUMMARY!, 'utf8') : '';
  return { ...last, outputs: outputsIn(env.GITHUB_OUTPUT!), summary };
}

/** `env` of a step, in which inputs are all that may be named. */
const envOf = (step: { env?: Record<string, string> }, inputs: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(step.env ?? {}).map(([name, value]) => {
      const [, input] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value) ?? [];
      return [name, inputs[input!] ?? action.inputs[input!].default];
    }),
  );

describe('the action', () => {
  test('has the form that GitHub documents for a composite action', () => {
    expect(Object.keys(action)).toEqual(['name', 'description', 'branding', 'inputs', 'outputs', 'runs']);
    expect(action.runs.using).toBe('composite');
    for (const input of Object.values<object>(action.inputs))
      expect(Object.keys(input)).toEqual(['description', 'default']);
    for (const output of Object.values<{ value: string }>(action.outputs))
      expect(output.value).toMatch(/^\$\{\{ steps\.check\.outputs\.([\w-]+)( \|\| steps\.install\.outputs\.\1)? \}\}$/);
    expect(action.runs.steps.map(({ id }: { id: string }) => id)).toEqual(['install', 'check']);
    for (const step of action.runs.steps) expect(step.shell).toBe('bash');
  });

  test('writes no expression into a script, where it would be code, and reads each input', () => {
    const named = new Set<string>();
    for (const { run, env = {} } of action.runs.steps) {
      expect(run).not.toContain('${{');
      for (const value of Object.values<string>(env)) {
        expect(value).toMatch(/^\$\{\{ inputs\.[\w-]+ \}\}$/);
        named.add(value.slice(11, -3));
      }
    }
    expect([...named].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  test('passes a change that stays within the limits, and says so in its outputs', () => {
    const { status, outputs, summary } = act(pullRequest(MAIN, { 'prompts/a.md': tokens(95) }, 'change'));
    expect(status).toBe(0);
    expect(outputs).toMatchObject({ passed: 'true', errors: '0', warnings: '0', unknown: '0', 'exit-code': '0' });
    expect(readFileSync(outputs.report!, 'utf8')).toMatch(/^<!-- tokenhub-check -->\n/);
    expect(summary).toContain('passed');
  });

  test('fails a change that is over its limit, with an annotation at the file', () => {
    const { status, stdout, outputs } = act(pullRequest(MAIN, { 'prompts/a.md': tokens(130) }, 'change'));
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=prompts\/a\.md,line=1,title=TH001 prompts::/m);
    expect(outputs).toMatchObject({ passed: 'false', errors: '1', 'exit-code': '1' });
  });

  test('takes the limits of the base, so that a change cannot lift its own', () => {
    const change = { 'prompts/a.md': tokens(130), 'tokenhub.config.yaml': config(200) };
    const { status, stdout } = act(pullRequest(MAIN, change, 'change'));
    expect(status).toBe(1);
    expect(stdout).toContain('TH001');
    expect(stdout).toContain('TH009');
    expect(act(pullRequest(MAIN, change, 'change'), { 'config-from': 'head' }).status).toBe(0);
  });

  test('outside of a pull request takes the config that is there', () => {
    const repository = pullRequest(MAIN, {}, 'change');
    const env = { ...runnerEnv(repository, ''), GITHUB_EVENT_NAME: 'push', GITHUB_BASE_REF: '' };
    const [, check] = action.runs.steps;
    const { status } = bash(check.run, repository.workspace, { ...env, ...envOf(check, {}) });
    expect(status).toBe(0);
  });

  test('hands every input on as one argument', () => {
    const repository = pullRequest(
      { ...MAIN, 'my limits.yaml': config(50), 'prompts/a.md': tokens(60) },
      { 'x.md': 'x' },
      'change',
    );
    const inputs = {
      config: 'my limits.yaml',
      'fail-on': 'never',
      kind: 'files',
      only: 'prom*\n',
      args: '--verbose\n',
    };
    const { status, stderr, outputs } = act(repository, inputs);
    expect(status).toBe(0);
    expect(stderr).toContain('my limits.yaml');
    expect(outputs.errors).toBe('0'); // as it was in the base already
    expect(act(repository, { config: 'my limits.yaml', only: 'other' }).status).toBe(2);
  });

  test('judges in the working directory, and writes the report where it is told to', () => {
    const repository = pullRequest({ ...MAIN, 'sub/tokenhub.config.yaml': config(80) }, { 'x.md': 'x' }, 'change');
    const { status, outputs } = act(repository, {
      'working-directory': 'sub',
      'comment-file': 'out report.md',
      'fail-on': 'warn',
    });
    expect(status).toBe(1);
    expect(outputs.report).toBe(join(repository.workspace, 'out report.md'));
    expect(readFileSync(outputs.report!, 'utf8')).toContain('TH008');
  });

  test('takes no report that was there before for its own', () => {
    const repository = pullRequest(MAIN, { 'report.md': 'forged', 'tokenhub.config.yaml': 'budgets: [' }, 'change');
    const { status, outputs } = act(repository, { 'comment-file': 'report.md', 'config-from': 'head' });
    expect(status).toBe(2);
    expect(outputs).toEqual({ passed: 'false', 'exit-code': '2' });
    expect(existsSync(join(repository.workspace, 'report.md'))).toBe(false);
  });

  test('refuses a version that is none, before anything is installed', () => {
    const { status, stdout } = act(pullRequest(MAIN, {}, 'change'), { version: '1.0.0; touch x' });
    expect(status).toBe(2);
    expect(stdout).toContain('::error title=tokenhub::');
  });

  test.each([
    ['working-directory', 'nowhere'],
    ['comment-file', 'prompts'],
  ])('exits 2, and not as for a breach, when %s is %s', (input, value) => {
    const { status, stdout, outputs } = act(pullRequest(MAIN, {}, 'change'), { [input]: value });
    expect(status).toBe(2);
    expect(stdout).toContain(`::error title=tokenhub::the input ${input}`);
    expect(outputs).toEqual({ passed: 'false', 'exit-code': '2' });
  });

  test('exits 2, and not as for a breach, when npm cannot install it', () => {
    const programs = folderWith({ npm: '#!/bin/bash\nexit 1\n' });
    chmodSync(join(programs, 'npm'), 0o755);
    const { status, stdout, outputs } = act(pullRequest(MAIN, {}, 'change'), { version: '0.1.0' }, 'change', {
      PATH: `${programs}:${process.env.PATH}`,
    });
    expect(status).toBe(2);
    expect(stdout).toContain('::error title=tokenhub::');
    expect(outputs).toEqual({ 'exit-code': '2' });
  });

  test.each(['$(touch_)', '";touch_;"', '`touch_`', "';touch_;'"].map((text) => text.replace('_', '$' + '{IFS}x')))(
    'runs nothing of a branch called %s',
    (name) => {
      const repository = pullRequest(MAIN, { 'prompts/a.md': tokens(130) }, name);
      const { status } = act(repository, {}, name);
      expect(status).toBe(1);
      expect(leftBehind(repository)).toEqual([]);
    },
  );

  test.each(['$(touch x)', '"; touch x; "', '`touch x`', "'; touch x; '", '$IFS', '-rf', '*', '&& touch x'])(
    'runs nothing of inputs that are %s',
    (text) => {
      const repository = pullRequest(MAIN, {}, 'change');
      for (const input of Object.keys(action.inputs)) act(repository, { [input]: text });
      expect(leftBehind(repository)).toEqual([]);
    },
  );

  test('runs nothing of files with hostile names', () => {
    const names = [
      'prompts/$(touch x).md',
      'prompts/`touch x`.md',
      'prompts/a"; touch x; ".md',
      'prompts/a\n::error::b.md',
    ];
    const change = Object.fromEntries(names.map((name) => [name, tokens(130)]));
    const repository = pullRequest(MAIN, change, 'change');
    const { status, stdout, outputs } = act(repository);
    expect(status).toBe(1);
    expect(outputs.errors).toBe('4');
    expect(stdout).not.toMatch(/^::error::b/m);
    expect(leftBehind(repository)).toEqual([]);
  });
});

/** Files called `x` that a script which is not what it should be would make. */
const leftBehind = ({ workspace }: Repository): string[] =>
  [workspace, root].flatMap((folder) => readdirSync(folder).filter((name) => name === 'x' || name === 'touch'));

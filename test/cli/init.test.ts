import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git, repositoryWith } from '../files/folder.js';
import { type Files, scene, sceneIn } from './scene.js';

/** `n` tokens in every encoding. */
const tokens = (n: number): string => `a${' a'.repeat(n - 1)}`;

const CONFIG = 'tokenhub.config.yaml';
const TOOLS = JSON.stringify({ tools: [{ name: 't', description: 'd', inputSchema: { type: 'object' } }] });
const CHAT = JSON.stringify([{ role: 'user', content: 'hello' }]);
const docs = (name: string): string => readFileSync(resolve(import.meta.dirname, '../../docs/ci', name), 'utf8');

/** The config that init writes for these files. */
async function configFor(files: Files, ...flags: string[]): Promise<string> {
  const { path, tokenhub } = scene(files);
  expect((await tokenhub('init', ...flags)).exitCode).toBe(0);
  return readFileSync(path(CONFIG), 'utf8');
}

describe('init', () => {
  test.each([
    ['prompts', 'prompts/system.md'],
    ['prompts', 'src/agents/prompts/deep/a.jinja2'],
    ['prompts', 'src/summary.prompt.md'],
    ['prompts', 'src/summary.prompt'],
    ['prompts', '.github/prompts/review.prompt.md'],
    ['agent instructions', 'AGENTS.md'],
    ['agent instructions', 'packages/a/CLAUDE.md'],
    ['agent instructions', 'GEMINI.md'],
    ['agent instructions', 'QWEN.md'],
    ['agent instructions', '.cursorrules'],
    ['agent instructions', '.cursor/rules/style.mdc'],
    ['agent instructions', '.windsurfrules'],
    ['agent instructions', '.clinerules'],
    ['agent instructions', '.clinerules/style.md'],
    ['agent instructions', '.github/copilot-instructions.md'],
    ['agent instructions', '.github/instructions/api.instructions.md'],
    ['agent skills and commands', '.claude/skills/pdf/SKILL.md'],
    ['agent skills and commands', '.claude/agents/reviewer.md'],
  ])('finds %s in %s, and what it writes passes the check at once', async (kind, file) => {
    const { tokenhub, json, path } = scene({ [file]: tokens(295) });
    const { exitCode, stdout } = await tokenhub('init');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`found ${kind}: 1 file (`);
    expect(readFileSync(path(CONFIG), 'utf8')).toContain('max: 330 tokens'); // 295 x 1.1 = 324.5
    expect((await tokenhub('check')).exitCode).toBe(0);
    expect((await json('check')).verdicts).toMatchObject([{ budget: kind, path: file, measured: 295, limit: 330 }]);
  });

  test('knows lists of tools and requests by their content, whatever they are called', async () => {
    const config = await configFor({
      'mcp/answer.json': JSON.stringify({ result: JSON.parse(TOOLS) }),
      'openai.json': JSON.stringify([{ type: 'function', function: { name: 'f', parameters: {} } }]),
      'chat.json': CHAT,
      'data.json': '{"messages": {"hello": "Hallo"}, "tools": ["hammer"]}',
      'broken.json': '{',
      'deep.json': '['.repeat(200_000),
    });
    expect(config).toMatch(
      /name: tool lists\n {4}paths:\n {6}- "mcp\/answer.json"\n {6}- "openai.json"\n {4}messages: true/,
    );
    expect(config).toMatch(/name: requests\n {4}paths:\n {6}- "chat.json"\n {4}messages: true/);
    expect(config).not.toMatch(/data|broken|deep/);
  });

  test('sets the limit of a kind by its largest file', async () => {
    // 1,234 x 1.1 = 1,357.4, rounded up to two digits
    const config = await configFor({ 'prompts/a.md': tokens(10), 'prompts/b.md': tokens(1234) });
    expect(config).toContain('# 2 files, the largest prompts/b.md: 1,234 tokens');
    expect(config).toContain('max: 1.4k tokens');
  });

  test('counts as the model does, and says so in the config', async () => {
    // 1,000 tokens of o200k_base x 1.18 = 1,180 of claude-sonnet-4-5; x 1.1 = 1,298
    const config = await configFor({ 'CLAUDE.md': tokens(1000) }, '--model', 'claude-sonnet-4-5');
    expect(config).toContain('model: "claude-sonnet-4-5"\n    max: 1.3k tokens');
  });

  test('refuses a model it does not know, and writes nothing', async () => {
    const { folder, tokenhub } = scene({ 'CLAUDE.md': 'a' });
    expect((await tokenhub('init', '-m', 'gpt-nine')).exitCode).toBe(2);
    expect(readdirSync(folder)).toEqual(['CLAUDE.md']);
  });

  test('leaves out what cannot be counted, so that the check passes', async () => {
    const { tokenhub, path } = scene({ 'prompts/a.md': 'a', 'prompts/bad "x".md': new Uint8Array([0, 1, 255]) });
    await tokenhub('init');
    expect(readFileSync(path(CONFIG), 'utf8')).toContain('- "!prompts/bad \\"x\\".md" # could not be counted');
    expect((await tokenhub('check')).exitCode).toBe(0);
  });

  test('says so where none of the files can be counted', async () => {
    const { tokenhub, path } = scene({ 'prompts/bad.md': new Uint8Array([0, 1, 255]) });
    expect((await tokenhub('init')).stdout).toContain('left out prompts: none of the files can be counted');
    expect(readFileSync(path(CONFIG), 'utf8')).toContain('budgets: []');
  });

  test('looks at no file that git ignores', async () => {
    const folder = repositoryWith({ '.gitignore': 'vendor/\n', 'vendor/prompts/a.md': 'a', 'AGENTS.md': 'a' });
    const { stdout } = await sceneIn(folder).tokenhub('init', '--dry-run');
    expect(stdout).not.toMatch(/name: prompts/);
    expect(stdout).toContain('name: agent instructions');
  });

  test('in an empty folder writes examples, and says what it did not find', async () => {
    const { tokenhub, path } = scene();
    const { exitCode, stdout } = await tokenhub('init');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('not found: prompts, agent instructions, agent skills and commands, tool lists, requests');
    expect(readFileSync(path(CONFIG), 'utf8')).toContain('#  - name: prompts');
    const check = await tokenhub('check');
    expect(check.exitCode).toBe(2);
    expect(check.stderr).toContain('no budgets are given');
  });

  test('with --dry-run prints the config alone on standard output, and writes nothing', async () => {
    const { folder, tokenhub } = scene({ 'AGENTS.md': 'a' });
    const { stdout, stderr } = await tokenhub('init', '--dry-run');
    expect(stdout).toMatch(/^# yaml-language-server: \$schema=\.\/node_modules\/tokenhub\/docs\/schemas\//);
    expect(stderr).toContain('found agent instructions: 1 file');
    expect(readdirSync(folder)).toEqual(['AGENTS.md']);
    expect(stdout).toBe(await configFor({ 'AGENTS.md': 'a' }));
  });

  test('names the schema where the package is installed, in a folder above too', async () => {
    const schema = 'node_modules/tokenhub/docs/schemas/config.schema.json';
    const { path } = scene({ [schema]: '{}', 'packages/a/AGENTS.md': 'a' });
    const above = await sceneIn(path('packages/a')).tokenhub('init', '--dry-run');
    expect(above.stdout).toMatch(new RegExp(`^# yaml-language-server: \\$schema=../../${schema}\n# Budgets`));
    const here = await sceneIn(path('.')).tokenhub('init', '--dry-run');
    expect(here.stdout).toMatch(new RegExp(`^# yaml-language-server: \\$schema=./${schema}\n# Budgets`));
  });

  test.each([
    [CONFIG, '{}\n', /--force/],
    ['tokenhub.config.yml', '{}\n', /tokenhub\.config\.yml: is the config of this folder/],
    ['package.json', '{ "tokenhub": {} }', /package\.json: is the config of this folder/],
    ['package.json', '{ "tokenhub": {} ', /package\.json: is not valid JSON/],
  ])('beside a %s exits 2 and writes nothing', async (name, content, told) => {
    const { folder, path, tokenhub } = scene({ [name]: content, 'AGENTS.md': 'a' });
    const { exitCode, stderr } = await tokenhub('init');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(told);
    expect(readdirSync(folder).sort()).toEqual(['AGENTS.md', name].sort());
    expect(readFileSync(path(name), 'utf8')).toBe(content);
  });

  test('with --force replaces the config', async () => {
    expect(await configFor({ [CONFIG]: 'budgets: []\n', 'AGENTS.md': 'a' }, '--force')).toContain('**/AGENTS.md');
  });

  test('prints the job for the CI in use, which is a file of the documents', async () => {
    const files = {
      '.github/workflows/ci.yml': 'on: push\n',
      '.gitlab-ci.yml': '{}\n',
      '.pre-commit-config.yaml': '{}\n',
    };
    const { stdout } = await scene(files).tokenhub('init');
    for (const name of ['github.yml', 'gitlab.yml', 'pre-commit-config.yaml']) expect(stdout).toContain(docs(name));
    expect((await scene(files).tokenhub('init', '--ci', 'none')).stdout).not.toContain('npx');
  });

  test.each([
    ['github', 'github.yml', '.github/workflows/tokenhub.yml'],
    ['gitlab', 'gitlab.yml', '.gitlab/tokenhub.yml'],
  ])('with --ci %s writes the job', async (ci, source, file) => {
    const { path, tokenhub } = scene({ 'AGENTS.md': 'a' });
    expect((await tokenhub('init', '--ci', ci)).stdout).toContain(`written: ${file}`);
    expect(readFileSync(path(file), 'utf8')).toBe(docs(source));
  });

  test('writes neither file when one of them is there already', async () => {
    const job = '.github/workflows/tokenhub.yml';
    const { path, tokenhub } = scene({ 'AGENTS.md': 'a', [job]: 'on: push\n' });
    const { exitCode, stderr } = await tokenhub('init', '--ci', 'github');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(job);
    expect(existsSync(path(CONFIG))).toBe(false);
    expect(readFileSync(path(job), 'utf8')).toBe('on: push\n');
  });

  test('takes back what it wrote when the second file cannot be written', async () => {
    const { path, tokenhub } = scene({ 'AGENTS.md': 'a' });
    writeFileSync(path('.gitlab'), 'a file where a folder has to be');
    chmodSync(path('.gitlab'), 0o444);
    const { exitCode } = await tokenhub('init', '--ci', 'gitlab');
    expect(exitCode).toBe(2);
    expect(existsSync(path(CONFIG))).toBe(false);
  });

  test('does no harm with hostile names', async () => {
    const folder = repositoryWith({
      'prompts/a\n- "b": [\u001b[31m].md': tokens(300),
      'prompts/$(touch x)`touch y`;.md': 'a',
      'tools/`a` #: "b\n.json': TOOLS,
    });
    git(folder, 'add', '.');
    const { tokenhub, path } = sceneIn(folder);
    const { stdout } = await tokenhub('init');
    expect(stdout).not.toContain('\u001b');
    expect(readFileSync(path(CONFIG), 'utf8')).not.toContain('\u001b');
    expect((await tokenhub('check')).exitCode).toBe(0);
  });
});

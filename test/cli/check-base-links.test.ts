import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git } from '../files/folder.js';
import { changeOf, commit } from './repository.js';
import { type Body, sceneIn } from './scene.js';
import { tokens } from './token-text.js';

const CONFIG = 'tokenhub.config.yaml';

/** Exit code, and of every verdict code, path, count and count before. */
async function judged(folder: string) {
  const { exitCode, stdout } = await sceneIn(folder).tokenhub('check', '--json', '--base', 'main');
  return [exitCode, ...JSON.parse(stdout).verdicts.map((each: Body) => [each.code, each.path, each.measured])];
}

const GROWTH = 'maxIncrease: { tokens: 5 }';
const linked = (limit: string, scope = 'file') => {
  const folder = changeOf({
    [CONFIG]: `budgets: [{ name: p, paths: ["prompts/*.md"], scope: ${scope}, ${limit} }]\n`,
    'shared/a.md': tokens(20),
    'prompts/b.md': tokens(3),
  });
  symlinkSync('../shared/a.md', join(folder, 'prompts/link.md'));
  commit(folder, {});
  return folder;
};

describe('a link to a file in a glob', () => {
  const inBase = (limit: string, scope?: string) => {
    const folder = linked(limit, scope);
    git(folder, 'branch', '-qf', 'main', 'HEAD');
    return folder;
  };

  test('is compared with what it led to, whether that grew or not', async () => {
    const folder = inBase(GROWTH);
    commit(folder, { 'other.txt': 'a' });
    expect((await judged(folder))[0]).toBe(0);
    commit(folder, { 'shared/a.md': tokens(25) });
    expect((await judged(folder))[0]).toBe(0);
    commit(folder, { 'shared/a.md': tokens(26) });
    expect(await judged(folder)).toContainEqual(['TH007', 'prompts/link.md', 26]);
  });

  test('that was over the limit already is no worse', async () => {
    const folder = inBase('max: 10 tokens');
    commit(folder, { 'prompts/b.md': tokens(4) });
    expect(await judged(folder)).toContainEqual(['TH008', 'prompts/link.md', 20]);
  });

  test('counts in the total of the base, also where it is removed', async () => {
    const folder = inBase(GROWTH, 'total');
    rmSync(join(folder, 'prompts/link.md'));
    commit(folder, { 'prompts/b.md': tokens(12) });
    expect((await judged(folder))[0]).toBe(0);
  });

  test('counts once beside the file itself', async () => {
    const folder = changeOf({
      [CONFIG]: 'budgets: [{ name: p, paths: ["*.md"], scope: total, max: 10 tokens }]\n',
      'AGENTS.md': tokens(6),
    });
    symlinkSync('AGENTS.md', join(folder, 'CLAUDE.md'));
    commit(folder, { 'AGENTS.md': tokens(7) });
    expect(await judged(folder)).toEqual([0, ['TH000', null, 7]]);
  });
});

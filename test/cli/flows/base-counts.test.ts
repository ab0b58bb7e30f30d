import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../../src/budget/files/baseline.js';
import type { FileBudget } from '../../../src/budget/files/file-budget.js';
import { countBase } from '../../../src/cli/flows/base-counts.js';
import { countBudgets } from '../../../src/cli/flows/count-budgets.js';
import { findBase } from '../../../src/cli/flows/find-base.js';
import { fileBudget } from '../../budget/budgets.js';
import { git } from '../../files/folder.js';
import { memoryIo } from '../memory-io.js';
import { changeOf, cloneOf, commit, write } from '../repository.js';
import { tokens } from '../token-text.js';

async function baselinesOf(folder: string, ...budgets: readonly FileBudget[]): Promise<Baseline[]> {
  const { io } = memoryIo({ cwd: folder });
  const counted = await countBudgets(io, budgets, { color: 'never' });
  const { base } = findBase(io, folder, 'main');
  const { baselines } = await countBase(base!, [...counted.values()]);
  return budgets.map((budget) => baselines.get(budget)!);
}

const on = (folder: string, facts: Partial<FileBudget> = {}): FileBudget =>
  fileBudget({ root: folder, shownFrom: folder, paths: ['**/*.md'], ...facts });

/** Tokens by path. */
async function was(folder: string, facts: Partial<FileBudget> = {}): Promise<Record<string, number>> {
  const [baseline] = await baselinesOf(folder, on(folder, facts));
  return Object.fromEntries([...baseline!.tokens].map(([key, count]) => [JSON.parse(key)[0], count]));
}

describe('what files were in the base', () => {
  test('is their count there: of changed, deleted and equal ones, not of new ones', async () => {
    const folder = changeOf({ 'same.md': tokens(5), 'more.md': tokens(10), 'gone.md': tokens(7), 'other.txt': 'x' });
    write(folder, { 'more.md': tokens(15), 'untracked.md': tokens(3) });
    rmSync(join(folder, 'gone.md'));
    expect(await was(folder)).toEqual({ 'same.md': 5, 'more.md': 10, 'gone.md': 7 });
  });

  test('is where the branches parted, whatever main has become since', async () => {
    const folder = changeOf({ 'a.md': tokens(10) });
    commit(folder, { 'a.md': tokens(20) });
    git(folder, 'checkout', '-q', 'main');
    commit(folder, { 'a.md': tokens(2), 'of-main.md': tokens(9) });
    git(folder, 'checkout', '-q', 'change');
    expect(await was(folder)).toEqual({ 'a.md': 10 });
  });

  test('is under the name of now, renamed as it was or with an edit', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => `line ${i} of the rules\n`).join('');
    const folder = changeOf({ 'moved.md': tokens(50), 'rules.md': lines });
    renameSync(join(folder, 'moved.md'), join(folder, 'new place.md'));
    rmSync(join(folder, 'rules.md'));
    write(folder, { 'sub/rules.md': `${lines}and one more line\n` });
    const [baseline] = await baselinesOf(folder, on(folder));
    expect(baseline!.files!.map(({ path }) => path).sort()).toEqual(['new place.md', 'sub/rules.md']);
    expect(await was(folder)).toEqual({ 'new place.md': 50, 'sub/rules.md': 40 * 7 });
  });

  test('of a file that moved in from outside of the budget is nothing: to the budget it is new', async () => {
    const folder = changeOf({ 'drafts/a.txt': tokens(50), 'b.md': tokens(2) });
    renameSync(join(folder, 'drafts/a.txt'), join(folder, 'a.md'));
    expect(await was(folder)).toEqual({ 'b.md': 2 });
  });

  test('has names with blanks, quotes and line ends', async () => {
    const odd = 'a "quoted"\n\'odd\' $(name).md';
    const folder = changeOf({ [odd]: tokens(8), 'plain name.md': tokens(1) });
    write(folder, { [odd]: tokens(9) });
    expect(await was(folder)).toEqual({ [odd]: 8, 'plain name.md': 1 });
  });

  test('is a total of all files there, deleted ones too', async () => {
    const folder = changeOf({ 'a.md': tokens(10), 'gone.md': tokens(7) });
    rmSync(join(folder, 'gone.md'));
    const [total, none] = await baselinesOf(
      folder,
      on(folder, { scope: 'total' }),
      on(folder, { scope: 'total', paths: ['*.txt'] }),
    );
    expect([...total!.tokens.values(), ...none!.tokens.values()]).toEqual([17, 0]);
  });

  test('has sections of their own', async () => {
    const folder = changeOf({ 'a.md': '# One\na a\n# Two\na a a\n' });
    write(folder, { 'a.md': '# One\na a\n# Three\na a a\n' });
    const [baseline] = await baselinesOf(folder, on(folder, { scope: 'section' }));
    expect([...baseline!.tokens.keys()].map((key) => JSON.parse(key)[1])).toEqual([['One'], ['Two']]);
  });

  test('leaves out what ! names, and follows a link that is named', async () => {
    const folder = changeOf({ 'AGENTS.md': tokens(10), 'big.md': tokens(99) });
    symlinkSync('AGENTS.md', join(folder, 'CLAUDE.md'));
    commit(folder, {});
    git(folder, 'branch', '-f', 'main', 'change');
    write(folder, { 'AGENTS.md': tokens(12), 'big.md': tokens(98) });
    expect(await was(folder, { paths: ['*.md', '!big.md', '!CLAUDE.md'] })).toEqual({ 'AGENTS.md': 10 });
    expect(await was(folder, { paths: ['CLAUDE.md'] })).toEqual({ 'CLAUDE.md': 10 });
  });

  test('is of each name of equal bytes what it is by that name: in sections where it is Markdown', async () => {
    const text = '# One\na a\n# Two\na a a\n';
    const folder = changeOf({ 'a.md': text, 'b.txt': text, 'c.txt': text });
    write(folder, { 'a.md': `${text}a\n`, 'b.txt': `${text}a\n` });
    renameSync(join(folder, 'c.txt'), join(folder, 'c.md'));
    const scope = { scope: 'section', paths: ['*.*'] } as const;
    const [baseline] = await baselinesOf(folder, on(folder, scope));
    expect([...baseline!.tokens.keys()].map((key) => JSON.parse(key)).sort()).toEqual([
      ['a.md', ['One']],
      ['a.md', ['Two']],
      ['b.txt', null],
      ['c.md', ['One']],
      ['c.md', ['Two']],
    ]);
  });

  test('is of a link by its name, whatever file it leads to, and unknown where that is another one of the budget', async () => {
    const folder = changeOf({ 'old.md': tokens(10) });
    symlinkSync('old.md', join(folder, 'middle.md'));
    symlinkSync('middle.md', join(folder, 'CLAUDE.md'));
    commit(folder, {});
    git(folder, 'branch', '-f', 'main', 'change');
    rmSync(join(folder, 'middle.md'));
    renameSync(join(folder, 'old.md'), join(folder, 'middle.md'));
    expect(await was(folder, { paths: ['CLAUDE.md'] })).toEqual({ 'CLAUDE.md': 10 });
    write(folder, { 'old.md': tokens(10), 'middle.md': tokens(90) });
    git(folder, 'add', 'old.md');
    const [each, total, both] = await baselinesOf(
      folder,
      on(folder, { paths: ['CLAUDE.md'] }),
      on(folder, { paths: ['CLAUDE.md'], scope: 'total' }),
      on(folder, { paths: ['CLAUDE.md', 'old.md'] }),
    );
    expect([...each!.tokens, ...total!.tokens]).toEqual([
      ['["CLAUDE.md",null]', 10],
      ['[null,null]', 10],
    ]);
    expect([...both!.tokens, ...both!.unknown]).toEqual([
      ['["old.md",null]', 10],
      ['["CLAUDE.md",null]', expect.stringMatching(/^its name led to another file as of main/)],
    ]);
  });

  test.each(['link', 'link/**', 'link/*.md'])('is found through a folder that was a link, named %s', async (path) => {
    const folder = changeOf({ 'dir/a.md': tokens(10), 'dir/out.md': tokens(99) });
    symlinkSync('dir', join(folder, 'link'));
    commit(folder, {});
    git(folder, 'branch', '-f', 'main', 'change');
    write(folder, { 'dir/a.md': tokens(12), 'dir/out.md': tokens(98) });
    expect(await was(folder, { paths: [path, '!link/out.md'] })).toEqual({ 'link/a.md': 10 });
  });

  test('is found through a link that leads elsewhere now, over other links, and in a folder that is a link now', async () => {
    const folder = changeOf({
      'small/a.md': tokens(10),
      'big/a.md': tokens(50),
      'dir/b.md': tokens(5),
      'dir/c.md': 'c',
    });
    symlinkSync('small', join(folder, 'inner'));
    symlinkSync('inner', join(folder, 'outer'));
    commit(folder, {});
    git(folder, 'branch', '-f', 'main', 'change');
    rmSync(join(folder, 'inner'));
    symlinkSync('big', join(folder, 'inner'));
    write(folder, { 'small/a.md': tokens(2) });
    expect(await was(folder, { paths: ['outer/**'] })).toEqual({ 'outer/a.md': 10 });
    renameSync(join(folder, 'dir'), join(folder, 'other'));
    symlinkSync('other', join(folder, 'dir'));
    write(folder, { 'other/c.md': 'c c', 'other/new.md': 'new' });
    expect(await was(folder, { paths: ['dir/**'] })).toEqual({ 'dir/b.md': 5, 'dir/c.md': 1 });
  });

  test('is counted with the model of each budget, shown from the folder of the config', async () => {
    const folder = changeOf({ 'packages/a/x.md': tokens(100) });
    write(folder, { 'packages/a/x.md': tokens(1) });
    const root = join(folder, 'packages/a');
    const budgets = [on(folder, { model: 'claude-sonnet-4-5' }), on(folder, { root, paths: ['*.md'] })];
    const found = await baselinesOf(folder, budgets[0]!);
    expect([...found[0]!.tokens.values()]).toEqual([118]); // 100 x 1.18
    const { withShownPaths } = await import('../../../src/cli/flows/budget-paths.js');
    const { io } = memoryIo({ cwd: folder });
    const counted = await countBudgets(io, [budgets[1]!], { color: 'never' });
    const { base } = findBase(io, folder, 'main');
    const { baselines } = await countBase(base!, [...counted.values()].map(withShownPaths));
    expect([...baselines.get(budgets[1]!)!.tokens]).toEqual([['["packages/a/x.md",null]', 100]]);
  });

  test('is unknown, and why, where the base had no text or a pointer of Git LFS', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12\n`;
    const folder = changeOf({ 'a.md': new Uint8Array([1, 0, 2]), 'b.md': pointer, 'c.md': tokens(3) });
    write(folder, { 'a.md': tokens(4), 'b.md': tokens(5) });
    const [each, total] = await baselinesOf(folder, on(folder), on(folder, { scope: 'total' }));
    expect([...each!.tokens.values()]).toEqual([3]);
    expect([...each!.unknown]).toEqual([
      ['["a.md",null]', expect.stringMatching(/^binary as of main \([0-9a-f]{7}\)$/)],
      ['["b.md",null]', expect.stringMatching(/^kept in Git LFS, so not in git as of main/)],
    ]);
    expect([total!.tokens.size, [...total!.unknown]]).toEqual([
      0,
      [['[null,null]', expect.stringMatching(/^a\.md: binary/)]],
    ]);
  });

  test('is unknown in a partial clone that has not fetched it', async () => {
    const folder = changeOf({ 'a.md': tokens(10) });
    commit(folder, { 'a.md': tokens(12) });
    git(folder, 'config', 'uploadpack.allowFilter', 'true');
    const clone = cloneOf(folder, '--filter=blob:none');
    git(clone, 'branch', 'main', 'origin/main');
    const [baseline] = await baselinesOf(clone, on(clone));
    expect([...baseline!.unknown.values()]).toEqual([
      expect.stringMatching(/^its text is not in this clone as of main/),
    ]);
  });

  test('is of a budget in another repository nothing: that is refused', async () => {
    const folder = changeOf({ 'a.md': 'a' });
    const other = changeOf({ 'b.md': 'b' });
    await expect(baselinesOf(folder, on(other))).rejects.toMatchObject({ code: 'OUTSIDE_REPOSITORY' });
  });
});

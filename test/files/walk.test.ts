import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Found, findTyped, gather } from '../../src/files/walk.js';
import { folderWith, git, repositoryWith } from './folder.js';

const listFiles = async (paths: readonly string[], { cwd }: { readonly cwd: string }) => {
  const found: Found[] = [];
  for (const path of paths) found.push(await findTyped(path, cwd));
  return gather(found);
};
const pathsOf = async (paths: readonly string[], cwd: string) =>
  (await listFiles(paths, { cwd })).files.map(({ path }) => path);
const skippedOf = async (paths: readonly string[], cwd: string) =>
  Object.fromEntries((await listFiles(paths, { cwd })).skipped.map(({ path, reason }) => [path, reason]));
const codeOf = async (paths: readonly string[], cwd: string) => {
  try {
    return (await listFiles(paths, { cwd })).files.length;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('in a git work tree', () => {
  test('a folder gives what git lists: tracked, or untracked and not ignored', async () => {
    const root = repositoryWith({
      '.gitignore': '*.log\nout/\n',
      'a.md': '',
      'sub/b.md': '',
      'x.log': '',
      'out/c': '',
      'kept.log': '',
    });
    git(root, 'add', '-f', 'kept.log', 'a.md');
    expect(await pathsOf(['.'], root)).toEqual(['.gitignore', 'a.md', 'kept.log', 'sub/b.md']);
    expect(await pathsOf(['.'], root)).toEqual(
      git(root, 'ls-files', '-co', '--exclude-standard').trim().split('\n').sort(),
    );
    expect(await pathsOf(['sub'], root)).toEqual(['sub/b.md']);
  });

  test('what git names but is no file on disk is skipped with its reason', async () => {
    const root = repositoryWith({ 'a.md': 'a', 'gone.md': 'b', 'was/file.md': 'c', 'elsewhere/file.md': 'd' });
    const library = repositoryWith({ 'lib.md': '' });
    git(library, 'add', '.');
    git(library, 'commit', '-qm', 'x');
    git(root, 'submodule', '--quiet', 'add', library, 'vendored');
    git(root, 'add', '.');
    rmSync(join(root, 'gone.md'));
    renameSync(join(root, 'was'), join(root, 'is'));
    symlinkSync('elsewhere', join(root, 'was'));
    symlinkSync('a.md', join(root, 'link.md'));
    mkdirSync(join(root, 'other'));
    git(join(root, 'other'), 'init', '-q', '.');
    writeFileSync(join(root, 'other', 'o.md'), '');
    expect(await pathsOf(['.'], root)).toEqual(['.gitmodules', 'a.md', 'elsewhere/file.md', 'is/file.md']);
    expect(await skippedOf(['.'], root)).toEqual({
      'gone.md': 'deleted in the work tree',
      'link.md': 'symbolic link',
      other: 'another git repository',
      vendored: 'submodule',
      was: 'symbolic link',
      'was/file.md': 'beneath a symbolic link',
    });
  });

  test('a conflicted file is listed once', async () => {
    const root = repositoryWith({ 'a.md': '1\n' });
    git(root, 'add', '.');
    git(root, 'commit', '-qm', 'one');
    git(root, 'checkout', '-qb', 'side');
    writeFileSync(join(root, 'a.md'), '2\n');
    git(root, 'commit', '-qam', 'two');
    git(root, 'checkout', '-q', '-');
    writeFileSync(join(root, 'a.md'), '3\n');
    git(root, 'commit', '-qam', 'three');
    expect(() => git(root, 'merge', 'side')).toThrow();
    expect(git(root, 'ls-files').trim().split('\n')).toEqual(['a.md', 'a.md', 'a.md']);
    expect(await pathsOf(['.'], root)).toEqual(['a.md']);
  });

  test('a file or folder named explicitly is listed even when it is ignored', async () => {
    const root = repositoryWith({
      '.gitignore': 'out/\n',
      'out/.gitignore': '*.tmp\n',
      'out/deep/a.md': '',
      'out/b.tmp': '',
    });
    expect(await pathsOf(['out'], root)).toEqual(['out/.gitignore', 'out/deep/a.md']);
    expect(await pathsOf(['out/deep'], root)).toEqual(['out/deep/a.md']);
    expect((await listFiles(['out/b.tmp'], { cwd: root })).files).toEqual([
      { path: 'out/b.tmp', absolute: join(root, 'out/b.tmp'), explicit: true },
    ]);
  });

  test('names with blanks, quotes, line ends and other scripts are carried as they are', async () => {
    const names = [' b', '"q"', "'s'", '-rf', 'a\nb', 'ü', '模型', '😀', '[x]*', 'back\\slash'];
    const root = repositoryWith(Object.fromEntries(names.map((name) => [name, ''])));
    expect(new Set(await pathsOf(['.'], root))).toEqual(new Set(names));
    const outside = folderWith(Object.fromEntries(names.map((name) => [name, ''])));
    expect(await pathsOf(['.'], outside)).toEqual(await pathsOf(['.'], root));
  });

  test.skipIf(process.platform !== 'linux')('a name that is not UTF-8 is skipped, not lost', async () => {
    const outside = folderWith({ a: '' });
    writeFileSync(Buffer.concat([Buffer.from(`${outside}/x`), Buffer.from([0xff])]), '');
    expect(await skippedOf(['.'], outside)).toEqual({ 'x\ufffd': 'its name is not UTF-8' });
    git(outside, 'init', '-q', '.');
    expect(await skippedOf(['.'], outside)).toEqual({ 'x\ufffd': 'its name is not UTF-8' });
  });

  test('a program named in the config of the repository is not run', async () => {
    const root = repositoryWith({ 'a.md': '' });
    const program = join(root, '.git', 'evil');
    writeFileSync(program, `#!/bin/sh\ntouch "${join(root, '.git', 'ran')}"\n`);
    chmodSync(program, 0o755);
    git(root, 'config', 'core.fsmonitor', program);
    expect(await pathsOf(['.'], root)).toEqual(['a.md']);
    expect(readdirSync(join(root, '.git'))).not.toContain('ran');
  });

  test('a repository git refuses to read is an error, not a guess', async () => {
    const root = repositoryWith({ 'a.md': '' });
    writeFileSync(join(root, '.git', 'config'), '[core\n');
    expect(await codeOf(['.'], root)).toBe('GIT_FAILED');
  });

  test('without git installed the folder is walked', async () => {
    const root = repositoryWith({ '.gitignore': 'b\n', a: '', b: '' });
    const { PATH } = process.env;
    process.env.PATH = root;
    try {
      expect(await pathsOf(['.'], root)).toEqual(['.gitignore', 'a']);
    } finally {
      process.env.PATH = PATH;
    }
  });

  test('a .git that is no repository leaves the folder outside of git', async () => {
    const root = folderWith({ '.git/x': '', '.gitignore': 'b\n', a: '', b: '' });
    expect(await pathsOf(['.'], root)).toEqual(['.gitignore', 'a']);
  });
});

describe('outside of git', () => {
  test('nested .gitignore files decide as git decides', async () => {
    const files = {
      '.gitignore': '# comment\n*.log\nbuild\n/top\ndocs/*.tmp\n!important.log\n\\#odd\ntrail \n',
      'a.log': '',
      'important.log': '',
      top: '',
      'sub/top': '',
      'docs/a.tmp': '',
      'docs/deep/a.tmp': '',
      '#odd': '',
      trail: '',
      'build/x': '',
      'sub/.gitignore': '!build\n*.md\n!/keep.md\ndeep/only\n',
      'sub/build/x': '',
      'sub/build/y.log': '',
      'sub/a.md': '',
      'sub/keep.md': '',
      'sub/x/keep.md': '',
      'sub/b.log': '',
      'sub/deep/only': '',
      'sub/x/deep/only': '',
      'we[i]rd/.gitignore': 'z\n',
      'we[i]rd/z': '',
      'wei/z': '',
      'sp ace/.gitignore': '/z/\n',
      'sp ace/z/a': '',
      'sp ace/b/z/a': '',
    };
    const inGit = repositoryWith(files);
    const expected = git(inGit, 'ls-files', '-co', '--exclude-standard', '-z').split('\0').filter(Boolean);
    expect(await pathsOf(['.'], folderWith(files))).toEqual(expected.sort());
    expect(expected).toContain('sub/build/x');
  });

  test('a nested repository is walked, its .git left out', async () => {
    const root = folderWith({ 'in/.gitignore': 'b\n', 'in/a': '', 'in/b': '' });
    git(join(root, 'in'), 'init', '-q', '.');
    expect(await pathsOf(['.'], root)).toEqual(['in/.gitignore', 'in/a']);
  });

  test('symbolic links are skipped, and loops end', async () => {
    const root = folderWith({ 'a/b/c.md': '' });
    symlinkSync('../..', join(root, 'a/b/loop'));
    symlinkSync('c.md', join(root, 'a/b/link.md'));
    symlinkSync('nowhere', join(root, 'a/dangling'));
    expect(await pathsOf(['.'], root)).toEqual(['a/b/c.md']);
    expect(await skippedOf(['.'], root)).toEqual({
      'a/b/link.md': 'symbolic link',
      'a/b/loop': 'symbolic link',
      'a/dangling': 'symbolic link',
    });
  });

  test('a symbolic link named explicitly is followed', async () => {
    const root = folderWith({ 'real/a.md': '', 'real/b.md': '' });
    symlinkSync('real', join(root, 'folder'));
    symlinkSync('real/a.md', join(root, 'link.md'));
    symlinkSync('self', join(root, 'self'));
    expect(await pathsOf(['folder'], root)).toEqual(['folder/a.md', 'folder/b.md']);
    expect(await pathsOf(['link.md'], root)).toEqual(['link.md']);
    expect(await skippedOf(['self'], root)).toEqual({ self: 'too many levels of symbolic links' });
  });

  test.skipIf(process.platform === 'win32')('a pipe is skipped, in a folder and by name', async () => {
    const root = folderWith({ a: '' });
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(await skippedOf(['.'], root)).toEqual({ pipe: 'not a regular file' });
    expect(await skippedOf(['pipe'], root)).toEqual({ pipe: 'not a regular file' });
  });

  // root reads what it may not, so there the same branch is reached by a folder whose path is too long to open
  test.skipIf(process.getuid?.() === 0)('an unreadable folder is skipped with the reason', async () => {
    const root = folderWith({ 'shut/a': '', b: '' });
    chmodSync(join(root, 'shut'), 0o000);
    expect(await skippedOf(['.'], root)).toEqual({ shut: 'permission denied' });
    chmodSync(join(root, 'shut'), 0o700);
  });

  test.skipIf(process.platform !== 'linux')(
    'a folder nested too deeply to be opened is skipped with the reason',
    async () => {
      const half = Array.from({ length: 10 }, () => 'd'.repeat(250)).join('/');
      const root = folderWith({ [`a/${half}/x`]: '', [`b/${half}/y`]: '' });
      const inside = join(root, 'a', half, 'b');
      renameSync(join(root, 'b'), inside); // 2 x 2,510 bytes: each half can be named, the whole (PATH_MAX is 4,096) not
      const { files, skipped } = await listFiles(['.'], { cwd: root });
      renameSync(inside, join(root, 'b'));
      expect(files.map(({ path }) => path)).toEqual([`a/${half}/x`]);
      expect(skipped.map(({ reason }) => reason)).toEqual(['name too long']);
    },
  );
});

describe('paths and globs', () => {
  test('a file reached twice is listed once, as the one that was named', async () => {
    const root = folderWith({ 'a/x.md': '', 'a/y.md': '' });
    symlinkSync('a', join(root, 'b'));
    const { files } = await listFiles(['a', './a/x.md', 'b', 'a/../a'], { cwd: root });
    expect(files.map(({ path, explicit }) => [path, explicit])).toEqual([
      ['a/x.md', true],
      ['a/y.md', false],
    ]);
  });

  test('a link that was named is not also among the skipped', async () => {
    const root = folderWith({ 'a/x.md': '', 'y.md': '' });
    symlinkSync('../y.md', join(root, 'a/link.md'));
    expect(await listFiles(['a', 'a/link.md'], { cwd: root })).toMatchObject({
      files: [{ path: 'a/link.md' }, { path: 'a/x.md' }],
      skipped: [],
    });
  });

  test('paths are shown relative to the current folder when beneath it, else as typed', async () => {
    const root = folderWith({ 'in/a': '', 'out/b': '', '..c': '' });
    const cwd = join(root, 'in');
    expect(await pathsOf(['.', '../out', join(root, 'in/a')], cwd)).toEqual(['../out/b', 'a']);
    expect(await pathsOf([join(root, 'out')], cwd)).toEqual([join(root, 'out/b')]);
    expect(await pathsOf(['..c'], root)).toEqual(['..c']);
  });

  test('the list is sorted by the bytes of the paths', async () => {
    const root = folderWith({ b: '', 'a-b': '', 'a/c': '', B: '', '\uffee': '', '😀': '' });
    // UTF-8: U+FFEE is ef bf ae, U+1F600 is f0 9f 98 80; as UTF-16 the order would be the other way round
    expect(await pathsOf(['.'], root)).toEqual(['B', 'a-b', 'a/c', 'b', '\uffee', '😀']);
  });

  test('what is not there is an error', async () => {
    const root = folderWith({ a: '' });
    for (const path of ['b', 'a/b', '', 'a\0b', './nope/']) expect(await codeOf([path], root)).toBe('PATH_NOT_FOUND');
    for (const glob of ['*.md', 'nope/**', 'a/*', '../nowhere-at-all/*'])
      expect(await codeOf([glob], root)).toBe('GLOB_MATCHES_NOTHING');
    expect(await codeOf(['.'], folderWith())).toBe(0);
  });

  test('a glob matches dot files, not ignored ones, and does not follow links', async () => {
    const root = repositoryWith({
      '.gitignore': 'out\n',
      'a.md': '',
      '.b.md': '',
      'sub/.c/d.md': '',
      'out/e.md': '',
      'a.txt': '',
    });
    symlinkSync('a.md', join(root, 'link.md'));
    expect(await pathsOf(['*.md'], root)).toEqual(['.b.md', 'a.md']);
    expect(await pathsOf(['**/*.md'], root)).toEqual(['.b.md', 'a.md', 'sub/.c/d.md']);
    expect(await skippedOf(['*.md'], root)).toEqual({ 'link.md': 'symbolic link' });
    expect(await skippedOf(['*.txt'], root)).toEqual({});
    expect(await pathsOf(['{sub,nope}/**/*.md'], root)).toEqual(['sub/.c/d.md']);
    expect(await pathsOf(['out/*.md'], root)).toEqual(['out/e.md']);
  });

  test('a glob above the current folder or absolute works as well', async () => {
    const root = folderWith({ 'in/a.md': '', 'out/b.md': '', 'o[u]t/c.md': '' });
    expect(await pathsOf(['../out/*.md'], join(root, 'in'))).toEqual(['../out/b.md']);
    expect(await pathsOf([`${root}/*/b.md`], join(root, 'in'))).toEqual([`${root}/out/b.md`]);
    expect(await pathsOf(['o\\[u\\]t/*.md'], root)).toEqual(['o[u]t/c.md']);
  });

  test('a text with wildcards that is a file is that file', async () => {
    const root = folderWith({ '[id].md': '', 'i.md': '', '*': '' });
    expect(await pathsOf(['[id].md'], root)).toEqual(['[id].md']);
    expect(await pathsOf(['*'], root)).toEqual(['*']);
  });
});

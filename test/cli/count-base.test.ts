import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, git, repositoryWith } from '../files/folder.js';
import { run } from './memory-io.js';
import { type Body, type Files, sceneIn } from './scene.js';
import { tokens } from './token-text.js';

/** A repository with one commit of these files. */
function committed(files: Files): string {
  const folder = repositoryWith(files);
  git(folder, 'add', '-A', '-f');
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'first');
  return folder;
}

const write = (folder: string, path: string, content: string | Uint8Array): void =>
  writeFileSync(join(folder, path), content);

const rowsOf = (body: Body) =>
  body.counts[0].rows.map(({ path, from, status, before, after, delta }: Body) => [
    path,
    from,
    status,
    before,
    after,
    delta,
  ]);

const base = async (folder: string, ...argv: string[]): Promise<Body> => {
  const { exitCode, stdout, stderr } = await sceneIn(folder).tokenhub('count', ...argv, '--json');
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout);
};

describe('count --base', () => {
  test('gives changed files their tokens before and after, and totals of all files', async () => {
    const folder = committed({
      'same.md': tokens(100),
      'more.md': tokens(10),
      'gone.md': tokens(7),
      'sub/less.md': tokens(9),
    });
    write(folder, 'more.md', tokens(15));
    write(folder, 'sub/less.md', tokens(2));
    write(folder, 'new.md', tokens(3));
    rmSync(join(folder, 'gone.md'));
    const body = await base(folder, '--base', 'HEAD');
    expect(rowsOf(body)).toEqual([
      ['gone.md', null, 'deleted', 7, null, -7],
      ['sub/less.md', null, 'modified', 9, 2, -7],
      ['more.md', null, 'modified', 10, 15, 5],
      ['new.md', null, 'added', null, 3, 3],
    ]);
    // before 100 + 10 + 7 + 9; after 100 + 15 + 2 + 3; bytes 2n - 1 each
    expect(body.counts[0].total).toEqual({ tokens: 120, files: 4, bytes: 236, before: 126, after: 120, delta: -6 });
    expect(body.base).toEqual({
      ref: 'HEAD',
      commit: git(folder, 'rev-parse', 'HEAD').trim(),
      files: { added: 1, deleted: 1, modified: 2, renamed: 0, unchanged: 1 },
    });
    expect(body.skipped).toEqual([]);
  });

  test('prints a table, CSV and NDJSON of the changes, and with --total-only the delta alone', async () => {
    const folder = committed({ 'a.md': tokens(10), 'b.md': tokens(5) });
    write(folder, 'a.md', tokens(4));
    const { tokenhub } = sceneIn(folder);
    const commit = git(folder, 'rev-parse', '--short=12', 'HEAD').trim();
    expect((await tokenhub('count', '--base', 'HEAD')).stdout).toBe(
      [
        'file            status    before  after  delta',
        '──────────────  ────────  ──────  ─────  ─────',
        'a.md            modified      10      4     -6',
        '──────────────  ────────  ──────  ─────  ─────',
        'total, 2 files                15      9     -6',
        '',
        `since HEAD (${commit}): 1 modified, 1 unchanged`,
        'o200k_base (default), exact',
        '',
      ].join('\n'),
    );
    expect((await tokenhub('count', '--base', 'HEAD', '--format', 'csv', '-m', 'gpt-4,gpt-2')).stdout).toBe(
      'file,from,status,gpt-4 before,gpt-4 after,gpt-4 delta,gpt-2 before,gpt-2 after,gpt-2 delta\na.md,,modified,10,4,-6,10,4,-6\n',
    );
    expect(JSON.parse((await tokenhub('count', '--base', 'HEAD', '--format', 'ndjson')).stdout)).toMatchObject({
      path: 'a.md',
      delta: -6,
    });
    expect((await tokenhub('count', '--base', 'HEAD', '--total-only')).stdout).toBe('-6\n');
    expect((await tokenhub('count', '--base', 'HEAD', '--total-only', '-m', 'gpt-4,gpt-2')).stdout).toBe(
      'gpt-4\t-6\ngpt-2\t-6\n',
    );
  });

  test('follows renames, staged or not, edited or not, and shows the old path', async () => {
    const text = Array.from({ length: 30 }, (_, i) => `line ${i}\n`).join('');
    const folder = committed({
      'old/exact.md': tokens(40),
      'edited.md': text,
      'staged.md': `${text}staged\n`,
      'far.md': tokens(9),
    });
    mkdirSync(join(folder, 'new'));
    renameSync(join(folder, 'old/exact.md'), join(folder, 'new/exact.md'));
    rmSync(join(folder, 'edited.md'));
    write(folder, 'new/edited two.md', `${text}more\n`);
    git(folder, 'mv', 'staged.md', 'moved.md');
    rmSync(join(folder, 'far.md'));
    write(folder, 'unlike.md', 'something else entirely');
    const body = await base(folder, '--base', 'HEAD', '--sort', 'name');
    expect(body.counts[0].rows.map(({ path, from, status }: Body) => [path, from, status])).toEqual([
      ['far.md', null, 'deleted'],
      ['moved.md', 'staged.md', 'renamed'],
      ['new/edited two.md', 'edited.md', 'renamed'],
      ['new/exact.md', 'old/exact.md', 'renamed'],
      ['unlike.md', null, 'added'],
    ]);
    const moved = body.counts[0].rows.find(({ path }: Body) => path === 'new/exact.md');
    expect(moved).toMatchObject({ before: 40, after: 40, delta: 0 });
  });

  test('finds the same renames and edits as git does', async () => {
    const text = (seed: number) =>
      Array.from({ length: 50 }, (_, i) => `line ${seed * 100 + i} of this text\n`).join('');
    const folder = committed(Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`d/${i}.md`, text(i)])));
    git(folder, 'mv', 'd/1.md', 'd/one.md');
    git(folder, 'mv', 'd/2.md', 'two.md');
    write(folder, 'two.md', `${text(2)}${text(20).slice(0, 400)}`);
    git(folder, 'rm', '-q', 'd/3.md');
    write(folder, 'd/4.md', text(40));
    write(folder, 'd/new.md', text(30));
    git(folder, 'add', '-A');
    const said = git(folder, 'diff', '--name-status', '-M', 'HEAD')
      .trim()
      .split('\n')
      .map((line) => line.split('\t'));
    const names: Record<string, string> = { A: 'added', D: 'deleted', M: 'modified', R: 'renamed' };
    const expected = said.map(([status, one, two]) => [two ?? one, two === undefined ? null : one, names[status![0]!]]);
    const body = await base(folder, '--base', 'HEAD');
    const ours = body.counts[0].rows.map(({ path, from, status }: Body) => [path, from, status]);
    expect(ours.sort()).toEqual(expected.sort());
  });

  test('works from a subfolder, with paths and globs that exist on one side alone', async () => {
    const folder = committed({
      'a.md': tokens(2),
      'sub/b.md': tokens(3),
      'sub/deep/c.md': tokens(4),
      'sub/x.txt': 'a',
    });
    rmSync(join(folder, 'sub/deep'), { recursive: true });
    write(folder, 'a.md', tokens(8));
    const { json } = sceneIn(join(folder, 'sub'));
    const paths = async (...argv: string[]) =>
      (await json('count', '--base', 'HEAD', ...argv)).counts[0].rows.map(({ path }: Body) => path);
    expect(await paths()).toEqual(['deep/c.md']);
    expect(await paths('..')).toEqual(['../a.md', 'deep/c.md']);
    expect(await paths('deep/c.md')).toEqual(['deep/c.md']);
    expect(await paths('deep')).toEqual(['deep/c.md']);
    expect(await paths('**/*.md')).toEqual(['deep/c.md']);
    expect(await paths('../a.md')).toEqual(['../a.md']);
    const { exitCode, stderr } = await run(['count', 'nowhere.md', '--base', 'HEAD'], { cwd: folder });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('there is no file or folder "nowhere.md"');
  });

  test('reads names with blanks, line breaks, quotes and other scripts', async () => {
    const names = ['with space.md', 'line\nbreak.md', '模型.md', 'quote".md', '-dash.md', 'tab\t.md'];
    const folder = committed(Object.fromEntries(names.map((name) => [name, tokens(5)])));
    for (const name of names) write(folder, name, tokens(6));
    const body = await base(folder, '--base', 'HEAD');
    expect(body.counts[0].rows.map(({ path }: Body) => path).sort()).toEqual([...names].sort());
    expect(body.counts[0].total.delta).toBe(names.length);
  });

  test('leaves ignored files out, and takes a list of paths', async () => {
    const folder = committed({ '.gitignore': 'out\n', 'a.md': 'a', 'b.md': 'a' });
    mkdirSync(join(folder, 'out'));
    write(folder, 'out/x.md', 'a');
    write(folder, 'a.md', 'a a');
    write(folder, 'b.md', 'a a');
    expect((await base(folder, '--base', 'HEAD')).counts[0].total.delta).toBe(2);
    const piped = await run(['count', '--base', 'HEAD', '--files-from', '-', '--total-only'], {
      cwd: folder,
      stdin: 'a.md\n',
    });
    expect(piped.stdout).toBe('1\n');
  });

  test('--top, --min and --sort choose among the changes; totals stay those of all', async () => {
    const folder = committed({ 'a.md': tokens(10), 'b.md': tokens(10), 'c.md': tokens(10) });
    write(folder, 'a.md', tokens(12));
    write(folder, 'b.md', tokens(1));
    write(folder, 'c.md', tokens(15));
    const shown = async (...argv: string[]) => {
      const { rows, moreRows, total } = (await base(folder, '--base', 'HEAD', ...argv)).counts[0];
      expect(total.delta).toBe(-2); // 2 - 9 + 5
      return [rows.map(({ path }: Body) => path).join(' '), moreRows];
    };
    expect(await shown('--top', '2')).toEqual(['b.md c.md', 1]);
    expect(await shown('--min', '5', '--sort', 'name')).toEqual(['b.md c.md', 1]);
    expect(await shown('--sort', 'name')).toEqual(['a.md b.md c.md', 0]);
  });
});

describe('what count --base cannot count', () => {
  test('binary files, symbolic links and submodules are named, once, and stop nothing', async () => {
    const inner = committed({ 'in.md': tokens(50) });
    const folder = committed({ 'a.md': tokens(5), 'b.bin': new Uint8Array([0, 1]), 'old.bin': new Uint8Array([0, 2]) });
    symlinkSync('a.md', join(folder, 'link.md'));
    git(folder, 'submodule', '--quiet', 'add', inner, 'module');
    git(folder, 'add', '-A');
    git(folder, 'commit', '-q', '-m', 'second');
    write(folder, 'b.bin', new Uint8Array([0, 3]));
    rmSync(join(folder, 'old.bin'));
    const body = await base(folder, '--base', 'HEAD');
    expect(rowsOf(body)).toEqual([]);
    expect(body.counts[0].total).toMatchObject({ before: expect.any(Number), delta: 0 });
    expect(body.skipped.sort((x: Body, y: Body) => (x.path < y.path ? -1 : 1))).toEqual([
      { path: 'b.bin', reason: 'binary' },
      { path: 'link.md', reason: 'symbolic link' },
      { path: 'module', reason: 'submodule' },
      { path: 'old.bin', reason: 'binary as of HEAD' },
    ]);
  });

  test('a file that was binary and is text now counts from nothing', async () => {
    const folder = committed({ 'a.md': new Uint8Array([0, 1]) });
    write(folder, 'a.md', tokens(4));
    const body = await base(folder, '--base', 'HEAD');
    expect(rowsOf(body)).toEqual([['a.md', null, 'modified', null, 4, 4]]);
    expect(body.skipped).toEqual([{ path: 'a.md', reason: 'binary as of HEAD' }]);
  });

  test('old versions over --max-bytes are passed over, and those after them still read', async () => {
    const folder = committed({ 'a.md': tokens(3000), 'b.md': tokens(8), 'c.md': tokens(3000) });
    for (const name of ['a.md', 'b.md', 'c.md']) write(folder, name, 'a');
    const body = await base(folder, '--base', 'HEAD', '--max-bytes', '100', '--sort', 'name');
    expect(rowsOf(body)).toEqual([
      ['a.md', null, 'modified', null, 1, 1],
      ['b.md', null, 'modified', 8, 1, -7],
      ['c.md', null, 'modified', null, 1, 1],
    ]);
    expect(body.skipped).toContainEqual({ path: 'a.md', reason: 'larger than 100 bytes as of HEAD' });
  });

  test('a partial clone without the old text exits 3, names the file and fetches nothing', async () => {
    const origin = committed({ 'a.md': tokens(5), 'b.md': tokens(6) });
    write(origin, 'a.md', tokens(9));
    git(origin, 'commit', '-q', '-am', 'second');
    git(origin, 'config', 'uploadpack.allowFilter', 'true');
    const folder = folderWith();
    git(folder, 'clone', '-q', '--filter=blob:none', `file://${origin}`, 'clone');
    const { exitCode, stdout, stderr } = await run(['count', '--base', 'HEAD~1', '--json'], {
      cwd: join(folder, 'clone'),
    });
    expect(exitCode, stderr).toBe(3);
    const body = JSON.parse(stdout);
    expect(body.skipped).toEqual([{ path: 'a.md', reason: 'its text is not in this clone as of HEAD~1' }]);
    expect(body.counts[0].total).toMatchObject({ before: 6, after: 6, delta: 0 });
  });
});

describe('filters of git', () => {
  /** Sets files an hour back, so that git need not look into them, and lets it remember them as they are. */
  function settle(folder: string, ...names: string[]): void {
    const then = new Date(Date.now() - 3_600_000);
    for (const name of names) utimesSync(join(folder, name), then, then);
    git(folder, 'update-index', '--refresh');
  }

  test('a file whose line ends alone git converts is unchanged', async () => {
    const folder = committed({ '.gitattributes': '*.md text eol=crlf\n', 'a.md': 'one\r\ntwo\r\n' });
    settle(folder, 'a.md');
    expect(git(folder, 'cat-file', '-p', 'HEAD:a.md')).toBe('one\ntwo\n');
    const body = await base(folder, '--base', 'HEAD');
    expect(body.base.files).toMatchObject({ modified: 0, unchanged: 2 });
  });

  test('a filter that the repository names is never run', async () => {
    const folder = committed({ '.gitattributes': '*.md filter=evil\n', 'a.md': tokens(5), 'b.md': 'a' });
    // As new as the index, so that git must look into b.md to know whether it changed.
    write(folder, 'b.md', 'a');
    git(folder, 'add', 'b.md');
    git(folder, 'config', 'filter.evil.clean', 'touch was-run; cat');
    git(folder, 'config', 'filter.evil.required', 'true');
    git(folder, 'config', 'core.fsmonitor', 'touch was-run');
    write(folder, 'a.md', tokens(6));
    const body = await base(folder, '--base', 'HEAD');
    expect(existsSync(join(folder, 'was-run'))).toBe(false);
    expect(rowsOf(body)).toEqual([['a.md', null, 'modified', 5, 6, 1]]);
  });

  test('content of Git LFS equal to its pointer is unchanged; a changed one is left out and named', async () => {
    const pointer = (sha256: string) => `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize 5\n`;
    // printf hello | sha256sum
    const hello = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
    const folder = committed({
      'same.md': pointer(hello),
      'changed.md': pointer('0'.repeat(64)),
      'pointer.md': pointer('1'.repeat(64)),
    });
    write(folder, 'same.md', 'hello');
    write(folder, 'changed.md', 'hello');
    write(folder, 'pointer.md', pointer('2'.repeat(64)));
    const body = await base(folder, '--base', 'HEAD');
    expect(body.base.files).toMatchObject({ modified: 1, unchanged: 1 });
    expect(body.counts[0].rows[0].path).toBe('pointer.md');
    expect(body.skipped).toEqual([{ path: 'changed.md', reason: 'kept in Git LFS, so not in git as of HEAD' }]);
  });
});

describe('mistakes with count --base', () => {
  test.each(['nope', '-x', '--help', 'HEAD~99', '', 'HEAD:a.md', 'HEAD^{tree}', '^HEAD', 'a..b', '$(touch x)'])(
    'a ref %j that is no commit exits 2',
    async (ref) => {
      const { exitCode, stdout, stderr } = await sceneIn(committed({ 'a.md': 'a' })).tokenhub('count', `--base=${ref}`);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toContain(`--base: git knows no commit ${JSON.stringify(ref)} here`);
    },
  );

  test('tags, branches and texts of commits are refs', async () => {
    const folder = committed({ 'a.md': 'a' });
    git(folder, 'tag', '-a', 'v1', '-m', 'x');
    git(folder, 'branch', 'side');
    for (const ref of ['v1', 'side', ':/first', 'HEAD^{}', git(folder, 'rev-parse', '--short', 'HEAD').trim()])
      expect((await base(folder, '--base', ref)).base.commit).toBe(git(folder, 'rev-parse', 'HEAD').trim());
  });

  test('a file whose name is not UTF-8 is skipped on both sides, and is no change', async () => {
    const folder = committed({ 'a.md': 'a' });
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/inv`), Buffer.of(0xff), Buffer.from('.txt')]), 'b');
    git(folder, 'add', '.');
    git(folder, 'commit', '--quiet', '-m', 'second');
    const body = await base(folder, '--base', 'HEAD');
    expect(body.counts[0].total).toMatchObject({ before: 1, after: 1, delta: 0 });
    expect(body.skipped).toEqual([expect.objectContaining({ reason: 'its name is not UTF-8' })]);
  });

  test('a file inside a submodule is of another repository, also when it is named', async () => {
    const inner = committed({ 's.md': 'a' });
    const folder = committed({ 'a.md': 'a' });
    git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'module');
    git(folder, 'commit', '--quiet', '-m', 'module');
    const result = await sceneIn(folder).tokenhub('count', 'module/s.md', '--base', 'HEAD', '--json');
    expect(result).toMatchObject({ exitCode: 2, stderr: 'warning: module/s.md: skipped, in a submodule\n' });
    expect(JSON.parse(result.stdout).counts[0].rows).toEqual([]);
  });

  test('a repository without a commit has no HEAD', async () => {
    const { exitCode, stderr } = await sceneIn(repositoryWith({ 'a.md': 'a' })).tokenhub('count', '--base', 'HEAD');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('git knows no commit "HEAD" here');
  });

  test('a folder outside of git, a path outside of the repository, and standard input have no base', async () => {
    const outside = await sceneIn(folderWith({ 'a.md': 'a' })).tokenhub('count', '--base', 'HEAD');
    expect(outside).toMatchObject({ exitCode: 2, stdout: '' });
    expect(outside.stderr).toContain('not in a git work tree');
    const folder = committed({ 'a.md': 'a' });
    const other = join(folderWith({ 'b.md': 'a' }), 'b.md');
    expect((await sceneIn(folder).tokenhub('count', other, '--base', 'HEAD')).stderr).toContain(
      'lies outside of the repository',
    );
    expect((await sceneIn(folder).tokenhub('count', '-', '--base', 'HEAD')).stderr).toContain(
      'standard input has no version',
    );
  });

  test.each([['--tree'], ['--by', 'dir']])('%s does not go with it', async (...flags) => {
    const { exitCode, stderr } = await sceneIn(committed({ 'a.md': 'a' })).tokenhub(
      'count',
      '--base',
      'HEAD',
      ...flags,
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('cannot be used with');
  });
});

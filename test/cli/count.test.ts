import { chmodSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { git, repositoryWith } from '../files/folder.js';
import { run } from './memory-io.js';
import { type Body, scene, sceneIn } from './scene.js';
import { tokens } from './token-text.js';

const pathsOf = (body: { counts: { rows: { path: string }[] }[] }): string[] =>
  body.counts[0]!.rows.map(({ path }) => path).sort();

describe('what is counted', () => {
  test('a file is counted, with o200k_base by default, and the table says so', async () => {
    const { tokenhub } = scene({ 'hello.txt': 'hello world' });
    const { exitCode, stdout, stderr } = await tokenhub('count', 'hello.txt');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe(
      [
        'file           o200k_base  bytes',
        '─────────────  ──────────  ─────',
        'hello.txt               2     11',
        '─────────────  ──────────  ─────',
        'total, 1 file           2     11',
        '',
        'o200k_base (default), exact',
        '',
      ].join('\n'),
    );
  });

  test('a folder of a git work tree gives the files of git ls-files -co --exclude-standard that are on disk', async () => {
    const folder = repositoryWith({
      '.gitignore': '*.log\nout/\n',
      'tracked.md': 'a',
      'with space.md': 'a',
      'line\nbreak.md': 'a',
      'sub/.gitignore': 'secret*\n!kept.log\n',
      'sub/secret.txt': 'a',
      'sub/kept.log': 'a',
      'sub/模型.md': 'a',
      'debug.log': 'a',
      'forced.log': 'a',
      'out/x.js': 'a',
      'gone.md': 'a',
      'moved.md': 'a',
    });
    git(folder, 'add', 'tracked.md', 'gone.md', 'moved.md', '.gitignore');
    git(folder, 'add', '-f', 'forced.log');
    rmSync(join(folder, 'gone.md'));
    renameSync(join(folder, 'moved.md'), join(folder, 'renamed.md'));
    symlinkSync('tracked.md', join(folder, 'link.md'));
    symlinkSync('.', join(folder, 'loop'));
    const listed = git(folder, 'ls-files', '-z', '-co', '--exclude-standard')
      .split('\0')
      .filter((name) => name !== '');
    const notThere = ['gone.md', 'moved.md', 'link.md', 'loop'];
    const body = await sceneIn(folder).json('count', '.');
    expect(pathsOf(body)).toEqual([...new Set(listed)].filter((name) => !notThere.includes(name)).sort());
    expect(pathsOf(body)).toContain('line\nbreak.md');
    expect(body.skipped).toEqual([
      { path: 'gone.md', reason: 'deleted in the work tree' },
      { path: 'link.md', reason: 'symbolic link' },
      { path: 'loop', reason: 'symbolic link' },
      { path: 'moved.md', reason: 'deleted in the work tree' },
    ]);
  });

  test('outside git, .gitignore files count from their own folder down', async () => {
    const { json } = scene({
      '.gitignore': '*.log\n',
      'a.log': 'a',
      'b.md': 'a',
      'sub/.gitignore': '!keep.log\n*.md\n',
      'sub/keep.log': 'a',
      'sub/c.md': 'a',
      'sub/d.txt': 'a',
    });
    expect(pathsOf(await json('count', '.'))).toEqual(
      ['.gitignore', 'b.md', 'sub/.gitignore', 'sub/d.txt', 'sub/keep.log'].sort(),
    );
  });

  test('a path named explicitly is counted even when ignored', async () => {
    const folder = repositoryWith({ '.gitignore': 'out/\n', 'out/x.js': tokens(7) });
    expect((await sceneIn(folder).tokenhub('count', 'out/x.js', '--total-only')).stdout).toBe('7\n');
    expect((await sceneIn(folder).tokenhub('count', 'out', '--total-only')).stdout).toBe('7\n');
  });

  test('a quoted glob is expanded by the program and respects .gitignore', async () => {
    const folder = repositoryWith({
      '.gitignore': 'out/\n',
      'a.md': tokens(2),
      'sub/b.md': tokens(3),
      'out/c.md': tokens(50),
      'd.txt': tokens(70),
    });
    expect(pathsOf(await sceneIn(folder).json('count', '**/*.md'))).toEqual(['a.md', 'sub/b.md']);
  });

  test('a file reached by two paths is counted once', async () => {
    const { tokenhub } = scene({ 'sub/a.md': tokens(5) });
    expect((await tokenhub('count', 'sub', 'sub/a.md', './sub', '--total-only')).stdout).toBe('5\n');
  });

  test('a path that is not there exits 2 and names it', async () => {
    const { tokenhub } = scene({ 'a.md': 'a' });
    const { exitCode, stdout, stderr } = await tokenhub('count', 'a.md', 'b.md');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^error: there is no file or folder "b\.md"\n {2}check the spelling/);
  });
});

describe('standard input', () => {
  test('is counted when it is a pipe and no paths are given', async () => {
    expect((await run(['count', '--total-only'], { stdin: 'hello world' })).stdout).toBe('2\n');
  });

  test('is counted beside files when it is named -', async () => {
    const { json } = scene({ 'a.md': tokens(3) }, { stdin: tokens(4) });
    const body = await json('count', '-', 'a.md');
    expect(body.counts[0].total).toEqual({ tokens: 7, files: 2, bytes: 5 + 7 }); // "a a a" and "a a a a"
    expect(pathsOf(body)).toEqual(['(standard input)', 'a.md']);
  });

  test('is not read when files alone are named', async () => {
    const { tokenhub } = scene({ 'a.md': tokens(3) }, { stdin: tokens(4) });
    expect((await tokenhub('count', 'a.md', '--total-only')).stdout).toBe('3\n');
  });

  test('that is an empty pipe warns and counts 0', async () => {
    const { exitCode, stdout, stderr } = await run(['count', '--total-only'], { stdin: '' });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '0\n' });
    expect(stderr).toContain('warning: standard input is empty');
  });

  test('that is a terminal, without paths, gets the help', async () => {
    const { exitCode, stdout } = await run(['count'], { stdin: null });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Usage: tokenhub count');
    expect(stdout).toContain('tokenhub count src');
  });
});

describe('lines and totals', () => {
  const files = {
    'a.md': tokens(10),
    'src/b.ts': tokens(20),
    'src/c.ts': tokens(5),
    'src/deep/d.md': tokens(40),
    Makefile: tokens(2),
  };
  const total = 77; // 10 + 20 + 5 + 40 + 2

  test.each([
    ['file', { 'src/deep/d.md': 40, 'src/b.ts': 20, 'a.md': 10, 'src/c.ts': 5, Makefile: 2 }],
    ['dir', { 'src/deep': 40, src: 25, '.': 12 }],
    ['ext', { '.md': 50, '.ts': 25, '(no extension)': 2 }],
  ])('--by %s folds the same tokens into lines, largest first', async (by, lines) => {
    const [count] = (await scene(files).json('count', '.', '--by', by)).counts;
    const rows: { path: string; tokens: number }[] = count.rows;
    expect(rows.map(({ path, tokens }) => [path, tokens])).toEqual(Object.entries(lines));
    expect(count.total.tokens).toBe(total);
  });

  test('--top shows the largest lines, keeps the total of all and says how many are not shown', async () => {
    const body = await scene(files).json('count', '.', '--top', '2');
    expect(body.counts[0].rows.map(({ tokens }: { tokens: number }) => tokens)).toEqual([40, 20]);
    expect(body.counts[0].total).toEqual({ tokens: total, files: 5, bytes: 149 }); // 2n - 1 bytes: 2 * 77 - 5
    const { stdout } = await scene(files).tokenhub('count', '.', '--top', '2');
    expect(stdout).toContain('total, 5 files');
    expect(stdout).toContain('3 more lines not shown');
  });

  test.each(['0', '-1', '1.5', 'many', '1e3'])('--top %s is a mistake', async (top) => {
    const { exitCode, stderr } = await scene(files).tokenhub('count', '.', `--top=${top}`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('whole number from 1');
  });

  test('--total-only prints one bare integer', async () => {
    expect((await scene(files).tokenhub('count', '.', '--total-only')).stdout).toBe('77\n');
  });

  test('--total-only with several models prints model, tab, tokens', async () => {
    const { stdout } = await scene(files).tokenhub('count', '.', '--total-only', '-m', 'gpt-4o', '-m', 'gpt-4,gpt-2');
    expect(stdout).toBe('gpt-4o\t77\ngpt-4\t77\ngpt-2\t77\n');
  });
});

describe('models', () => {
  test('several models and encodings stand side by side', async () => {
    const { counts } = await scene({ 'a.md': 'hello world' }).json(
      'count',
      'a.md',
      '-m',
      'gpt-4o,gpt-4',
      '-e',
      'p50k_base',
    );
    expect(counts.map((count: Body) => [count.model, count.encoding, count.method, count.total.tokens])).toEqual([
      ['gpt-4o', 'o200k_base', 'exact', 2],
      ['gpt-4', 'cl100k_base', 'exact', 2],
      [null, 'p50k_base', 'exact', 2],
    ]);
  });

  test('an unknown model exits 2 and suggests the nearest', async () => {
    const { exitCode, stdout, stderr } = await scene({ 'a.md': 'a' }).tokenhub('count', 'a.md', '-m', 'gpt-4oo');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/--model: no model of the name "gpt-4oo" is known\n {2}did you mean gpt-4o/);
  });

  test('an unknown encoding exits 2 and lists those there are', async () => {
    const { exitCode, stderr } = await scene({ 'a.md': 'a' }).tokenhub('count', 'a.md', '-e', 'o200k');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('o200k_base, o200k_harmony, cl100k_base');
  });

  test('a model without a public encoding is approximate, with its factor and band', async () => {
    const { tokenhub, json } = scene({ 'a.md': tokens(100) });
    const [count] = (await json('count', 'a.md', '-m', 'claude-sonnet-4-5')).counts;
    expect(count).toMatchObject({ method: 'approximate', encoding: 'o200k_base', band: [0.75, 1.8] });
    expect(count.total.tokens).toBe(118); // 100 tokens of o200k_base x 1.18
    const { stdout } = await tokenhub('count', 'a.md', '-m', 'claude-sonnet-4-5');
    expect(stdout).toContain('claude-sonnet-4-5: o200k_base scaled, approximate: true count within -25% to +80%');
  });
});

describe('files that are no plain text', () => {
  test('a binary file is skipped and named, in JSON and on standard error', async () => {
    const { tokenhub } = scene({ 'a.md': tokens(3), 'b.bin': new Uint8Array([1, 0, 2]) });
    const { exitCode, stdout, stderr } = await tokenhub('count', '.', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).skipped).toEqual([{ path: 'b.bin', reason: 'binary' }]);
    expect(JSON.parse(stdout).counts[0].total.files).toBe(1);
    expect(stderr).toBe('warning: b.bin: skipped, binary\n');
  });

  test('UTF-16 with a byte order mark is converted, and its own size stays', async () => {
    const { json } = scene({ 'u.txt': Buffer.from('\ufeffhello world', 'utf16le') });
    const body = await json('count', 'u.txt');
    expect(body.counts[0].rows).toEqual([{ path: 'u.txt', tokens: 2, bytes: 24 }]); // 12 characters of 2 bytes
    expect(body.notes).toEqual([{ path: 'u.txt', note: 'UTF-16, counted as UTF-8' }]);
  });

  test('Latin-1 is counted with its invalid bytes as U+FFFD, and says so', async () => {
    const { tokenhub } = scene({ 'l.txt': Buffer.from('caf\u00e9', 'latin1'), 'r.txt': 'caf\ufffd' });
    const [latin, replaced] = [
      await tokenhub('count', 'l.txt', '--total-only'),
      await tokenhub('count', 'r.txt', '--total-only'),
    ];
    expect(latin.stdout).toBe(replaced.stdout);
    expect(latin.stderr).toContain('l.txt: not UTF-8');
  });

  test('a UTF-8 byte order mark is text: it counts, as it does for the model', async () => {
    const { tokenhub } = scene({ 'bom.txt': '\ufeffhello world', 'plain.txt': 'hello world' });
    const count = async (name: string) => Number((await tokenhub('count', name, '--total-only')).stdout);
    expect(await count('bom.txt')).toBeGreaterThan(await count('plain.txt'));
  });

  test('an over-size file is skipped without being read', async () => {
    const { path, json } = scene({ 'a.md': tokens(3), 'huge.txt': 'x' });
    truncateSync(path('huge.txt'), 256 * 1024 * 1024 + 1);
    const body = await json('count', '.');
    expect(body.skipped).toEqual([{ path: 'huge.txt', reason: 'larger than 256 MiB' }]);
    expect(body.counts[0].total.tokens).toBe(3);
  });

  test.skipIf(process.getuid?.() === 0)('an unreadable file is skipped and named', async () => {
    const { path, json } = scene({ 'a.md': tokens(3), 'b.md': tokens(4) });
    chmodSync(path('b.md'), 0);
    expect((await json('count', '.')).skipped).toEqual([{ path: 'b.md', reason: 'permission denied' }]);
  });

  test('an empty file is a file of 0 tokens', async () => {
    const { json } = scene({ 'empty.txt': '' });
    expect((await json('count', '.')).counts[0].rows).toEqual([{ path: 'empty.txt', tokens: 0, bytes: 0 }]);
  });

  test('control characters in a name reach the terminal as escapes only', async () => {
    const name = 'a\u001b[2J\u0007\u202e.md';
    const { tokenhub } = scene({ [name]: 'a', 'b\u001b]0;x.bin': new Uint8Array([0]) });
    const { stdout, stderr } = await tokenhub('count', '.', '--by', 'file');
    expect(stdout).toContain('a\\x1b[2J\\x07\\u202e.md');
    expect(stdout + stderr).not.toMatch(/[\u001b\u0007\u202e]/);
  });
});

describe('formats', () => {
  const files = { 'a,b.md': tokens(3), 'c.md': tokens(2) };

  test('--format json has the schema, the version and the documented keys, and no clock', async () => {
    const { stdout } = await scene(files).tokenhub('count', '.', '--format', 'json');
    const body = JSON.parse(stdout);
    expect(body).toEqual({
      schema: 'tokenhub.count/v1',
      tokenhub: expect.stringMatching(/^\d+\.\d+\.\d+/),
      counts: [
        {
          model: null,
          encoding: 'o200k_base',
          default: true,
          method: 'exact',
          band: null,
          source: expect.any(String),
          exactWith: null,
          total: { tokens: 5, files: 2, bytes: 8 },
          rows: [
            { path: 'a,b.md', tokens: 3, bytes: 5 },
            { path: 'c.md', tokens: 2, bytes: 3 },
          ],
          moreRows: 0,
        },
      ],
      skipped: [],
      notes: [],
    });
    expect(stdout).toBe((await scene(files).tokenhub('count', '.', '--json')).stdout);
  });

  test('csv holds the rows alone and quotes what needs it', async () => {
    const { stdout } = await scene(files).tokenhub('count', '.', '--format', 'csv', '-m', 'gpt-4o,gpt-4');
    expect(stdout).toBe('file,gpt-4o,gpt-4,bytes\n"a,b.md",3,3,5\nc.md,2,2,3\n');
  });

  test('markdown is a table that can be pasted', async () => {
    const { stdout } = await scene({ 'a|b.md': tokens(3) }).tokenhub('count', '.', '--format', 'markdown');
    expect(stdout).toContain('| file | o200k\\_base | bytes |\n| --- | --: | --: |\n| a\\|b.md | 3 | 5 |\n');
  });

  test('ndjson is one object per file and model', async () => {
    const { stdout } = await scene(files).tokenhub('count', '.', '--format', 'ndjson', '-m', 'gpt-4o,gpt-4');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(4);
    expect(lines[0]).toEqual({ model: 'gpt-4o', encoding: 'o200k_base', path: 'a,b.md', tokens: 3, bytes: 5 });
  });

  test('-o writes a file in the format of its name and nothing to standard output', async () => {
    const { tokenhub, path } = scene(files);
    const { exitCode, stdout } = await tokenhub('count', 'c.md', '-o', 'out.csv');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(readFileSync(path('out.csv'), 'utf8')).toBe('file,o200k_base,bytes\nc.md,2,3\n');
  });

  test('-o repeated, and <format>=<file>, write several formats in one run', async () => {
    const { tokenhub, path } = scene(files);
    await tokenhub('count', 'c.md', '-o', 'out.json', '-o', 'csv=plain', '--output', 'markdown=a=b.txt');
    expect(JSON.parse(readFileSync(path('out.json'), 'utf8')).schema).toBe('tokenhub.count/v1');
    expect(readFileSync(path('plain'), 'utf8')).toMatch(/^file,/);
    expect(readFileSync(path('a=b.txt'), 'utf8')).toMatch(/^\|/m);
  });

  test('-o beside --format prints as well', async () => {
    const { tokenhub, path } = scene(files);
    const { stdout } = await tokenhub('count', 'c.md', '--format', 'csv', '-o', 'out.json');
    expect(stdout).toBe('file,o200k_base,bytes\nc.md,2,3\n');
    expect(readFileSync(path('out.json'), 'utf8')).toContain('"tokens": 2');
  });

  test('an unknown format exits 2 before anything is counted', async () => {
    const { tokenhub } = scene(files);
    const { exitCode, stdout, stderr } = await tokenhub('count', 'missing', '--format', 'xml');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('--format: "xml" is no output format\n  use one of: table, json, ndjson, csv, markdown');
  });

  test('a file whose name tells no format exits 2', async () => {
    const { exitCode, stderr } = await scene(files).tokenhub('count', '.', '-o', 'out.xml');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('<format>=<file>');
  });

  test('a file that cannot be written exits 2 and names it', async () => {
    const { exitCode, stderr } = await scene(files).tokenhub('count', '.', '-o', 'no/such/folder/out.csv');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no/such/folder/out.csv');
  });

  test.each([[['--json']], [['--format', 'json']], [['--format=json']]])(
    'with %j an error is one JSON object on standard error',
    async (flags) => {
      const { exitCode, stdout, stderr } = await scene(files).tokenhub('count', 'missing', ...flags);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(JSON.parse(stderr)).toEqual({
        error: {
          code: 'PATH_NOT_FOUND',
          message: 'there is no file or folder "missing"',
          hint: 'check the spelling; paths are relative to the current folder',
        },
      });
    },
  );

  test('a narrow terminal never cuts a number', async () => {
    const folder = scene({ [`${'long-'.repeat(30)}.md`]: tokens(12_345) }).folder;
    const { stdout } = await run(['count', '.'], { cwd: folder, columns: 40 });
    expect(stdout).toContain('12,345');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(40);
  });
});

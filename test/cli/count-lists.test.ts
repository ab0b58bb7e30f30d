import { truncateSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { repositoryWith } from '../files/folder.js';
import { type Body, scene, sceneIn } from './scene.js';
import { tokens } from './token-text.js';

const pathsOf = (body: Body): string[] => body.counts[0].rows.map(({ path }: Body) => path).sort();

describe('--files-from', () => {
  const files = {
    'a.md': tokens(2),
    'b c.md': tokens(3),
    'line\nbreak.md': tokens(4),
    'x[1].md': tokens(5),
    'sub/d.md': 'a',
  };

  test.each([
    ['lines', 'a.md\nb c.md\n', ['a.md', 'b c.md']],
    ['lines of Windows, with blank ones and a byte order mark', '\ufeffa.md\r\n\r\n  \r\nb c.md', ['a.md', 'b c.md']],
    ['NULs, so that a name may hold a line break', 'a.md\0line\nbreak.md\0', ['a.md', 'line\nbreak.md']],
    ['names that would be globs', 'x[1].md\n', ['x[1].md']],
    ['a folder', 'sub\n', ['sub/d.md']],
    ['the same file twice', 'a.md\n./a.md\n', ['a.md']],
  ])('counts a list of %s, from a file and from standard input', async (_, list, paths) => {
    const { json, tokenhub } = scene({ ...files, list }, { stdin: list });
    expect(pathsOf(await json('count', '--files-from', 'list'))).toEqual(paths);
    const piped = await tokenhub('count', '--files-from', '-', '--json');
    expect(pathsOf(JSON.parse(piped.stdout))).toEqual(paths);
  });

  test('adds to the paths that are typed, and to standard input', async () => {
    const { json } = scene({ ...files, list: 'a.md' }, { stdin: 'a' });
    expect(pathsOf(await json('count', 'sub', '-', '--files-from', 'list'))).toEqual([
      '(standard input)',
      'a.md',
      'sub/d.md',
    ]);
  });

  test.each([
    ['a.md\n\nmissing.md\n', 'list:3'],
    ['a.md\0missing.md', 'list:2'],
    ['*.md', 'list:1'],
  ])('of %j, which names what is not there, exits 2 and says where', async (list, place) => {
    const { exitCode, stdout, stderr } = await scene({ ...files, list }).tokenhub('count', '--files-from', 'list');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`${place}: there is no file or folder`);
  });

  test('counts each path as named explicitly: ignored ones too, and one that is no text exits 2', async () => {
    const folder = repositoryWith({
      '.gitignore': 'out\n',
      'out/a.md': 'a',
      'b.bin': new Uint8Array(9),
      list: 'out/a.md\nb.bin\n',
    });
    const { exitCode, stdout } = await sceneIn(folder).tokenhub('count', '--files-from', 'list', '--json');
    expect(exitCode).toBe(2);
    expect(pathsOf(JSON.parse(stdout))).toEqual(['out/a.md']);
    expect(JSON.parse(stdout).skipped).toEqual([{ path: 'b.bin', reason: 'binary' }]);
  });

  test('without any path counts 0 and warns; it does not read standard input', async () => {
    const { exitCode, stdout, stderr } = await scene({ list: '\n\n' }, { stdin: 'a' }).tokenhub(
      ...['count', '--files-from', 'list', '--total-only'],
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '0\n' });
    expect(stderr).toBe('warning: list: the list names no path\n');
  });

  test('that is standard input cannot be counted as well', async () => {
    const { exitCode, stderr } = await scene({}, { stdin: 'a.md' }).tokenhub('count', '-', '--files-from', '-');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('standard input cannot be both a list of paths and a text');
  });

  test('that is not there, or a folder, is named', async () => {
    const { tokenhub } = scene(files);
    expect((await tokenhub('count', '--files-from', 'nope')).stderr).toContain('there is no file or folder "nope"');
    expect((await tokenhub('count', '--files-from', 'sub')).stderr).toContain('sub: cannot be read: is a folder');
  });

  test('is never overwritten by the output', async () => {
    const { tokenhub } = scene({ ...files, 'list.csv': 'a.md' });
    const { exitCode, stderr } = await tokenhub('count', '--files-from', 'list.csv', '-o', 'list.csv');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is not overwritten');
  });
});

describe('--max-bytes', () => {
  test.each([
    ['1000', 1000],
    ['2k', 2048],
    ['2K', 2048],
    ['2KiB', 2048],
    ['2kB', 2000],
    ['1.5k', 1536],
    ['1M', 1_048_576],
    ['1MB', 1_000_000],
    ['1 MB', 1_000_000],
  ])(
    '%s skips files of more than %i bytes, names them, and exits 0 even where they were named',
    async (size, bytes) => {
      const { path, tokenhub } = scene({ 'fits.md': '', 'large.md': '' });
      truncateSync(path('fits.md'), 0);
      truncateSync(path('large.md'), bytes + 1);
      const { exitCode, stdout } = await tokenhub('count', 'fits.md', 'large.md', '--max-bytes', size, '--json');
      expect(exitCode).toBe(0);
      expect(pathsOf(JSON.parse(stdout))).toEqual(['fits.md']);
      const reason = `larger than ${bytes.toLocaleString('en-US')} bytes`;
      expect(JSON.parse(stdout).skipped).toEqual([{ path: 'large.md', reason }]);
      truncateSync(path('large.md'), bytes);
      const { stdout: other } = await tokenhub('count', 'large.md', '--max-bytes', size, '--json');
      expect(JSON.parse(other).skipped).not.toContainEqual({ path: 'large.md', reason });
    },
  );

  test('holds for standard input', async () => {
    const { stdout, stderr } = await scene({}, { stdin: tokens(9) }).tokenhub(
      'count',
      '--max-bytes',
      '4',
      '--total-only',
    );
    expect({ stdout, stderr }).toEqual({
      stdout: '0\n',
      stderr: 'warning: (standard input): skipped, larger than 4 bytes\n',
    });
  });

  test.each(['', 'many', '-1', '1T', '1e3', '9999999G'])('%j is a mistake', async (size) => {
    const { exitCode, stderr } = await scene({}).tokenhub('count', '.', `--max-bytes=${size}`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('It must be a size, such as 65536, 64k, 1.5M or 10MB');
  });
});

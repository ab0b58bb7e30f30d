import { describe, expect, test } from 'vitest';
import { run } from './memory-io.js';
import { type Body, scene } from './scene.js';
import { tokens } from './token-text.js';

const rowsOf = (body: Body): [string, number][] =>
  body.counts[0].rows.map(({ path, tokens }: Body) => [path, tokens] as const);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The cells of CSV without quoted ones. */
const csvRows = (csv: string): string[][] =>
  csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));

describe('--by section', () => {
  const files = { 'doc.md': 'intro\n# One\nhello world\n## Sub\nhello\n', 'code.ts': tokens(5) };

  test('gives Markdown files a line per heading, and other files one line', async () => {
    const body = await scene(files).json('count', '.', '--by', 'section', '--sort', 'name');
    // "intro\n" 2; "# One\nhello world\n" 6; "## Sub\nhello\n" 5; the whole 13: nothing is joined here
    expect(body.counts[0].rows).toEqual([
      { path: 'code.ts', tokens: 5, bytes: 9, kind: 'file' },
      { path: 'doc.md#(before the first heading)', tokens: 2, bytes: 6, kind: 'section', line: 1 },
      { path: 'doc.md#One', tokens: 6, bytes: 18, kind: 'section', line: 2 },
      { path: 'doc.md#One › Sub', tokens: 5, bytes: 13, kind: 'section', line: 4 },
    ]);
    expect(body.counts[0].total).toEqual({ tokens: 18, files: 2, bytes: 46 });
  });

  test('shows what sections and their file count differently as a line of its own, so that lines add up', async () => {
    // r50k_base: whole "a", "\n", "\n", "#", " b" = 5; sections "a", "\n\n" = 2 and "#", " b" = 2: 1 more as a whole.
    const { json, tokenhub } = scene({ 'j.md': 'a\n\n# b' });
    const body = await json('count', '.', '--by', 'section', '-e', 'r50k_base', '-m', 'claude-sonnet-4-5');
    expect(body.counts.find(({ encoding }: Body) => encoding === 'r50k_base').rows).toEqual([
      { path: 'j.md#(before the first heading)', tokens: 2, bytes: 3, kind: 'section', line: 1 },
      { path: 'j.md#b', tokens: 2, bytes: 3, kind: 'section', line: 3 },
      { path: 'j.md#(joins between sections)', tokens: 1, bytes: 0, kind: 'joins' },
    ]);
    for (const { total, rows } of body.counts) expect(sum(rows.map(({ tokens }: Body) => tokens))).toBe(total.tokens);
    expect((await tokenhub('count', '.', '--by', 'section', '-e', 'r50k_base', '--total-only')).stdout).toBe('5\n');
  });

  test('numbers headings that a file repeats', async () => {
    const body = await scene({ 'd.md': '# A\n## X\n## X\n# A\n' }).json(
      'count',
      '.',
      '--by',
      'section',
      '--sort',
      'name',
    );
    expect(rowsOf(body).map(([path]) => path)).toEqual(['d.md#A', 'd.md#A › X', 'd.md#A › X (2)', 'd.md#A (2)']);
  });

  test('takes .md, .markdown and .mdx for Markdown, and a file without headings as one line', async () => {
    const body = await scene({ 'a.MD': '# x', 'b.markdown': '# x', 'c.mdx': '# x', 'd.txt': '# x', 'e.md': 'x' }).json(
      ...['count', '.', '--by', 'section', '--sort', 'name'],
    );
    expect(rowsOf(body).map(([path]) => path)).toEqual(['a.MD#x', 'b.markdown#x', 'c.mdx#x', 'd.txt', 'e.md']);
  });

  test('makes headings that act on a terminal harmless, and long ones short', async () => {
    const { stdout } = await scene({ 'x.md': `# \u001b[2J${'long '.repeat(100)}\n` }).tokenhub(
      'count',
      '.',
      '--by',
      'section',
    );
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('x.md#\\x1b[2Jlong long');
    expect(stdout.split('\n')[2]!.length).toBeLessThan(120);
  });
});

describe('--tree', () => {
  const files = {
    'a.md': tokens(10),
    'src/b.ts': tokens(20),
    'src/c.ts': tokens(5),
    'src/deep/d.md': `# T\n${tokens(7)}\n## S\n${tokens(3)}\n`,
  };

  test('indents lines beneath their directories, with subtotals, largest first in each', async () => {
    const { stdout } = await scene(files).tokenhub('count', '.', '--tree');
    // d.md: "#", " T", "\n", 7, "\n", "##", " S", "\n", 3, "\n" = 18; deep 18; src 20 + 5 + 18 = 43; total 53
    expect(stdout).toBe(
      [
        'file            o200k_base  bytes',
        '──────────────  ──────────  ─────',
        'src/                    43     77',
        '  b.ts                  20     39',
        '  deep/                 18     29',
        '    d.md                18     29',
        '  c.ts                   5      9',
        'a.md                    10     19',
        '──────────────  ──────────  ─────',
        'total, 4 files          53     96',
        '',
        'o200k_base (default), exact',
        '',
      ].join('\n'),
    );
  });

  test('has depth, kind and own counts in JSON; the own counts alone add up to the total', async () => {
    for (const by of ['file', 'dir', 'section']) {
      const body = await scene(files).json('count', '.', '--tree', '--by', by, '-m', 'gpt-4,claude-sonnet-4-5');
      for (const { rows, total } of body.counts) expect(sum(rows.map(({ own }: Body) => own))).toBe(total.tokens);
    }
    const body = await scene(files).json('count', '.', '--tree');
    expect(body.counts[0].rows.slice(0, 3)).toEqual([
      { path: 'src', tokens: 43, bytes: 77, kind: 'dir', depth: 0, own: 0 },
      { path: 'src/b.ts', tokens: 20, bytes: 39, kind: 'file', depth: 1, own: 20 },
      { path: 'src/deep', tokens: 18, bytes: 29, kind: 'dir', depth: 1, own: 0 },
    ]);
  });

  test.each(['file', 'dir', 'section'])(
    'counts nothing twice in the columns of CSV and NDJSON (--by %s)',
    async (by) => {
      const { tokenhub } = scene(files);
      const rows = csvRows((await tokenhub('count', '.', '--tree', '--by', by, '--format', 'csv')).stdout);
      expect(rows[0]).toEqual([by, 'kind', 'o200k_base', 'bytes']);
      expect(sum(rows.slice(1).map(([, , count]) => Number(count)))).toBe(53);
      expect(sum(rows.slice(1).map(([, , , bytes]) => Number(bytes)))).toBe(96);
      const { stdout } = await tokenhub('count', '.', '--tree', '--by', by, '--format', 'ndjson');
      const lines: Body[] = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(sum(lines.map(({ tokens }) => tokens))).toBe(53);
    },
  );

  test('adds subsections to their heading, and the lines of a file to the file', async () => {
    const body = await scene(files).json('count', 'src/deep', '--tree', '--by', 'section');
    expect(body.counts[0].rows.map(({ path, depth, tokens, own }: Body) => [path, depth, tokens, own])).toEqual([
      ['src', 0, 18, 0],
      ['src/deep', 1, 18, 0],
      ['src/deep/d.md', 2, 18, 0],
      ['src/deep/d.md#T', 3, 18, 11], // "#", " T", "\n", 7 of "a", "\n"
      ['src/deep/d.md#T › S', 4, 7, 7], // "##", " S", "\n", 3 of "a", "\n"
    ]);
  });

  test('with --top shows the n largest and what they stand beneath', async () => {
    const body = await scene(files).json('count', '.', '--tree', '--top', '2');
    expect(rowsOf(body).map(([path]) => path)).toEqual(['src', 'src/b.ts', 'src/deep', 'src/deep/d.md']);
    expect(body.counts[0].moreRows).toBe(2);
  });

  test('keeps its indentation in Markdown', async () => {
    const { stdout } = await scene(files).tokenhub('count', 'src', '--tree', '--format', 'markdown');
    expect(stdout).toContain('| &nbsp;&nbsp;b.ts | 20 | 39 |');
  });

  test('of paths above and outside of the current folder has their folders as lines', async () => {
    const { folder, path } = scene({ 'x/here/a.md': tokens(1), 'x/b.md': tokens(2) });
    const { stdout } = await run(['count', '..', '--tree', '--json'], { cwd: path('x/here') });
    expect(rowsOf(JSON.parse(stdout))).toEqual([
      ['..', 2],
      ['../b.md', 2],
      ['a.md', 1],
    ]);
    const absolute = await run(['count', `${folder}/x/b.md`, '--tree', '--json'], { cwd: '/usr' });
    expect(rowsOf(JSON.parse(absolute.stdout))[0]).toEqual(['/', 2]);
  });

  test('of extensions is a mistake', async () => {
    const { exitCode, stderr } = await scene(files).tokenhub('count', '.', '--tree', '--by', 'ext');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--by: "ext" makes no tree');
  });
});

describe('--min, --sort and --top', () => {
  // Bytes are 2n - 1, but for the words, each one token of many bytes.
  const files = {
    'b.md': tokens(1500),
    'a.md': tokens(20),
    'c.md': tokens(1000),
    'word.md': ' international'.repeat(5),
  };

  test.each([
    [['--min', '1k'], ['b.md', 'c.md'], 2],
    [['--min', '1.5k'], ['b.md'], 3],
    [['--min', '0.02k', '--top', '2'], ['b.md', 'c.md'], 2],
    [['--sort', 'name'], ['a.md', 'b.md', 'c.md', 'word.md'], 0],
    [['--sort', 'bytes'], ['b.md', 'c.md', 'word.md', 'a.md'], 0],
    [['--sort', 'bytes', '--top', '3'], ['b.md', 'c.md', 'word.md'], 1],
    [['--sort', 'name', '--top', '2', '--min', '10'], ['b.md', 'c.md'], 2],
  ])('%j shows %j and says how many it does not', async (flags, paths, hidden) => {
    const body = await scene(files).json('count', '.', ...flags);
    expect(rowsOf(body).map(([path]) => path)).toEqual(paths);
    expect(body.counts[0].moreRows).toBe(hidden);
    expect(body.counts[0].total.tokens).toBe(2525); // 1500 + 20 + 1000 + 5
  });

  test.each(['many', '-1', '1.5', '1kk', '1 USD', '', '1e3'])('--min %j is a mistake', async (min) => {
    const { exitCode, stdout, stderr } = await scene(files).tokenhub('count', '.', `--min=${min}`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('whole number of tokens, such as 500, 2.5k or 1M');
  });
});

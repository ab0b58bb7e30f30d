import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { separated } from '../../src/render/counted.js';
import { renderCsv } from '../../src/render/csv.js';
import { FORMAT_NAMES, formatNamed, render } from '../../src/render/formats.js';
import { renderMarkdown } from '../../src/render/markdown.js';
import { moneyDecimals } from '../../src/render/money-decimals.js';
import { renderTable } from '../../src/render/table.js';
import { visible } from '../../src/render/visible.js';
import { column, sheet } from './sheets.js';

const CENT = 10n ** 10n;
const plain = { columns: null, color: 0 } as const;
const names = (...texts: string[]) => sheet({ rows: texts.map((text) => [text]) });

describe('formats', () => {
  test('are found by name, and an unknown name lists them', () => {
    expect(FORMAT_NAMES).toEqual(['table', 'json', 'ndjson', 'csv', 'markdown']);
    expect(formatNamed('csv')).toBe('csv');
    for (const name of ['xml', 'toString', '__proto__']) {
      expect(() => formatNamed(name)).toThrow(expect.objectContaining({ code: 'UNKNOWN_FORMAT' }));
    }
  });

  test('each is made from the form it needs', async () => {
    const output = { body: () => ({ n: 1n }), rows: () => [{ r: 1n }], sheet: () => names('x') };
    expect(await render(output, 'json', plain)).toBe('{\n  "n": 1\n}\n');
    expect(await render(output, 'ndjson', plain)).toBe('{"r":1}\n');
    expect(await render(output, 'csv', plain)).toBe('name\nx\n');
    expect(await render(output, 'markdown', plain)).toBe('| name |\n| --- |\n| x |\n');
    expect(await render(output, 'table', plain)).toBe('name\n────\nx\n');
  });
});

describe('csv', () => {
  test('is exact, without separators, totals or notes', () => {
    const csv = renderCsv(
      sheet({
        columns: [column('unit', 'text'), column('tokens', 'count'), column('USD', 'money'), column('share', 'share')],
        rows: [
          ['a', 1_234_567n, 12_345n, '0.25'],
          ['b', null, null, null],
        ],
        totals: ['total', 1_234_567n, 12_345n, null],
        above: ['note'],
      }),
    );
    expect(csv).toBe('unit,tokens,USD,share\na,1234567,0.000000012345,0.25\nb,,,\n');
  });

  test('a formula is defused, a number is not touched', () => {
    const texts = ['=1+1', '+a', '-a', '@a', '\ta', '＝1', '-5', '+1.5', 'a=1'];
    expect(
      renderCsv(names(...texts))
        .split('\n')
        .slice(1, -1),
    ).toEqual(["'=1+1", "'+a", "'-a", "'@a", "'\ta", "'＝1", '-5', '+1.5', 'a=1']);
  });

  test('any other text is read back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const [row] = parse(renderCsv(names(`.${text}`)), { from_line: 2, skip_empty_lines: false }) as string[][];
        expect(row).toEqual([`.${text}`]);
      }),
    );
    expect(renderCsv(names('a,b', 'say "x"', 'two\nlines'))).toBe('name\n"a,b"\n"say ""x"""\n"two\nlines"\n');
  });

  test('escape sequences are written as text', () => {
    expect(renderCsv(names('a\u001b[2Jb'))).toBe('name\na\\x1b[2Jb\n');
  });
});

describe('markdown', () => {
  test('no text becomes markup, a link or HTML', () => {
    const lines = renderMarkdown(names('a|b', '`x`', '<img src=x>', '[l](u)', 'two\nlines', '&lt;', 'a\\b')).split(
      '\n',
    );
    expect(lines.slice(2, -1)).toEqual([
      '| a\\|b |',
      '| \\`x\\` |',
      '| &lt;img src=x&gt; |',
      '| \\[l\\](u) |',
      '| two\\\\nlines |',
      '| &amp;lt; |',
      '| a\\\\b |',
    ]);
  });

  test('numbers are right-aligned, notes are lists, export columns stay out', () => {
    const markdown = renderMarkdown(
      sheet({
        title: 'Cost',
        columns: [column('unit', 'text'), column('tokens', 'count'), column('secret', 'count', { show: 'export' })],
        rows: [['a', 1234n, 1n]],
        totals: ['total', 1234n, 1n],
        above: ['above'],
        below: ['below'],
      }),
    );
    expect(markdown).toBe(
      '### Cost\n\n- above\n\n| unit | tokens |\n| --- | --: |\n| a | 1,234 |\n| **total** | **1,234** |\n\n- below\n',
    );
  });
});

describe('tables', () => {
  const wide = sheet({
    columns: [
      column('unit', 'text'),
      column('tokens', 'count', { title: 'total tokens' }),
      column('cached', 'count', { show: 'wide' }),
      column('USD', 'money'),
    ],
    rows: [
      ['a long name of a unit', 1_234_567_890n, 12n, 5n * CENT],
      ['b', null, null, null],
    ],
    totals: ['total', 1_234_567_890n, 12n, 5n * CENT],
  });

  test('counts have separators, missing figures a dash', async () => {
    expect(await renderTable(wide, plain)).toBe(
      [
        'unit                    total tokens  cached   USD',
        '─────────────────────  ─────────────  ──────  ────',
        'a long name of a unit  1,234,567,890      12  0.05',
        'b                                  -       -     -',
        '─────────────────────  ─────────────  ──────  ────',
        'total                  1,234,567,890      12  0.05',
        '',
      ].join('\n'),
    );
  });

  test('a title wider than its column takes several lines', async () => {
    const columns = [column('unit', 'text'), column('n', 'count', { title: 'total tokens' })];
    expect(await renderTable(sheet({ columns, rows: [['a', 1n]] }), plain)).toBe(
      ['       total', 'unit  tokens', '────  ──────', 'a          1', ''].join('\n'),
    );
  });

  test('a narrow page loses wide columns, then ends of texts, never a digit', async () => {
    expect(await renderTable(wide, { columns: 31, color: 0 })).toBe(
      [
        'unit         total tokens   USD',
        '──────────  ─────────────  ────',
        'a long na…  1,234,567,890  0.05',
        'b                       -     -',
        '──────────  ─────────────  ────',
        'total       1,234,567,890  0.05',
        '',
        'not shown at this width: cached',
        '',
      ].join('\n'),
    );
    expect(await renderTable(wide, { columns: 5, color: 0 })).toContain('1,234,567,890  0.05');
  });

  test('wide characters and emoji keep the columns aligned', async () => {
    const lines = await renderTable(
      sheet({
        columns: [column('unit', 'text'), column('n', 'count')],
        rows: [
          ['通义千问大模型服务平台', 1n],
          ['👩‍👩‍👧 team', 22n],
          ['e\u0301', 333n],
        ],
      }),
      { columns: 16, color: 0 },
    );
    const rows = lines.split('\n').slice(2, -1);
    expect(rows.map((line) => stringWidth(line))).toEqual([16, 16, 16]);
    expect(rows[0]).toMatch(/^通义千问大…\s+1$/);
  });

  test('escape sequences in data are shown, not obeyed', async () => {
    const table = await renderTable(sheet({ title: 'x\u001b[2J', rows: [['a\u001b[31m\nb']], below: ['\u202ey'] }), {
      columns: 80,
      color: 3,
    });
    expect(table).toContain('a\\x1b[31m\\nb');
    expect(table).toContain('x\\x1b[2J');
    expect(table).toContain('\\u202ey');
  });

  test('colours are those of the page, and none without it', async () => {
    expect(await renderTable(names('x'), plain)).not.toContain('\u001b');
    expect(await renderTable(names('x'), { columns: null, color: 1 })).toContain('\u001b[1mname');
  });

  test('thousands of rows are one table', async () => {
    const lines = (await renderTable(names(...Array.from({ length: 3000 }, (_, i) => `row ${i}`)), plain)).split('\n');
    expect(lines.length).toBe(3003);
    expect(lines[2002]).toBe('row 2000');
  });
});

describe('printed money', () => {
  const usd = async (...picos: bigint[]) => {
    const table = await renderTable(
      sheet({
        columns: [column('USD', 'money')],
        rows: picos.map((pico) => [pico]),
        totals: [picos.reduce((a, b) => a + b)],
      }),
      plain,
    );
    return table
      .split('\n')
      .slice(2, -1)
      .map((line) => line.trim());
  };

  test('lines add up to the total shown', async () => {
    // three thirds of 1: 0.33 x 3 = 0.99, so the line with the largest rest shows the missing cent
    const third = 333_333_333_333n;
    expect(await usd(third, third, third + 1n)).toEqual(['0.33', '0.33', '0.34', '────', '1.00']);
  });

  test('no more decimals than the amounts need, and never fewer than two', async () => {
    expect(await usd(150n * CENT, 2n * CENT)).toEqual(['1.50', '0.02', '────', '1.52']);
    expect(moneyDecimals([100n * CENT])).toBe(2);
    expect(moneyDecimals([123_456_789_012n])).toBe(2); // 0.123456789012: two digits are enough
    expect(moneyDecimals([10n ** 12n, 3_400_000_000n])).toBe(4); // 0.0034
    expect(moneyDecimals([10n ** 12n, 7n])).toBe(6); // a line too small is 0.000000 rather than widening all
    expect(moneyDecimals([34n])).toBe(12); // unless there is nothing but it
    expect(moneyDecimals([])).toBe(2);
  });

  test('separators stand in the whole part alone', () => {
    expect(['-1234567.1234', '123', '-123', '1000'].map(separated)).toEqual([
      '-1,234,567.1234',
      '123',
      '-123',
      '1,000',
    ]);
  });
});

test('characters that act are made visible, all others stay', () => {
  expect(visible('a\u0000\u001b\u007f\u009b\r\t\u200f\ud800')).toBe('a\\x00\\x1b\\x7f\\x9b\\r\\t\\u200f\\ud800');
  expect(visible('通义 👩‍👩‍👧 é')).toBe('通义 👩‍👩‍👧 é');
});

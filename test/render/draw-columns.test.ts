import Table from 'cli-table3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DrawnColumn, drawColumns } from '../../src/render/draw-columns.js';

/** The reference: cli-table3 without borders. */
function referenceLines(columns: readonly DrawnColumn[], rows: readonly (readonly string[])[]): string[] {
  const none = Object.fromEntries(
    [
      'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right',
      'left left-mid mid mid-mid right right-mid',
    ]
      .join(' ')
      .split(' ')
      .map((name) => [name, '']),
  );
  const table = new Table({
    chars: { ...none, middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colWidths: columns.map(({ width }) => width),
    colAligns: columns.map(({ align }) => align),
    rowAligns: rows.map(() => 'bottom' as const),
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

const WIDTH = 12;
const word = fc.constantFrom('a', 'total', '1,234', '汉字', '👍', '-', '…', 'héllo', '\u001b[1mbold\u001b[22m');
const cell = fc.array(word, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'));
const column: fc.Arbitrary<DrawnColumn> = fc.record({
  align: fc.constantFrom('left' as const, 'right' as const),
  width: fc.constant(WIDTH),
});

test('columns are drawn as cli-table3 draws them', () => {
  fc.assert(
    fc.property(
      fc
        .array(column, { minLength: 1, maxLength: 4 })
        .chain((columns) =>
          fc.tuple(
            fc.constant(columns),
            fc.array(fc.tuple(...columns.map(() => cell)), { minLength: 1, maxLength: 5 }),
          ),
        ),
      ([columns, rows]) => {
        expect(drawColumns(columns, rows)).toEqual(referenceLines(columns, rows));
      },
    ),
  );
});

test('a cell with fewer lines stands at the bottom of its row', () => {
  const columns: DrawnColumn[] = [
    { align: 'left', width: 4 },
    { align: 'right', width: 6 },
  ];
  expect(
    drawColumns(columns, [
      ['unit', 'total\ntokens'],
      ['a', '1'],
    ]),
  ).toEqual(['       total', 'unit  tokens', 'a          1']);
});

/** A flow as a sheet: one line for each stage of each row. */

import type { FlowTokens } from '../hub/flow/flow-cell.js';
import { barText } from './bar.js';
import { separated } from './counted.js';
import type { FlowBody } from './flow-body.js';
import { type FlowLine, flowLines } from './flow-lines.js';
import { flowNotesAbove, flowNotesBelow } from './flow-notes.js';
import type { Page } from './page.js';
import { periodText } from './period-text.js';
import { picoOf } from './pico-of.js';
import { type Column, column, type Sheet, type SheetCell } from './sheet.js';

interface LineColumn {
  readonly column: Column;
  readonly cell: (line: FlowLine) => SheetCell;
  /** In CSV, where that is another. */
  readonly exact?: (line: FlowLine) => SheetCell;
}

/** @param page  `null`: there are no bars */
export function flowSheet(body: FlowBody, page: Page | null): Sheet {
  const lines = flowLines(body);
  const columns = columnsOf(body, page !== null);
  const listed = lines.filter(({ hasTokens }) => hasTokens);
  return {
    title: `Tokens created, transported and applied by ${body.query.by.join(', ')}, ${periodText(body.query)} (${body.query.tz})`,
    columns: columns.map(({ column: each }) => each),
    rows: (listed.length === 0 ? lines : listed).map((line) => columns.map(({ cell }) => cell(line))),
    exported: lines.filter(({ isSum }) => !isSum).map((line) => columns.map(({ cell, exact = cell }) => exact(line))),
    totals: null,
    above: flowNotesAbove(body),
    below: [...(listed.length === 0 ? [] : unlistedNote(lines, body)), ...flowNotesBelow(body)],
  };
}

/** What has no tokens at any stage would be three lines of nothing. */
function unlistedNote(lines: readonly FlowLine[], { query: { by } }: FlowBody): string[] {
  const unlisted = lines.filter(({ hasTokens, isSum }) => !hasTokens && !isSum);
  const names = [...new Set(unlisted.map((line) => line[by[0]!]))];
  return names.length === 0 ? [] : [`without tokens, and only in sums, JSON and CSV: ${names.join(', ')}`];
}

const BAR_WIDTH = 12;

const columnsOf = (body: FlowBody, hasBars: boolean): LineColumn[] => [
  ...body.query.by.map((key) => ({ column: column(key, key, 'text'), cell: (line: FlowLine) => line[key] })),
  { column: column('stage', 'stage', 'text'), cell: ({ stage }) => stage },
  tokenColumn('tokens', 'tokens', 'total', 'always'),
  ...(hasBars
    ? [
        {
          column: { ...column('bar', '', 'spark', 'wide'), align: 'left' as const },
          cell: ({ figures, largest }: FlowLine) => barText(figures?.tokens.total ?? 0n, largest, BAR_WIDTH),
        },
      ]
    : []),
  { column: column('change', 'from the stage before', 'text'), cell: changeText, exact: changeWord },
  ...currenciesOf(body).map((currency) => ({
    column: column(`cost_${currency}`, `cost ${currency}`, 'price'),
    cell: ({ figures }: FlowLine) => (figures === null ? null : picoOf(figures.cost, currency)),
  })),
  tokenColumn('input_tokens', 'input', 'input', 'wide'),
  tokenColumn('cached_input_tokens', 'cached input', 'cacheRead', 'wide'),
  tokenColumn('output_tokens', 'output', 'output', 'wide'),
  tokenColumn('reasoning_tokens', 'reasoning', 'reasoning', 'wide'),
  tokenColumn('cache_write_tokens', 'cache write', 'cacheWrite', 'wide'),
  { column: column('requests', 'requests', 'count', 'wide'), cell: ({ figures }) => figures?.requests ?? null },
  ...DIFFERENCES,
];

const tokenColumn = (key: string, title: string, of: keyof FlowTokens | 'total', show: Column['show']): LineColumn => ({
  column: column(key, title, 'count', show),
  cell: ({ figures }) => figures?.tokens[of] ?? null,
});

const compared = ({ difference }: FlowLine) => difference?.compared ?? null;

const DIFFERENCES: readonly LineColumn[] = [
  { column: column('compared_days', 'days compared', 'count', 'wide'), cell: (line) => compared(line)?.days ?? null },
  {
    column: column('not_compared_before', 'not compared before', 'count', 'wide'),
    cell: ({ difference }) => difference?.notCompared.before ?? null,
  },
  {
    column: column('not_compared', 'not compared here', 'count', 'wide'),
    cell: ({ difference }) => difference?.notCompared.after ?? null,
  },
  { column: column('compared_before', '', 'count', 'export'), cell: (line) => compared(line)?.before.total ?? null },
  { column: column('compared', '', 'count', 'export'), cell: (line) => compared(line)?.after.total ?? null },
  { column: column('difference', '', 'count', 'export'), cell: (line) => compared(line)?.change.total?.tokens ?? null },
  {
    column: column('difference_percent', '', 'decimal', 'export'),
    cell: (line) => compared(line)?.change.total?.percent ?? null,
  },
];

/** What became of the tokens of the stage before, in words: a number alone would not say which way. */
function changeText(line: FlowLine): string {
  const change = compared(line)?.change.total ?? null;
  if (line.figures === null || change === null || change.is === 'same')
    return changeWord(line).replace('same', 'the same');
  const percent = change.percent === null ? '' : ` (${separated(change.percent)}%)`;
  const tokens = separated(`${change.tokens}`);
  return change.is === 'lost' ? `lost ${tokens}${percent}` : `${tokens} more${percent}`;
}

function changeWord(line: FlowLine): string {
  if (line.figures === null) return 'not recorded';
  if (line.difference === null) return '';
  return compared(line)?.change.total?.is ?? 'not compared';
}

const currenciesOf = ({ totals }: FlowBody): string[] =>
  [...new Set(Object.values(totals.overall.stages).flatMap((stage) => Object.keys(stage?.cost ?? {})))].sort();

import { describe, expect, test } from 'vitest';
import { renderCsv } from '../../src/render/csv.js';
import { renderJson } from '../../src/render/json.js';
import { renderMarkdown } from '../../src/render/markdown.js';
import { periodText } from '../../src/render/period-text.js';
import { printSheet } from '../../src/render/printed-sheet.js';
import { reportSheet } from '../../src/render/report-sheet.js';
import { sparkText } from '../../src/render/spark.js';
import { renderTable } from '../../src/render/table.js';
import { breakdown } from '../../src/report/breakdown.js';
import { periodFrom } from '../../src/report/period.js';
import { APP, BILL, cell, METER, NO_SUMS, ONE, present, query } from '../report/cells.js';

const window = periodFrom({ period: '2026-10' }, { now: 0, timeZone: 'Asia/Shanghai' });
const tokens = (input: bigint, cacheRead: bigint, output: bigint) => ({ ...NO_SUMS, input, cacheRead, output });
const billed = (currency: string, pico: bigint) => ({ currency, pico, kind: 'billed' as const });

/** A month with a meter, a bill and an application's log of one account, and an account of its own. */
const body = breakdown({
  query: query({ window, by: ['unit', 'model'] }),
  presence: [
    present({ recording: METER, tokens: 1_605_000n }),
    present({ recording: APP, tokens: 1_600_000n, cost: { USD: 2n * ONE } }),
    present({ recording: BILL, tokens: 0n, billedEvents: 2n, cost: { USD: 3n * ONE } }),
    present({ recording: { ...APP, account: 'openai' }, tokens: 7000n, grain: 'day', events: 2n, foreignBuckets: 2n }),
  ],
  cells: [
    cell({
      recording: METER,
      values: ['wukong', 'qwen3-max'],
      requests: 1200n,
      tokens: tokens(1_000_000n, 400_000n, 200_000n),
    }),
    cell({
      recording: METER,
      values: [null, 'qwen-plus'],
      requests: 3n,
      tokens: tokens(4000n, 0n, 1000n),
      unassignedEvents: 3n,
      unassignedTokens: 5000n,
    }),
    cell({ recording: BILL, values: ['wukong', 'qwen3-max'], cost: billed('USD', (10n * ONE) / 3n) }),
    cell({ recording: BILL, values: [null, 'qwen-plus'], cost: billed('USD', ONE / 300n) }),
    cell({
      recording: { ...APP, account: 'openai' },
      grain: 'day',
      values: ['qianwen', 'home|made\u001b[2J'],
      events: 2n,
      usedEvents: 2n,
      requests: 2n,
      tokens: { ...NO_SUMS, input: 6000n, output: 1000n },
    }),
  ],
  prices: [{ name: 'alibaba', asOf: '2026-09-01' }],
  incomplete: [{ import: 2, path: 'logs/app.jsonl', rejected: 4, from: window.from, to: window.to }],
  straddling: [{ day: '2026-09-30', grain: 'day', events: 1n, tokens: 500n, cost: {} }],
  warnings: ['the unit rules of the config changed'],
});
const sheet = reportSheet(body);

describe('a report', () => {
  test('as a table on a wide page', async () => {
    await expect(await renderTable(sheet, { columns: null, color: 0 })).toMatchFileSnapshot(
      '../golden/report.table.txt',
    );
  });

  test('as a table on 80 columns, with no line of the table longer', async () => {
    const table = await renderTable(sheet, { columns: 80, color: 0 });
    await expect(table).toMatchFileSnapshot('../golden/report.table-80.txt');
    const lines = table.split('\n\n')[1]!.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('as CSV', async () => {
    await expect(renderCsv(sheet)).toMatchFileSnapshot('../golden/report.csv');
  });

  test('as Markdown', async () => {
    await expect(renderMarkdown(sheet)).toMatchFileSnapshot('../golden/report.md');
  });

  test('as JSON', async () => {
    await expect(renderJson(body)).toMatchFileSnapshot('../golden/report.json');
  });

  test('that is empty says so in figures', async () => {
    const empty = breakdown({
      query: query({}),
      cells: [],
      presence: [],
      prices: [],
      incomplete: [],
      straddling: [],
      warnings: [],
    });
    const table = await renderTable(reportSheet(empty), { columns: 80, color: 0 });
    expect(table).toContain('all recorded time');
    expect(table).toContain('unassigned: none\nunpriced: none');
  });

  test('names what was left out and why, and usage whose bill is not split', () => {
    const part = (tokens: bigint, pico: bigint) => ({ tokens, cost: { USD: pico } });
    const views = breakdown({
      query: query({}),
      cells: [
        cell({ recording: METER, values: ['wukong'], tokens: tokens(100n, 0n, 20n) }),
        cell({ recording: BILL, values: [null], usedEvents: 0n, cost: billed('USD', 3n * ONE) }),
      ],
      presence: [
        present({ recording: METER, ...part(120n, ONE) }),
        present({ recording: METER, grain: 'day', ...part(110n, ONE) }),
        present({ recording: BILL, billedEvents: 1n, ...part(0n, 3n * ONE) }),
        present({ recording: APP, ...part(90n, 2n * ONE) }),
        present({ recording: APP, day: '2026-10-06', ...part(7n, ONE), twins: { events: 1n, ...part(5n, ONE) } }),
      ],
      prices: [],
      incomplete: [],
      straddling: [],
      warnings: [],
    });
    const { above, below } = reportSheet(views);
    expect(above.filter((note) => note.startsWith('left out'))).toEqual([
      'left out: app openai of account alibaba on 1 of its 2 days (90 tokens, 2.00 USD), another view of the same tokens',
      'left out: 1 request of app openai of account alibaba (5 tokens, 1.00 USD), read from another source that recorded them, too',
      'left out: buckets of meter dashscope of account alibaba on 1 day (110 tokens, 1.00 USD), of which finer records are read',
    ]);
    expect(reportSheet(views).columns.find(({ key }) => key === 'unpriced_events')?.show).toBe('wide');
    expect(below).toContain('unpriced: none');
    expect(below).toContain(
      'not split: 1 event, 120 tokens on 1 day, unpriced in its line: the cost is on a bill that does not say what part of it is for this line',
    );
  });

  test('tells what a plan covered, what of the cost is no usage, and what it is compared with', async () => {
    const facts = {
      query: query({ window, filters: [{ field: 'project', op: '!=', values: [null] }] }),
      cells: [
        cell({ recording: BILL, values: ['a'], usedEvents: 0n, cost: billed('USD', ONE / 2n), charge: 'tax' }),
        cell({ recording: BILL, values: ['a'], planEvents: 2n, planTokens: 1200n, cost: billed('USD', 3n * ONE) }),
      ],
      presence: [
        present({ recording: BILL, billedEvents: 1n }),
        present({ recording: BILL, billedEvents: 1n, charge: 'tax' }),
      ],
      prices: [],
      incomplete: [],
      straddling: [],
      warnings: [],
      before: {
        window: periodFrom({ period: '2026-09' }, { now: 0, timeZone: 'Asia/Shanghai' }),
        cells: [cell({ day: '2026-09-01', values: ['a'], tokens: tokens(10n, 0n, 0n) })],
        presence: [present({ day: '2026-09-01' })],
      },
    };
    const told = breakdown(facts);
    const { above, below, columns } = reportSheet(told);
    expect(above).toContain('charges: beside usage the cost holds tax 0.50 USD');
    expect(above).toContain('only where: project!=(none)');
    expect(above).toContain('compared with: 2026-09-01 to 2026-09-30');
    expect(below).toContain('unpriced: none; covered by a plan: 2 events, 1,200 tokens');
    expect(below).toContain('unpriced before: 1 event, 10 tokens, not in the cost compared with');
    expect(columns.map(({ key }) => key)).toEqual(expect.arrayContaining(['charge_tax_USD', 'covered_tokens']));
    expect(renderCsv(reportSheet(told)).split('\n')[1]).toContain(',0.5,'); // the tax, exact
  });

  test('prints changes with their sign and leaves words as they are', () => {
    const column = { key: 'p', title: 'p', align: 'right', kind: 'percent', show: 'always' } as const;
    const sheet = { title: null, columns: [column], totals: null, above: [], below: [] };
    const rows = ['1234.5', '-3.0', '0.0', 'new', null].map((text) => [text]);
    expect(printSheet({ ...sheet, rows }).rows.flat()).toEqual(['+1,234.5%', '-3.0%', '0.0%', 'new', '-']);
  });

  test('draws tokens of days as blocks of eight heights', () => {
    // 8 levels up to 16: 1 to 2 the lowest, 15 to 16 the highest
    expect(sparkText([0n, 1n, 2n, 3n, 8n, 15n, 16n, null])).toBe('▁▁▁▂▄██·');
    expect(sparkText([0n, null])).toBe('▁·');
    expect(sparkText([10n ** 30n, 1n])).toBe('█▁');
  });

  test('of more money than an event can cost is printed all the same', async () => {
    const rich = { cells: [cell({ values: ['a'], cost: billed('CNY', 10n ** 24n) })], presence: [present({})] };
    const huge = breakdown({ query: query({}), prices: [], incomplete: [], straddling: [], warnings: [], ...rich });
    expect(await renderTable(reportSheet(huge), { columns: null, color: 0 })).toContain('1,000,000,000,000.00');
  });
});

test.each([
  [null, null, 'all recorded time'],
  ['2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z', '2026-10-01 to 2026-10-31'],
  ['2026-10-05T00:00:00Z', '2026-10-06T00:00:00Z', '2026-10-05'],
  ['2026-10-05T08:30:00Z', null, 'from 2026-10-05 08:30:00'],
  [null, '2026-11-01T00:00:00Z', 'until 2026-10-31'],
  ['2026-10-05T00:00:00Z', '2026-10-05T12:00:00Z', '2026-10-05 to before 2026-10-05 12:00:00'],
])('the window %s - %s reads "%s"', (from, to, expected) => {
  expect(periodText({ from, to, tz: 'UTC' })).toBe(expected);
});

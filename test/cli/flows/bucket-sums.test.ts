import { expect, test } from 'vitest';
import { scene } from '../scene.js';

const COLUMNS = 'date,model,input,output,user';
const csv = (...rows: readonly string[]) => `${[COLUMNS, ...rows].join('\n').replace('date', 'ts')}\n`;

test('a daily bucket exported again when it has grown is updated, not added', async () => {
  const { json } = scene({
    'noon.csv': csv('2026-10-01,gpt-4o,100,10,li'),
    'evening.csv': csv('2026-10-01,gpt-4o,150,15,li'),
  });
  await json('import', 'noon.csv', '--role', 'meter');
  const body = await json('import', 'evening.csv', '--role', 'meter');
  expect(body.files[0]).toMatchObject({ read: 1, added: 0, updated: 1 });
  const { totals } = await json('report', '--by', 'model');
  expect([totals.requests, totals.tokens.total]).toEqual([0, 165]); // how many requests is not said; 150 + 15
});

test('rows of one bucket in one file are summed, wherever they stand', async () => {
  const other = Array.from({ length: 3000 }, (_, index) => `2026-10-01,gpt-4o,1,0,u${index}`);
  const { json } = scene({
    'a.csv': csv('2026-10-01,gpt-4o,100,10,li', ...other, '2026-10-01,gpt-4o,50,5,li'),
    'b.csv': csv('2026-10-01,gpt-4o,120,12,li'),
  });
  const first = await json('import', 'a.csv', '--role', 'meter');
  expect(first.files[0]).toMatchObject({ read: 3002, added: 3001, updated: 0, rejected: 0 });
  expect((await json('report', '--by', 'model')).totals.tokens.total).toBe(3165); // 110 + 55 + 3000
  // The larger wins across files: li's 120 + 12 is less than 165.
  expect((await json('import', 'b.csv', '--role', 'meter')).files[0]).toMatchObject({ duplicate: 1, updated: 0 });
  expect((await json('report', '--by', 'model')).totals.tokens.total).toBe(3165);
});

test('a row that takes its bucket past 2^53 - 1 is rejected at its line, the rows before it stay', async () => {
  const { tokenhub, json } = scene({
    'a.csv': csv('2026-10-01,gpt-4o,9007199254740991,,li', '2026-10-01,gpt-4o,1,,li'),
  });
  const { stderr, exitCode } = await tokenhub('import', 'a.csv');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('a.csv:3: input_tokens:');
  expect((await json('report', '--by', 'model')).totals.tokens.input).toBe(9007199254740991);
});

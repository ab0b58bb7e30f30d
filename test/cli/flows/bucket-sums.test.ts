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

test('tokens of an unknown number of requests beside one request are not those of one', async () => {
  const columns = 'ts,model,input,output,user,requests';
  const rows = (...all: readonly string[]) => `${[columns, ...all].join('\n')}\n`;
  const one = '2026-10-01,qwen3-max,100000,1000,li,1';
  const { json } = scene({
    'one.csv': rows(one),
    'more.csv': rows(one, '2026-10-01,qwen3-max,100000,1000,li,'),
    'none.csv': rows('2026-10-01,qwen3-max,0,0,li,1', '2026-10-01,qwen3-max,100000,1000,li,'),
    'two.csv': rows(one, one),
  });
  const requestsOf = async (file: string) => {
    await json('import', file, '--ledger', `${file}.db`);
    return (await json('report', '--by', 'model', '--ledger', `${file}.db`)).totals.requests;
  };
  expect(await requestsOf('one.csv')).toBe(1);
  expect(await requestsOf('more.csv')).toBe(0);
  expect(await requestsOf('none.csv')).toBe(0);
  expect(await requestsOf('two.csv')).toBe(2);
});

test('a daily bucket exported again without its number of requests has not shrunk', async () => {
  const { json } = scene({
    'a.csv': 'ts,model,input,requests\n2026-10-01,gpt-4o,100,5\n',
    'b.csv': 'ts,model,input\n2026-10-01,gpt-4o,100\n',
    'c.csv': 'ts,model,input,requests\n2026-10-01,gpt-4o,100,4\n',
  });
  const shrunk = async (file: string) => (await json('import', file, '--role', 'meter')).files[0].shrunk;
  expect([await shrunk('a.csv'), await shrunk('b.csv'), await shrunk('c.csv')]).toEqual([0, 0, 1]);
});

test('a day without requests and tokens is no usage; one with tokens of no requests is a bad row', async () => {
  const { json, tokenhub } = scene({
    'a.csv': 'ts,model,input,requests\n2026-10-01,gpt-4o,0,0\n2026-10-02,gpt-4o,100,5\n',
    'b.csv': 'ts,model,input,requests\n2026-10-03,gpt-4o,7,0\n',
  });
  expect((await json('import', 'a.csv')).files[0]).toMatchObject({ read: 2, added: 1, skipped: 1, rejected: 0 });
  const { stderr } = await tokenhub('import', 'b.csv');
  expect(stderr).toContain('b.csv:2: requests: "0" are no requests; leave it empty for one call, or in a daily row');
});

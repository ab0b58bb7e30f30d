import { expect, test } from 'vitest';
import { scene } from '../scene.js';

test('a log that names its region and a meter that does not are views of one account', async () => {
  const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
  const call = { timestamp: '2026-10-05T08:00:00Z', region: 'cn-beijing', id: 'r1', model: 'qwen-plus', usage };
  const { json } = scene({
    'app.jsonl': JSON.stringify(call),
    'meter.csv': 'ts,request_id,model,input,output\n2026-10-05T08:00:00Z,r1,qwen-plus,100,20\n',
  });
  expect((await json('import', 'app.jsonl')).files[0].account).toBe('alibaba');
  await json('import', 'meter.csv', '--role', 'meter');
  expect((await json('report', '--by', 'model')).totals.tokens.total).toBe(120); // 100 + 20, once
});

test('a file that is not UTF-8 is imported with a warning', async () => {
  const gbk = Buffer.concat([
    Buffer.from('ts,model,input,user\n2026-10-05,m,1,'),
    Buffer.from([0xd3, 0xc3]),
    Buffer.from('\n'),
  ]);
  const { stderr, exitCode } = await scene({ 'a.csv': gbk }).tokenhub('import', 'a.csv');
  expect(exitCode).toBe(0);
  expect(stderr).toContain('a.csv: is not UTF-8: invalid bytes became U+FFFD');
});

test('keys of JSON lines that are not read are named', async () => {
  const { stderr } = await scene({
    'a.jsonl': '{"ts":"2026-10-05T08:00:00Z","model":"m","input":1,"cost_usd":0.1}\n',
  }).tokenhub('import', 'a.jsonl');
  expect(stderr).toContain('cost_usd');
});

test('a cost in JSON lines is kept to its last digit, as in CSV', async () => {
  const cost = '0.123456789012345678901234';
  const { json } = scene({
    'a.jsonl': `{"ts":"2026-10-05T08:00:00Z","request_id":"a","model":"m","input":1,"cost":${cost},"currency":"USD"}\n`,
    'b.csv': `ts,request_id,model,input,cost,currency\n2026-10-05T08:00:00Z,a,m,1,${cost},USD\n`,
  });
  await json('import', 'a.jsonl', '--role', 'bill');
  expect((await json('import', 'b.csv', '--role', 'bill')).files[0]).toMatchObject({
    added: 0,
    duplicate: 1,
    updated: 0,
  });
});

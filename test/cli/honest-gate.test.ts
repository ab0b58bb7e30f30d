import { describe, expect, test } from 'vitest';
import { scene } from './scene.js';

const CALLS = `timestamp,request_id,model,input_tokens,output_tokens,unit
2026-10-05T00:00:00Z,a,gpt-4o,100,10,chat
2026-10-05T00:01:00Z,b,gpt-4o,30,3,
`;

describe('check', () => {
  test('does not pass over a file that is named and gone, beside one that is there', async () => {
    const { json } = scene({
      'a.md': 'hello world',
      'tokenhub.config.yaml': 'budgets: [{ name: p, paths: [a.md, gone.md], max: 1k tokens }]\n',
    });
    const { verdicts, passed } = await json('check');
    expect(passed).toBe(false);
    expect(verdicts.map(({ path, level, code }: Record<string, string>) => [path, level, code])).toEqual([
      ['a.md', 'ok', 'TH000'],
      ['gone.md', 'unknown', 'TH005'],
    ]);
  });

  test('can judge what no rule assigns', async () => {
    const { tokenhub, json } = scene({
      'calls.csv': CALLS,
      'tokenhub.config.yaml':
        'units: { chat: {} }\nbudgets: [{ name: rest, unit: (unassigned), period: month, max: 32 tokens }]\n',
    });
    await tokenhub('import', 'calls.csv');
    const { verdicts } = await json('check', '--at', '2026-10-31');
    expect(verdicts[0]).toMatchObject({ level: 'error', measured: 33, limit: 32 }); // 30 + 3
  });
});

describe('count', () => {
  test('of a file that is named and cannot be counted exits 2, and of one met on the way 0', async () => {
    const { tokenhub } = scene({ 'd/a.md': 'hello world', 'd/b.bin': 'a\0b' });
    const named = await tokenhub('count', 'd/b.bin', '--total-only');
    expect([named.exitCode, named.stdout]).toEqual([2, '0\n']);
    expect(named.stderr).toContain('d/b.bin: skipped, binary');
    const met = await tokenhub('count', 'd', '--total-only');
    expect([met.exitCode, met.stdout]).toEqual([0, '2\n']);
  });
});

describe('import', () => {
  test('says so when no record of a file holds usage', async () => {
    const { tokenhub } = scene({ 'log.jsonl': '{"type":"user","message":{}}\n{"type":"user","message":{}}\n' });
    const { exitCode, stderr } = await tokenhub('import', 'log.jsonl', '--source', 'claude-code');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('log.jsonl: none of its 2 records holds usage; is claude-code its source?');
  });
});

describe('report', () => {
  test('of a model nobody recorded names the one that was meant', async () => {
    const { tokenhub } = scene({ 'calls.csv': CALLS });
    await tokenhub('import', 'calls.csv');
    const { stderr } = await tokenhub('report', '--model', 'gpt-40');
    expect(stderr).toContain('no usage of model "gpt-40" was ever recorded; did you mean gpt-4o?');
  });
});

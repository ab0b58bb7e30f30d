import { expect, test } from 'vitest';
import { scene } from './scene.js';

/** What an engine serves at /metrics. `cached` is part of `prompt`. */
const metrics = ({ prompt, cached, output, requests }: Record<'prompt' | 'cached' | 'output' | 'requests', number>) => `
# TYPE vllm:prompt_tokens_total counter
vllm:prompt_tokens_total{engine="0",model_name="Qwen/Qwen3-32B"} ${prompt}.0
vllm:prompt_tokens_cached_total{engine="0",model_name="Qwen/Qwen3-32B"} ${cached}.0
vllm:generation_tokens_total{engine="0",model_name="Qwen/Qwen3-32B"} ${output}.0
vllm:request_success_total{engine="0",finished_reason="stop",model_name="Qwen/Qwen3-32B"} ${requests}.0
`;

/** 200,000 of prompt, 90,000 of them cached, and 42,500 generated from 8 to 9; before 10 the engine began anew. */
const FILES = {
  't0.prom': metrics({ prompt: 1_000_000, cached: 300_000, output: 100_000, requests: 700 }),
  't1.prom': metrics({ prompt: 1_200_000, cached: 390_000, output: 142_500, requests: 850 }),
  't2.prom': metrics({ prompt: 50_000, cached: 10_000, output: 5_000, requests: 30 }),
};
const TIMES: Readonly<Record<string, string>> = {
  't0.prom': '2026-10-05T08:00:00Z',
  't1.prom': '2026-10-05T09:00:00Z',
  't2.prom': '2026-10-05T10:00:00Z',
};

async function importing(names: readonly string[]) {
  const at = scene(FILES);
  for (const name of names) expect((await at.tokenhub('import', name, '--at', TIMES[name]!)).exitCode).toBe(0);
  return at;
}

const usageIn = async ({ json }: ReturnType<typeof scene>) => {
  const { requests, tokens } = (await json('report')).totals;
  return { requests, ...tokens };
};

/** 110,000 + 40,000 fresh, 90,000 + 10,000 cached, 42,500 + 5,000 generated; 150 + 30 requests. */
const ALL = { requests: 180, input: 150_000, cacheRead: 100_000, output: 47_500, total: 297_500 };

test.each([
  [['t0.prom', 't1.prom', 't2.prom']],
  [['t0.prom', 't2.prom', 't1.prom']],
  [['t1.prom', 't0.prom', 't2.prom']],
  [['t1.prom', 't2.prom', 't0.prom']],
  [['t2.prom', 't0.prom', 't1.prom']],
  [['t2.prom', 't1.prom', 't0.prom']],
])('usage is what a meter counted between readings, imported in the order %j', async (names) => {
  expect(await usageIn(await importing(names))).toMatchObject(ALL);
});

test('one reading is no usage', async () => {
  const { json, tokenhub } = await importing(['t0.prom']);
  expect((await json('report')).rows).toEqual([]);
  expect((await json('imports')).imports).toMatchObject([{ added: 1, duplicate: 0, from: '2026-10-05T08:00:00.000Z' }]);
  expect((await tokenhub('imports', 'undo', '1')).exitCode).toBe(0);
});

test('taking the middle reading back leaves what the two around it tell, and importing it again the whole', async () => {
  const at = await importing(['t0.prom', 't1.prom', 't2.prom']);
  expect(await at.json('imports', 'undo', '2')).toMatchObject({ removed: 2, restored: 1 });
  // The engine began anew between them: all the later one counted, and nothing else, is known.
  expect(await usageIn(at)).toMatchObject({ requests: 30, input: 40_000, cacheRead: 10_000, output: 5_000 });
  await at.tokenhub('import', 't1.prom', '--at', TIMES['t1.prom']!);
  expect(await usageIn(at)).toMatchObject(ALL);
});

test('the same reading in another file counts once, and stays when one of them is taken back', async () => {
  const at = scene({ ...FILES, 'copy.prom': `${FILES['t1.prom']}# saved again\n` });
  for (const name of ['t0.prom', 't1.prom']) await at.tokenhub('import', name, '--at', TIMES[name]!);
  const usage = await usageIn(at);
  expect((await at.json('import', 'copy.prom', '--at', TIMES['t1.prom']!)).files[0]).toMatchObject({ duplicate: 1 });
  expect(await usageIn(at)).toEqual(usage);
  expect(await at.json('imports', 'undo', '2')).toMatchObject({ removed: 0, restored: 0 });
  expect(await usageIn(at)).toEqual(usage);
});

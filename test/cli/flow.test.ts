import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Body, fixture, scene, sharedScene } from './scene.js';

/** What an engine serves at /metrics; `cached` is part of `prompt`. */
const metrics = (prompt: number, cached: number, output: number, requests: number) => `
# TYPE vllm:prompt_tokens_total counter
vllm:prompt_tokens_total{engine="0",model_name="Qwen/Qwen3-32B"} ${prompt}.0
vllm:prompt_tokens_cached_total{engine="0",model_name="Qwen/Qwen3-32B"} ${cached}.0
vllm:generation_tokens_total{engine="0",model_name="Qwen/Qwen3-32B"} ${output}.0
vllm:request_success_total{engine="0",finished_reason="stop",model_name="Qwen/Qwen3-32B"} ${requests}.0
`;

const HEADER = 'timestamp,request_id,model,provider,input_tokens,cached_input_tokens,output_tokens,unit';
const gateway = [
  HEADER,
  '2026-10-01T08:10:00Z,g-1,qwen3-32b,alibaba,190000,80000,42000,wukong',
  '2026-10-02T08:10:00Z,g-2,qwen3-32b,alibaba,1000,,100,wukong',
].join('\n');
const app = [HEADER, '2026-10-01T08:11:00Z,a-1,qwen3-32b,alibaba,190000,,40000,wukong'].join('\n');

const CONFIG = 'models: { qwen3-32b: [Qwen/Qwen3-32B] }\nunits: { wukong: {} }\n';

async function filled(config = CONFIG) {
  const at = scene({
    ...{ 't0.prom': metrics(1_000_000, 300_000, 100_000, 700), 't1.prom': metrics(1_200_000, 390_000, 142_500, 850) },
    ...{
      't2.prom': metrics(50_000, 10_000, 5000, 30),
      'gateway.csv': gateway,
      'app.csv': app,
      'tokenhub.config.yaml': config,
    },
  });
  await at.tokenhub('import', 't0.prom', '--at', '2026-10-01T08:00:00Z');
  await at.tokenhub('import', 't1.prom', '--at', '2026-10-01T09:00:00Z');
  await at.tokenhub('import', 'gateway.csv', '--role', 'gateway');
  await at.tokenhub('import', 'app.csv');
  return at;
}

describe('flow', () => {
  test('follows the tokens of a model through the stages, by the names each has', async () => {
    const body = await (await filled()).json('flow', '--period', '2026-10', '--by', 'model');
    expect(body).toMatchObject({ schema: 'tokenhub.flow/v1', query: { by: ['model'] } });
    const [row, ...others] = body.rows;
    expect(others).toEqual([]);
    expect(row.model).toBe('qwen3-32b');
    // 200,000 of prompt with 90,000 cached, and 42,500 generated
    expect(row.stages.create.tokens).toMatchObject({
      input: 110_000,
      cacheRead: 90_000,
      output: 42_500,
      total: 242_500,
    });
    expect(row.stages.transport.tokens).toMatchObject({ cacheRead: 80_000, total: 233_100 }); // 232,000 + 1,100
    expect(row.stages.apply.tokens).toMatchObject({ input: 190_000, cacheRead: null, total: 230_000 });
    const { createToTransport, transportToApply } = row.differences;
    // 242,500 - 232,000 = 10,500 of day 1, which is 4.33 %; day 2 has no engine
    expect(createToTransport.compared.change.total).toEqual({ tokens: 10_500, percent: '4.3', is: 'lost' });
    expect(createToTransport.notCompared).toEqual({ before: 0, after: 1100 });
    expect(transportToApply.compared.change.total).toEqual({ tokens: 2000, percent: '0.9', is: 'lost' }); // of 232,000
    expect(body.coverage).toMatchObject({
      days: 31,
      stages: {
        create: { days: 1 },
        transport: { days: 2, gaps: [{ from: '2026-10-03', to: '2026-10-31', days: 29 }] },
      },
    });
  });

  test('an engine knows no units: what it created is not recorded of a unit', async () => {
    const { rows } = await (await filled()).json('flow', '--by', 'unit');
    expect(rows.map(({ unit, stages }: Body) => [unit, stages.create === null])).toEqual([
      ['(unassigned)', false],
      ['wukong', true],
    ]);
  });

  test('--model takes any name of the model; names that look alike and are not linked are said', async () => {
    const asked = await (await filled()).json('flow', '--by', 'model', '--model', 'Qwen/Qwen3-32B');
    expect(asked.rows[0].stages.transport.tokens.total).toBe(233_100);
    const apart = await (await filled('units: { wukong: {} }\n')).json('flow', '--by', 'model');
    expect(apart.rows.map(({ model }: Body) => model)).toEqual(['Qwen/Qwen3-32B', 'qwen3-32b']);
    expect(apart.warnings.join()).toContain('models: { "qwen3-32b": ["Qwen/Qwen3-32B"] }');
  });

  test('prints words where nothing is recorded, and bars on a terminal', async () => {
    const at = await filled();
    const { stdout } = await at.tokenhub('flow');
    expect(stdout).toContain('lost 10,500 (4.3%)');
    expect(stdout).toMatch(/wukong +create +- +not recorded/);
    expect(stdout).not.toContain('█');
    const { run } = await import('./memory-io.js');
    expect((await run(['flow'], { cwd: at.folder, columns: 120 })).stdout).toContain('████████████');
  });

  test('writes CSV of every stage without sums, Markdown with its diagram, and Mermaid by the name of a file', async () => {
    const at = await filled();
    const { stdout } = await at.tokenhub('flow', '--format', 'csv');
    const [, ...lines] = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(6); // two rows of three stages
    expect((await at.tokenhub('flow', '--format', 'markdown')).stdout).toMatch(
      /```mermaid\nsankey-beta\n\n[^`]*\n```\n$/,
    );
    expect((await at.tokenhub('flow', '-o', 'flow.mmd')).stdout).toBe('');
    expect(readFileSync(at.path('flow.mmd'), 'utf8')).toContain('"created: qwen3-32b","transported: qwen3-32b",232000');
    expect((await at.tokenhub('report', '-o', 'report.mmd')).stderr).toContain('cannot be told from its name');
    expect(existsSync(at.path('report.mmd'))).toBe(false);
  });

  test('lists what has no tokens at any stage in CSV and JSON alone, and says so', async () => {
    const at = await filled();
    const image = {
      timestamp: '2026-10-01T08:00:00Z',
      request_id: 'i-1',
      model: 'qwen-image',
      output: {},
      usage: { image_count: 2 },
    };
    writeFileSync(at.path('images.jsonl'), `${JSON.stringify(image)}\n`);
    await at.tokenhub('import', 'images.jsonl');
    const { stdout } = await at.tokenhub('flow');
    expect(stdout).toContain('without tokens, and only in sums, JSON and CSV: qwen-image\n');
    expect(stdout.match(/qwen-image/g)).toHaveLength(1);
    expect((await at.tokenhub('flow', '--format', 'csv')).stdout).toContain('qwen-image');
    expect((await at.tokenhub('flow', '--model', 'qwen-image')).stdout).toMatch(/^qwen-image +\S+ +apply/m); // nothing else to list
  });

  test('of a single stage says so, and of an empty ledger, and both are no failure', async () => {
    const at = scene({ 'app.csv': app });
    await at.tokenhub('import', 'app.csv');
    const { exitCode, stdout } = await at.tokenhub('flow');
    expect([exitCode, stdout.includes('apply is the only stage recorded')]).toEqual([0, true]);
    const empty = await at.tokenhub('flow', '--period', '2025-01', '--format', 'mermaid');
    expect(empty).toMatchObject({ exitCode: 0, stdout: 'sankey-beta\n\n"nothing","recorded",0\n' });
    expect(empty.stderr).toContain('no usage matches');
  });

  test.each([
    [['--by', 'agent'], 'is no dimension of a flow'],
    [['--top', '3'], 'is of agents'],
    [['--agents', '--by', 'unit'], '--agents'],
    [['--agents', '--format', 'mermaid'], 'is no output format'],
    [['--cost', 'all'], '--cost'],
    [['--period', '2026-13'], '2026-13'],
  ])('%j is refused', async (flags, message) => {
    const { exitCode, stderr } = await (await filled()).tokenhub('flow', ...flags);
    expect([exitCode, stderr.includes(message)]).toEqual([2, true]);
  });

  test('says that a counter began anew', async () => {
    const at = await filled();
    await at.tokenhub('import', 't2.prom', '--at', '2026-10-01T10:00:00Z');
    expect((await at.json('flow')).coverage.stages.create.restarts).toBe(1);
    expect((await at.tokenhub('flow')).stdout).toContain('1 restart of counters');
  });
});

describe('flow --agents', () => {
  const at = sharedScene({
    'otel.json': fixture('usage/otel.json'),
    'app.csv': [
      'timestamp,request_id,model,provider,input_tokens,output_tokens,agent,session',
      '2026-10-05T08:00:00Z,r-1,qwen3-max,alibaba,100,0,writer,s-1',
      '2026-10-05T08:01:00Z,r-2,qwen3-max,alibaba,100,1,writer,s-1',
      '2026-10-05T08:02:00Z,r-3,qwen3-max,alibaba,100,0,writer,s-2',
      '2026-10-05T08:03:00Z,r-4,qwen3-max,alibaba,20,0,bare,',
      '2026-10-05T08:04:00Z,r-5,qwen3-max,alibaba,7,0,,',
    ].join('\n'),
  });

  test('tells runs and tool calls of spans, else sessions, else that neither is recorded', async () => {
    for (const file of ['otel.json', 'app.csv', 'otel.json']) await at.tokenhub('import', file);
    const { rows, totals, agents } = await at.json('flow', '--agents');
    const told = rows.map(({ agent, runs, runsOf, toolCalls, tokensPerRun, tokens }: Body) => [
      ...[agent, runs, runsOf, toolCalls, tokensPerRun, tokens.total],
    ]);
    expect(told).toEqual([
      ['clerk', 1, 'spans', 1, 4230, 4230], // 3,000 + 250 and 900 + 80: the run above them repeats them
      ['writer', 2, 'sessions', null, 150, 301], // 301 / 2 = 150.5, half to even
      ['bare', null, null, null, null, 20],
      [null, null, null, null, null, 7],
    ]);
    expect(totals.tokens.total).toBe(4558); // 4,230 + 301 + 20 + 7
    expect(agents).toBe(3);
  });

  test('folds the agents beyond --top into one row, so that rows add up to the total', async () => {
    const { rows, totals } = await at.json('flow', '--agents', '--top', '1');
    expect(rows.map(({ agent, others, tokens }: Body) => [agent, others, tokens.total])).toEqual([
      ['clerk', undefined, 4230],
      [null, 2, 321], // 301 + 20
      [null, undefined, 7],
    ]);
    expect(totals.tokens.total).toBe(4558);
  });

  test('runs and tool calls are no usage: they leave events priced, and make none used', async () => {
    const { totals } = await at.json('report', '--where', 'source=otel', '--where', 'model=qwen3-max');
    expect(totals).toMatchObject({ unpriced: { events: 0 }, quantities: { agent_run: '1', tool_call: '1' } });
    expect(Object.keys(totals.cost)).toEqual(['USD']);
  });
});

const samples = resolve(import.meta.dirname, '../../../shared/samples');

test.skipIf(!existsSync(samples))(
  'the shared readings of vLLM and spans of an agent are told as they are',
  async () => {
    const at = scene();
    for (const [name, hour] of [
      ['t0', '08'],
      ['t1', '09'],
    ] as const)
      await at.tokenhub('import', `${samples}/vllm_metrics_${name}.prom`, '--at', `2026-10-01T${hour}:00:00Z`);
    const { rows } = await at.json('flow', '--by', 'model');
    expect(rows[0].stages.create.tokens).toMatchObject({ input: 110_000, cacheRead: 90_000, output: 42_500 });
    await at.tokenhub('import', `${samples}/vllm_metrics_t2_restarted.prom`, '--at', '2026-10-01T10:00:00Z');
    expect((await at.json('flow')).coverage.stages.create.restarts).toBe(1);
    await at.tokenhub('import', `${samples}/otel_genai_spans.json`);
    const { apply } = (await at.json('flow')).totals.overall.stages;
    // input 5,300 with 2,304 cached, output 430: leaves alone, not 10,500 / 840
    expect(apply.tokens).toMatchObject({ input: 2996, cacheRead: 2304, output: 430 });
  },
);

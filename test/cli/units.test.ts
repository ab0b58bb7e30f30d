import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Body, type Scene, scene } from './scene.js';

const USAGE = [
  'timestamp,request_id,model,provider,input_tokens,output_tokens,workspace,service,unit,tag:app',
  '2026-10-05T08:00:00Z,r-1,qwen-plus,alibaba,1000,100,llm-chat,,,',
  '2026-10-06T08:00:00Z,r-2,qwen-plus,alibaba,2000,200,llm-agent,,,',
  '2026-10-07T08:00:00Z,r-3,qwen-plus,alibaba,3000,300,,crm-agent,,',
  '2026-10-08T08:00:00Z,r-4,qwen-plus,alibaba,4000,400,,,stated,',
  '2026-10-09T08:00:00Z,r-5,qwen-plus,alibaba,5000,500,,,,portal',
  '',
].join('\n');

const BEFORE = `units: { chat: { name: Chat, stage: apply }, agent: {} }
rules:
  - { unit: chat, workspace: [llm-chat] }
`;
const AFTER = `units: { chat: { name: Chat, stage: apply }, agent: {} }
rules:
  - { unit: chat, workspace: [llm-chat], from: 2026-10-06 }
  - { unit: agent, workspace: ["llm-*"] }
  - { unit: agent, service: [crm-agent], tag: { app: portal } }
  - { unit: agent, service: [crm-agent] }
  - { unit: chat, tag: { app: [portal, web] } }
`;

const CONFIG = 'tokenhub.config.yaml';

/** A ledger whose events were assigned by `BEFORE`. */
async function assigned(): Promise<Scene> {
  const at = scene({ 'usage.csv': USAGE, [CONFIG]: BEFORE });
  expect((await at.tokenhub('import', 'usage.csv')).exitCode).toBe(0);
  return at;
}

/** The same with `AFTER` as its config, not yet applied. */
async function changed(): Promise<Scene> {
  const at = await assigned();
  writeFileSync(at.path(CONFIG), AFTER);
  return at;
}

async function tokensByUnit({ json }: Scene): Promise<Record<string, number>> {
  const { rows } = await json('report', '--by', 'unit');
  return Object.fromEntries(rows.map(({ unit, tokens }: Body) => [unit, tokens.total]));
}

const ASSIGNED_BEFORE = { '(unassigned)': 11_000, chat: 1100, stated: 4400 }; // r-2, r-3, r-5: 2,200 + 3,300 + 5,500
const ASSIGNED_AFTER = { agent: 6600, chat: 5500, stated: 4400 }; // agent r-1, r-2, r-3; chat r-5

test('the first import applies the rules of the config; a unit column counts where no rule matches', async () => {
  const at = await assigned();
  expect(await tokensByUnit(at)).toEqual(ASSIGNED_BEFORE);
  expect((await at.json('report', '--by', 'unit')).warnings).toEqual([]);
});

describe('units', () => {
  test('previews what the rules of the config would give, per unit and per rule', async () => {
    const body = await (await changed()).json('units');
    expect(body).toMatchObject({ schema: 'tokenhub.units/v1', applied: false, stale: true });
    expect(body.units.map(({ unit, now, after }: Body) => [unit, now.tokens, after.tokens])).toEqual([
      ['chat', 1100, 5500],
      ['agent', 0, 6600],
      ['stated', 4400, 4400],
      [null, 11_000, 0],
    ]);
    expect(body.rules.map(({ events }: Body) => events)).toEqual([0, 2, 0, 1, 1]);
    expect(body.unmatched).toEqual([1, 3]);
    expect(body.changed).toEqual({ events: 4, tokens: 12_100 }); // all but r-4
  });

  test('previews without changing a byte of the ledger', async () => {
    const at = await changed();
    const before = readFileSync(at.path('tokenhub.db'));
    const { exitCode, stdout } = await at.tokenhub('units');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('applying them would move 4 events: tokenhub units --apply');
    expect(readFileSync(at.path('tokenhub.db')).equals(before)).toBe(true);
    expect(await tokensByUnit(at)).toEqual(ASSIGNED_BEFORE);
  });

  test('--apply gives every event its unit by the rules of the config', async () => {
    const at = await changed();
    const { exitCode, stdout } = await at.tokenhub('units', '--apply');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('applied: 4 events changed unit');
    expect(await tokensByUnit(at)).toEqual(ASSIGNED_AFTER);
    expect((await at.tokenhub('units')).stdout).toContain('these rules are applied');
  });

  test('--apply never changes the totals of a report', async () => {
    const at = await changed();
    const before = (await at.json('report', '--by', 'unit')).totals;
    await at.tokenhub('units', '--apply');
    expect((await at.json('report', '--by', 'unit')).totals).toEqual(before);
  });

  test('--apply twice changes nothing the second time', async () => {
    const at = await changed();
    await at.tokenhub('units', '--apply');
    expect((await at.tokenhub('units', '--apply')).stdout).toContain('applied: 0 events changed unit');
  });

  test('names the largest origins that no rule assigns, by what a rule could test', async () => {
    const { stdout } = await (await assigned()).tokenhub('units');
    expect(stdout).toMatch(/^unassigned: .*app portal: 1 event, 5,500 tokens$/m);
    expect(stdout).toMatch(/^unassigned: .*service crm-agent: 1 event, 3,300 tokens$/m);
  });

  test('names rules that match nothing', async () => {
    const { stdout } = await (await changed()).tokenhub('units');
    expect(stdout).toContain('rule 1: chat where workspace llm-chat, from 2026-10-06: matches nothing');
  });

  test('names the rules that hide a rule, and what moves where', async () => {
    const at = await changed();
    writeFileSync(
      at.path(CONFIG),
      'units: { chat: {}, agent: {} }\nrules:\n  - { unit: agent, workspace: ["llm-*"] }\n  - { unit: chat, workspace: [llm-chat] }\n',
    );
    const { stdout } = await at.tokenhub('units');
    expect(stdout).toContain('rule 2: chat where workspace llm-chat: hidden by rule 1');
    expect(stdout).toContain('would move: chat -> agent: 1 event, 1,100 tokens');
    expect((await at.json('units')).rules[1]).toMatchObject({
      events: 0,
      matching: { events: 1 },
      hiddenBy: [1],
      coveredBy: 1,
    });
  });

  test('rules proposed for what is unassigned, pasted, assign it', async () => {
    const at = await assigned();
    const { unassigned } = await at.json('units');
    const lines = unassigned.map(({ yaml }: Body) => `  ${yaml.replace('<unit>', 'agent')}\n`);
    writeFileSync(at.path(CONFIG), `${BEFORE}${lines.join('')}`);
    expect((await at.json('units')).unassigned).toEqual([]);
  });

  test('counts views of the same tokens once', async () => {
    const at = await assigned();
    await at.tokenhub('import', 'usage.csv', '--role', 'meter');
    const { units } = await at.json('units');
    expect(units.find(({ unit }: Body) => unit === 'chat').now).toEqual({ events: 2, tokens: 1100 });
  });

  test('without rules exits 2 and shows how to write them', async () => {
    const at = scene({ 'usage.csv': USAGE });
    await at.tokenhub('import', 'usage.csv');
    const { exitCode, stderr } = await at.tokenhub('units');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('there is no config, so there are no units\n  add them to tokenhub.config.yaml:');
  });

  test('without a ledger exits 2 and creates none', async () => {
    const at = scene({ [CONFIG]: BEFORE });
    for (const flags of [[], ['--apply']]) {
      const { exitCode, stderr } = await at.tokenhub('units', ...flags);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('create one: tokenhub import');
    }
    expect(existsSync(at.path('tokenhub.db'))).toBe(false);
  });

  test.each(['csv', 'markdown', 'ndjson'])('prints %s', async (format) => {
    const { exitCode, stdout } = await (await changed()).tokenhub('units', '--format', format);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('stated');
  });
});

describe('rules that are not applied yet', () => {
  test('are warned about by report, in its JSON too, until they are', async () => {
    const at = await changed();
    const words = 'tokenhub units --apply';
    expect((await at.tokenhub('report')).stdout).toContain(words);
    expect((await at.json('report')).warnings).toEqual([expect.stringContaining(words)]);
    await at.tokenhub('units', '--apply');
    expect((await at.tokenhub('report')).stdout).not.toContain(words);
    expect((await at.json('report')).warnings).toEqual([]);
  });

  test('are not used by a later import either: the ledger goes by those applied', async () => {
    const at = await changed();
    writeFileSync(at.path('more.csv'), USAGE.replaceAll('r-', 's-'));
    await at.tokenhub('import', 'more.csv');
    expect(await tokensByUnit(at)).toEqual({ '(unassigned)': 22_000, chat: 2200, stated: 8800 });
  });
});

import { describe, expect, test } from 'vitest';
import { SOURCE_NAMES, SOURCES } from '../../src/usage/sources/all.js';
import { type Body, scene } from './scene.js';

const at = () => scene();

describe('sources', () => {
  test('lists every source that import knows, each kind of file once, by name', async () => {
    const { schema, sources } = await at().json('sources');
    expect(schema).toBe('tokenhub.sources/v1');
    expect(sources).toHaveLength(SOURCES.length);
    const names = sources.map(({ name }: Body) => name);
    expect(names).toEqual([...names].sort());
    expect(new Set(names)).toEqual(new Set(SOURCE_NAMES));
  });

  test('says of each what it reads, its role, stage, account and key, and where its format is described', async () => {
    const { sources } = await at().json('sources');
    expect(sources.find(({ name }: Body) => name === 'claude-code')).toEqual({
      name: 'claude-code',
      title: 'Claude Code session log',
      kind: 'json',
      role: 'app',
      stage: 'apply',
      account: 'claude-code',
      key: 'message.id; with requestId where the id is not in the form that Anthropic gives',
      reads: expect.arrayContaining(['sessionId', 'message.usage']),
      documentation: expect.stringMatching(/^https:/),
    });
  });

  test('prints a table with a row for each, without a ledger or a config', async () => {
    const { exitCode, stdout, stderr } = await at().tokenhub('sources');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^source +title +kind +role +stage +key +documentation *$/m);
    expect(stdout).toMatch(/^dashscope +DashScope \(Bailian\) response log +json +app +apply +request_id +https:/m);
    expect(stdout).toMatch(/^tokenhub +tokenhub's own CSV +table +app +apply/m);
  });

  test('in CSV has the account and the fields that each reads too', async () => {
    const [header, ...rows] = (await at().tokenhub('sources', '--format', 'csv')).stdout.trimEnd().split('\n');
    expect(header).toBe('source,title,kind,role,stage,key,account,reads,documentation');
    expect(rows.find((row) => row.startsWith('claude-code,'))).toMatch(/,claude-code,timestamp sessionId /);
  });

  test('leaves out the documentation where the terminal is too narrow for it', async () => {
    const { stdout } = await scene({}, { columns: 60 }).tokenhub('sources');
    expect(stdout).not.toContain('https:');
    expect(stdout).toContain('not shown at this width: documentation');
    for (const line of stdout.split('\n')) if (line.startsWith('openai')) expect(line.length).toBeLessThanOrEqual(60);
  });
});

describe('sources <name>', () => {
  test('explains one: a row for each field, above them role, key, account and documentation', async () => {
    const { exitCode, stdout } = await at().tokenhub('sources', 'claude-code');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Claude Code session log (json)\nrole: app (stage apply), unless --role says another\n');
    expect(stdout).toContain('key: message.id; with requestId where the id is not in the form that Anthropic gives\n');
    expect(stdout).toContain('account: as the record says, else --account, else claude-code\n');
    expect(stdout).toMatch(/^message\.usage +json *$/m);
  });

  test('explains all kinds of file of one name together, a field of both once', async () => {
    const { stdout } = await at().tokenhub('sources', 'tokenhub');
    expect(stdout).toContain("tokenhub's own CSV (table)\n");
    expect(stdout).toContain("tokenhub's own JSONL (json)\n");
    expect(stdout).toContain("else the provider's name\n");
    expect(stdout.match(/^input_tokens +.*$/gm)).toEqual([expect.stringMatching(/json, table|table, json/)]);
  });

  test('takes a name in any letter case, and gives it in JSON as the list does', async () => {
    const { sources } = await at().json('sources', 'OpenAI');
    expect(sources.map(({ name }: Body) => name)).toEqual(['openai']);
  });

  test.each(['csv', 'markdown', 'ndjson'])('prints %s', async (format) => {
    const { exitCode, stdout } = await at().tokenhub('sources', 'openai', '--format', format);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/service\\?_tier/); // Markdown escapes it
  });

  test('that does not exist exits 2 and names the nearest', async () => {
    const { exitCode, stdout, stderr } = await at().tokenhub('sources', 'claud-code');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('"claud-code" is no source of usage\n  did you mean "claude-code"?');
    expect(stderr).not.toContain('--source');
    expect((await at().tokenhub('sources', 'lite')).stderr).toContain('did you mean "litellm"?');
  });
});

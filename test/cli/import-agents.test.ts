import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from '../files/folder.js';
import { fixture, sceneIn } from './scene.js';

const line = (id: string, input: number) =>
  `${JSON.stringify({
    type: 'assistant',
    timestamp: '2026-10-05T08:00:00.000Z',
    sessionId: 's-1',
    requestId: `req_${id}`,
    message: { id, model: 'claude-sonnet-4-5', usage: { input_tokens: input, output_tokens: 1 } },
  })}\n`;
const SUMMARY = `${JSON.stringify({ type: 'summary', summary: 'words', leafUuid: 'u-1' })}\n`;

const homeWith = (files: Readonly<Record<string, string>>) => {
  const folder = folderWith({ 'work/notes.md': 'x', ...files });
  return { ...sceneIn(`${folder}/work`, { env: { HOME: folder } }), home: folder };
};

describe('import --agents', () => {
  test('imports what the agents left in the home directory, and says how much it found of each', async () => {
    const { tokenhub, json } = homeWith({
      '.claude/projects/p/a.jsonl': line('msg_1', 100) + line('msg_2', 10),
      '.claude/projects/p/b.jsonl': SUMMARY,
      '.codex/sessions/2026/10/05/rollout-1.jsonl': fixture('usage/codex.jsonl'),
    });
    const { stderr, exitCode } = await tokenhub('import', '--agents');
    expect(stderr.split('\n')[0]).toBe('found claude-code: 2 files, codex: 1 file');
    expect(stderr).not.toContain('holds usage'); // a session without an answer is usual
    expect(exitCode).toBe(0);
    const { rows } = await json('report', '--by', 'model');
    const claude = rows.find(({ model }: { model: string }) => model === 'claude-sonnet-4-5');
    expect([claude.requests, claude.tokens.total]).toEqual([2, 112]); // 100 + 1 + 10 + 1
  });

  test('reads a session on that has grown', async () => {
    const { json, home } = homeWith({ '.claude/projects/p/a.jsonl': line('msg_1', 100) });
    await json('import', '--agents');
    appendFileSync(`${home}/.claude/projects/p/a.jsonl`, line('msg_2', 10));
    expect((await json('import', '--agents')).files).toMatchObject([
      { resumed: { after: 1, line: 2 }, read: 1, added: 1 },
    ]);
    expect((await json('import', '--agents')).files).toMatchObject([{ alreadyImported: true }]);
  });

  test('goes with files, each once', async () => {
    const { json, home } = homeWith({
      '.claude/projects/p/a.jsonl': line('msg_1', 100),
      'work/more.jsonl': line('msg_2', 10),
    });
    const { files } = await json('import', 'more.jsonl', `${home}/.claude/projects/p/a.jsonl`, '--agents');
    expect(files.map(({ read }: { read: number }) => read)).toEqual([1, 1]);
  });

  test('without logs fails, and says where it looked', async () => {
    const { tokenhub, home } = homeWith({});
    const { exitCode, stderr } = await tokenhub('import', '--agents');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`looked in ${home}/.claude/projects, `);
    expect(stderr).toContain(`${home}/.codex/sessions`);
  });

  test('leaves out what it cannot read, imports the rest and exits 2', async () => {
    const { tokenhub } = homeWith({
      '.claude/projects/p/a.jsonl': line('msg_1', 100),
      '.claude/projects/p/b.jsonl': 'PK\u0003\u0004\0\0 no log at all',
    });
    const { exitCode, stderr, stdout } = await tokenhub('import', '--agents', '--json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('b.jsonl: left out: ');
    expect(JSON.parse(stdout).files).toMatchObject([{ added: 1 }]);
    expect((await tokenhub('import', '--agents', '--on-error', 'skip')).exitCode).toBe(0);
  });

  const MIXED = {
    '.claude/projects/p/a.jsonl': line('msg_1', 100),
    '.claude/projects/p/bad.jsonl': 'garbage\n',
    '.codex/sessions/2026/10/05/rollout-1.jsonl': fixture('usage/codex.jsonl'),
  };
  test('names a log that is something else, and gives no advice about a flag that nobody typed', async () => {
    const { tokenhub, home } = homeWith(MIXED);
    const { exitCode, stderr, stdout } = await tokenhub('import', '--agents', '--json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${home}/.claude/projects/p/bad.jsonl: left out: is no log of claude-code; `);
    expect(stderr).not.toContain('--source');
    expect(JSON.parse(stdout).files).toHaveLength(2);
  });

  test('as a preview leaves out and names the same logs, and shows the others', async () => {
    const { tokenhub, home } = homeWith(MIXED);
    const { exitCode, stderr, stdout } = await tokenhub('import', '--agents', '--preview', '--json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${home}/.claude/projects/p/bad.jsonl: left out: is no log of claude-code; `);
    expect(JSON.parse(stdout).files.map(({ source }: { source: string }) => source)).toEqual(['claude-code', 'codex']);
  });

  test('with a source brings in the logs of that agent alone', async () => {
    const { tokenhub } = homeWith(MIXED);
    const { exitCode, stderr, stdout } = await tokenhub('import', '--agents', '--source', 'codex', '--json');
    expect(exitCode).toBe(0);
    expect(stderr.split('\n')[0]).toBe('found codex: 1 file');
    expect(JSON.parse(stdout).files).toMatchObject([{ source: 'codex' }]);
  });

  test('with a source that is no agent fails, and with one that left nothing says where it looked for it', async () => {
    const { tokenhub, home } = homeWith(MIXED);
    const other = await tokenhub('import', '--agents', '--source', 'openai');
    expect(other.exitCode).toBe(2);
    expect(other.stderr).toContain('--source: "openai" is no coding agent');
    const none = await tokenhub('import', '--agents', '--source', 'qwen-code');
    expect(none.exitCode).toBe(2);
    expect(none.stderr).toContain(`looked in ${home}/.qwen/projects\n`);
  });

  test('says that a database, or a message, of opencode is none', async () => {
    const { tokenhub, home } = homeWith({
      '.local/share/opencode/opencode.db': 'one line of text\n',
      '.local/share/opencode/storage/message/s/m.json': 'one line of text\n',
    });
    for (const more of [[], ['--preview']]) {
      const { exitCode, stderr } = await tokenhub('import', '--agents', ...more);
      expect(exitCode).toBe(2);
      const folder = `${home}/.local/share/opencode`;
      expect(stderr).toContain(`${folder}/opencode.db: left out: is no SQLite database that can be read: it is text; `);
      expect(stderr).toContain(`${folder}/storage/message/s/m.json: left out: is no log of opencode; `);
    }
  });

  test('counts sessions that were imported before instead of listing them all', async () => {
    const sessions = Array.from({ length: 21 }, (_, i) => [`.claude/projects/p/${i}.jsonl`, line(`msg_${i}`, 1)]);
    const { tokenhub } = homeWith(Object.fromEntries(sessions));
    await tokenhub('import', '--agents');
    const { stdout } = await tokenhub('import', '--agents');
    expect(stdout).toContain('21 files: already imported, nothing changed');
    expect(stdout).not.toContain('0.jsonl');
    expect((await tokenhub('import', '--agents', '--format', 'csv')).stdout.trim().split('\n')).toHaveLength(22);
  });
});

test('a file of another kind than its source is named', async () => {
  const { tokenhub } = homeWith({ 'work/a.jsonl': 'garbage\n' });
  const { exitCode, stderr } = await tokenhub('import', 'a.jsonl', '--source', 'claude-code');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('error: a.jsonl: --source: source "claude-code" reads json files, not table');
});

test('import without files and without --agents is a mistake', async () => {
  const folder = folderWith({});
  mkdirSync(dirname(folder), { recursive: true });
  const { exitCode, stderr } = await sceneIn(folder).tokenhub('import');
  expect(exitCode).toBe(2);
  expect(stderr).toContain("missing required argument 'files'");
});

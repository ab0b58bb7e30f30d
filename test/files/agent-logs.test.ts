import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AGENT_SOURCES, findAgentLogs } from '../../src/files/agent-logs.js';
import { SOURCE_NAMES } from '../../src/usage/sources/all.js';
import { folderWith } from './folder.js';

/** `[source, path below the home directory]`. */
function logsOf(home: string, env: Record<string, string> = {}): [string, string][] {
  const fail = (folder: string, reason: string) => {
    throw new Error(`${folder}: ${reason}`);
  };
  return findAgentLogs(home, env, AGENT_SOURCES, fail).map(({ source, path }) => [
    source,
    path.replace(`${home}/`, ''),
  ]);
}

const HOME = {
  '.claude/projects/-srv-portal/s1.jsonl': '{}',
  '.claude/projects/-srv-portal/s1/subagents/agent-1.jsonl': '{}',
  '.claude/projects/-srv-portal/notes.md': 'x',
  '.claude/history.jsonl': '{}',
  '.config/claude/projects/p/s2.jsonl': '{}',
  '.codex/sessions/2026/10/05/rollout-a.jsonl': '{}',
  '.codex/archived_sessions/rollout-b.jsonl': '{}',
  '.codex/history.jsonl': '{}',
  '.gemini/tmp/7f3a/chats/session-1.json': '{}',
  '.gemini/tmp/7f3a/chats/parent/sub.jsonl': '{}',
  '.gemini/tmp/7f3a/logs.json': '[]',
  '.qwen/projects/p/chats/c.jsonl': '{}',
  '.qwen/projects/p/other.jsonl': '{}',
  '.local/share/opencode/storage/message/ses_1/msg_1.json': '{}',
  '.local/share/opencode/storage/session/ses_1.json': '{}',
  '.local/share/opencode/opencode.db': 'x',
};

test('the logs of every agent are found where it keeps them, sorted', () =>
  expect(logsOf(folderWith(HOME))).toEqual([
    ['claude-code', '.claude/projects/-srv-portal/s1.jsonl'],
    ['claude-code', '.claude/projects/-srv-portal/s1/subagents/agent-1.jsonl'],
    ['claude-code', '.config/claude/projects/p/s2.jsonl'],
    ['codex', '.codex/archived_sessions/rollout-b.jsonl'],
    ['codex', '.codex/sessions/2026/10/05/rollout-a.jsonl'],
    ['gemini-cli', '.gemini/tmp/7f3a/chats/parent/sub.jsonl'],
    ['gemini-cli', '.gemini/tmp/7f3a/chats/session-1.json'],
    ['opencode', '.local/share/opencode/opencode.db'],
    ['opencode', '.local/share/opencode/storage/message/ses_1/msg_1.json'],
    ['qwen-code', '.qwen/projects/p/chats/c.jsonl'],
  ]));

test('each is read by a source that exists', () => {
  const sources = logsOf(folderWith(HOME)).map(([source]) => source);
  expect(sources.filter((source) => !SOURCE_NAMES.includes(source))).toEqual([]);
});

describe('the environment', () => {
  const elsewhere = {
    'one/projects/p/a.jsonl': '{}',
    'two/projects/p/b.jsonl': '{}',
    'codex/sessions/c.jsonl': '{}',
    'g/.gemini/tmp/x/chats/d.json': '{}',
    'rt/projects/p/chats/q.jsonl': '{}',
    'data/opencode/storage/message/s/e.json': '{}',
    'config/claude/projects/p/f.jsonl': '{}',
  };
  test('may name the folders, several of Claude Code, instead of those in the home directory', () => {
    const home = folderWith({ ...HOME, ...elsewhere });
    const env = {
      CLAUDE_CONFIG_DIR: `${home}/one, ${home}/two,`,
      ...{ CODEX_HOME: `${home}/codex`, GEMINI_CLI_HOME: `${home}/g`, XDG_DATA_HOME: `${home}/data` },
      ...{ QWEN_HOME: `${home}/nowhere`, QWEN_RUNTIME_DIR: `${home}/rt` },
    };
    expect(logsOf(home, env)).toEqual([
      ['claude-code', 'one/projects/p/a.jsonl'],
      ['claude-code', 'two/projects/p/b.jsonl'],
      ['codex', 'codex/sessions/c.jsonl'],
      ['gemini-cli', 'g/.gemini/tmp/x/chats/d.json'],
      ['opencode', 'data/opencode/storage/message/s/e.json'],
      ['qwen-code', 'rt/projects/p/chats/q.jsonl'],
    ]);
  });
  test('may move the config folder; a relative one is ignored', () => {
    const home = folderWith(elsewhere);
    const moved = [['claude-code', 'config/claude/projects/p/f.jsonl']];
    expect(logsOf(home, { XDG_CONFIG_HOME: `${home}/config` })).toEqual(moved);
    expect(logsOf(home, { XDG_CONFIG_HOME: 'config', XDG_DATA_HOME: 'data', CODEX_HOME: '' })).toEqual([]);
  });
});

test('a home directory without agents has none', () => expect(logsOf(folderWith())).toEqual([]));

test('links inside are not followed, so that none leads in circles; a folder reached twice counts once', () => {
  const home = folderWith({ '.claude/projects/p/s.jsonl': '{}' });
  symlinkSync('..', join(home, '.claude/projects/p/up'));
  symlinkSync(join(home, '.claude'), join(home, 'linked'));
  const env = { CLAUDE_CONFIG_DIR: `${home}/.claude,${home}/linked` };
  expect(logsOf(home, env)).toEqual([['claude-code', '.claude/projects/p/s.jsonl']]);
});

test.skipIf(process.getuid?.() === 0)('a folder that cannot be listed is said, and the others are found', () => {
  const home = folderWith({ '.claude/projects/p/s.jsonl': '{}', '.claude/projects/q/s.jsonl': '{}' });
  chmodSync(join(home, '.claude/projects/q'), 0o000);
  const said: string[] = [];
  const logs = findAgentLogs(home, {}, AGENT_SOURCES, (folder, reason) => said.push(`${folder}: ${reason}`));
  chmodSync(join(home, '.claude/projects/q'), 0o700);
  expect(logs).toHaveLength(1);
  expect(said).toEqual([`${home}/.claude/projects/q: permission denied`]);
});

test('what is no folder where one should be is said too', () => {
  const home = folderWith({ '.claude/x': '' });
  symlinkSync('projects', join(home, '.claude/projects'));
  const said: string[] = [];
  expect(findAgentLogs(home, {}, AGENT_SOURCES, (folder, reason) => said.push(`${folder}: ${reason}`))).toEqual([]);
  expect(said).toEqual([`${home}/.claude/projects: too many levels of symbolic links`]);
});

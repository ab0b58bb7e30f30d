/** Where coding agents keep the logs of their sessions on this machine. */

import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { failureReason, meansAbsent } from './failure-reason.js';
import type { Surroundings } from './surroundings.js';

/** One file of logs. */
export interface AgentLog {
  /** Name of the source that reads it. */
  readonly source: string;
  /** Absolute. */
  readonly path: string;
}

/** A folder and which of the files in it, by their path below it with `/`, are logs. */
interface LogFolder {
  readonly source: string;
  readonly folder: string;
  readonly isLog: RegExp;
}

type Environment = Surroundings['env'];

/** Names of the sources that read them. */
export const AGENT_SOURCES: readonly string[] = ['claude-code', 'codex', 'gemini-cli', 'opencode', 'qwen-code'];

/**
 * The session logs of agents, sorted by source and path, each file once. They are looked for where the agents
 * themselves look:
 * Claude Code in the folders of `CLAUDE_CONFIG_DIR` (several, between commas), else in `~/.claude` and in `claude` of
 * `XDG_CONFIG_HOME` (`~/.config`); Codex CLI in `CODEX_HOME`, else `~/.codex`; Gemini CLI in `.gemini` of
 * `GEMINI_CLI_HOME`, else of the home directory; Qwen Code in `QWEN_RUNTIME_DIR`, else `QWEN_HOME`, else `~/.qwen`;
 * opencode in `opencode` of `XDG_DATA_HOME` (`~/.local/share`).
 * A folder that is not there holds none; symbolic links inside of one are not followed.
 *
 * @param home          absolute path of the home directory
 * @param sources       of these agents
 * @param onUnreadable  told each folder that cannot be listed, and why
 */
export function findAgentLogs(
  home: string,
  env: Environment,
  sources: readonly string[],
  onUnreadable: (folder: string, reason: string) => void,
): readonly AgentLog[] {
  const logs = new Map<string, AgentLog>();
  for (const { source, folder, isLog } of logFolders(home, env, sources)) {
    const real = withoutLinks(folder);
    for (const inside of filesBelow(folder, onUnreadable)) {
      const key = join(real, inside);
      if (isLog.test(inside) && !logs.has(key)) logs.set(key, { source, path: join(folder, inside) });
    }
  }
  return [...logs.values()].sort((a, b) => compare(a.source, b.source) || compare(a.path, b.path));
}

/** The folders that `findAgentLogs` looks in. */
export const agentLogFolders = (home: string, env: Environment, sources: readonly string[]): readonly string[] =>
  logFolders(home, env, sources).map(({ folder }) => folder);

/** A folder by its one true name; as it is where it has none, which listing it will tell. */
function withoutLinks(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const logFolders = (home: string, env: Environment, sources: readonly string[]): readonly LogFolder[] =>
  allFolders(home, env).filter(({ source }) => sources.includes(source));

function allFolders(home: string, env: Environment): readonly LogFolder[] {
  const codex = env.CODEX_HOME || join(home, '.codex');
  const qwen = env.QWEN_RUNTIME_DIR || env.QWEN_HOME || join(home, '.qwen');
  const opencode = join(absoluteOr(env.XDG_DATA_HOME, join(home, '.local', 'share')), 'opencode');
  return [
    ...claudeFolders(home, env).map((folder) => folderOf('claude-code', join(folder, 'projects'), /\.jsonl$/)),
    ...['sessions', 'archived_sessions'].map((name) => folderOf('codex', join(codex, name), /\.jsonl$/)),
    folderOf('gemini-cli', join(env.GEMINI_CLI_HOME || home, '.gemini', 'tmp'), /^[^/]+\/chats\/.+\.jsonl?$/),
    folderOf('qwen-code', join(qwen, 'projects'), /^[^/]+\/chats\/[^/]+\.jsonl$/),
    folderOf('opencode', opencode, /^(storage\/message\/[^/]+\/[^/]+\.json|opencode(-[\w-]+)?\.db)$/),
  ];
}

const folderOf = (source: string, folder: string, isLog: RegExp): LogFolder => ({ source, folder, isLog });

function claudeFolders(home: string, env: Environment): readonly string[] {
  const named = (env.CLAUDE_CONFIG_DIR ?? '')
    .split(',')
    .map((folder) => folder.trim())
    .filter((folder) => folder !== '');
  if (named.length > 0) return named;
  return [join(home, '.claude'), join(absoluteOr(env.XDG_CONFIG_HOME, join(home, '.config')), 'claude')];
}

/** The XDG Base Directory Specification 0.8 has relative paths ignored. */
const absoluteOr = (path: string | undefined, otherwise: string): string =>
  path !== undefined && isAbsolute(path) ? path : otherwise;

/** Paths of the files below a folder, with `/`, in no order. */
function* filesBelow(top: string, onUnreadable: (folder: string, reason: string) => void): Generator<string> {
  const folders = [''];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const prefix = next === '' ? '' : `${next}/`;
    for (const entry of entriesOf(join(top, next), onUnreadable)) {
      if (entry.isDirectory()) folders.push(prefix + entry.name);
      else if (entry.isFile()) yield prefix + entry.name;
    }
  }
}

function entriesOf(folder: string, onUnreadable: (folder: string, reason: string) => void): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    if (!meansAbsent(cause)) onUnreadable(folder, failureReason(cause));
    return [];
  }
}

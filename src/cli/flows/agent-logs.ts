/** The logs of coding agents that `import --agents` brings in. */

import { homedir } from 'node:os';
import { badOption } from '../../errors/command-line.js';
import { ExitCode, placeText, TokenhubError } from '../../errors/tokenhub-error.js';
import { noAgentLogs, notAgentLog } from '../../errors/usage-files.js';
import { AGENT_SOURCES, type AgentLog, agentLogFolders, findAgentLogs } from '../../files/agent-logs.js';
import { counted } from '../../render/counted.js';
import type { Source } from '../../usage/source.js';
import type { Io } from '../io.js';
import { say, warn } from '../say.js';
import type { Reading } from './import-options.js';

/** What else was typed. */
interface Asked {
  readonly hasFiles: boolean;
  /** The only agent asked for; `null`: all. */
  readonly source: string | null;
}

/**
 * Finds them, and says how many there are of each agent.
 *
 * @throws NO_AGENT_LOGS, unless files were named, too; BAD_OPTION when the source is that of no agent
 */
export function agentLogs(io: Io, { hasFiles, source }: Asked): readonly AgentLog[] {
  const asked = source === null ? AGENT_SOURCES : [agentSource(source)];
  const home = io.env.HOME || io.env.USERPROFILE || homedir();
  const logs = findAgentLogs(home, io.env, asked, (folder, reason) =>
    warn(io, `${folder}: cannot be listed: ${reason}`),
  );
  if (logs.length === 0) {
    const folders = agentLogFolders(home, io.env, asked);
    if (!hasFiles) throw noAgentLogs(folders);
    warn(io, `no logs of coding agents in ${folders.join(', ')}`);
  } else say(io, `found ${countsOf(logs).join(', ')}`);
  return logs;
}

function agentSource(name: string): string {
  const plain = name.trim().toLowerCase();
  if (AGENT_SOURCES.includes(plain)) return plain;
  throw badOption('--source', name, 'is no coding agent', `with --agents it is one of ${AGENT_SOURCES.join(', ')}`);
}

/** How the log of an agent is read: by its source, and never by the columns of something else. */
export const readingOfLog = ({ source }: AgentLog, reading: Reading): Reading => ({ ...reading, source, mapping: {} });

/** Throws WRONG_FILE_KIND for a log in JSON that is read as a table: some sources have files of both kinds. */
export function refuseOther({ path, source }: AgentLog, read: Source | null): void {
  if (!path.endsWith('.db') && read?.kind === 'table') throw notAgentLog(path, source);
}

/** Says that a log is left out, and why; throws what stops the command. */
export function leaveOut(io: Io, { path, source }: AgentLog, error: unknown): void {
  if (!(error instanceof TokenhubError) || error.exitCode === ExitCode.interrupted) throw error;
  const { place, message, hint } = error.code === 'WRONG_FILE_KIND' ? notAgentLog(path, source) : error;
  say(io, `${placeText({ file: path, ...place })}: left out: ${message}; ${hint}`);
}

function countsOf(logs: readonly AgentLog[]): string[] {
  const counts = new Map<string, number>();
  for (const { source } of logs) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts].map(([source, count]) => `${source}: ${counted(BigInt(count), 'file')}`);
}

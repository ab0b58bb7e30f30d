/** The logs of coding agents that `import --agents` brings in. */

import { homedir } from 'node:os';
import { noAgentLogs } from '../../errors/usage-files.js';
import { type AgentLog, agentLogFolders, findAgentLogs } from '../../files/agent-logs.js';
import { counted } from '../../render/counted.js';
import type { Io } from '../io.js';
import { say, warn } from '../say.js';

/**
 * Finds them, and says how many there are of each agent.
 *
 * @throws NO_AGENT_LOGS, unless files were named, too
 */
export function agentLogs(io: Io, what: { readonly hasFiles: boolean }): readonly AgentLog[] {
  const home = io.env.HOME || io.env.USERPROFILE || homedir();
  const logs = findAgentLogs(home, io.env, (folder, reason) => warn(io, `${folder}: cannot be listed: ${reason}`));
  if (logs.length === 0) {
    if (!what.hasFiles) throw noAgentLogs(agentLogFolders(home, io.env));
    warn(io, `no logs of coding agents in ${agentLogFolders(home, io.env).join(', ')}`);
  } else say(io, `found ${countsOf(logs).join(', ')}`);
  return logs;
}

function countsOf(logs: readonly AgentLog[]): string[] {
  const counts = new Map<string, number>();
  for (const { source } of logs) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [...counts].map(([source, count]) => `${source}: ${counted(BigInt(count), 'file')}`);
}

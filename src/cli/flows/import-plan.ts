import { resolve } from 'node:path';
import type { AgentLog } from '../../files/agent-logs.js';
import type { Io } from '../io.js';
import { readingOfLog, refuseOther } from './agent-logs.js';
import type { Reading } from './import-options.js';
import { eachInside, expandNames } from './named-files.js';
import { type PlannedFile, type PlanWatch, planFile } from './planned-file.js';

const UNWATCHED: PlanWatch = { lengthsOf: () => [], onFile: () => {}, onRead: () => {} };

/** Finds, hashes and recognises every file before anything is written. Throws for the first that cannot be read. */
export async function planImport(
  io: Io,
  names: readonly string[],
  reading: Reading,
  watch: PlanWatch = UNWATCHED,
): Promise<PlannedFile[]> {
  return collected(async (planned) => {
    for (const name of await expandNames(names, io.cwd)) planned.push(...(await planNamed(io, name, reading, watch)));
  });
}

/**
 * The same for logs of coding agents, each by its source; those that were named, too, are left out.
 *
 * @param onFailure  told of each that cannot be read; what it throws stops the planning
 */
export async function planAgentLogs(
  io: Io,
  logs: readonly AgentLog[],
  reading: Reading,
  watch: PlanWatch,
  onFailure: (log: AgentLog, error: unknown) => void,
): Promise<PlannedFile[]> {
  return collected(async (planned) => {
    for (const log of logs) {
      try {
        const files = await collected(async (ofLog) => {
          ofLog.push(...(await planNamed(io, log.path, readingOfLog(log, reading), watch)));
          for (const { source } of ofLog) refuseOther(log, source);
        });
        planned.push(...files.map((file) => ({ ...file, isAgentLog: true }) as const));
      } catch (error) {
        onFailure(log, error);
      }
    }
  });
}

/** Those of the logs that were not named as files, too. */
export function notNamed(io: Io, logs: readonly AgentLog[], names: readonly string[]): AgentLog[] {
  const paths = new Set(names.map((name) => resolve(io.cwd, name)));
  return logs.filter(({ path }) => !paths.has(path));
}

const planNamed = (io: Io, name: string, reading: Reading, watch: PlanWatch): Promise<readonly PlannedFile[]> =>
  eachInside(io, name, watch, (candidate, sibling) => planFile(candidate, reading, watch, sibling));

/** What was planned until an error is disposed of. */
async function collected(work: (planned: PlannedFile[]) => Promise<void>): Promise<PlannedFile[]> {
  const planned: PlannedFile[] = [];
  try {
    await work(planned);
    return planned;
  } catch (error) {
    for (const { dispose } of planned) await dispose();
    throw error;
  }
}

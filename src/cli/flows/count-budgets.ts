/** Counts the files of budgets: each file is read once, and counted once with each encoding, whatever budgets it is in. */

import { dirname } from 'node:path';
import type { FileBudget } from '../../budget/files/file-budget.js';
import { lfsContentOf, NOT_CHECKED_OUT } from '../../files/blob-id.js';
import { type CountedBy, type CountedFile, countListed, type UncountedFile } from '../../files/count-files.js';
import type { CountPool } from '../../files/count-pool.js';
import { shippedTables } from '../../files/encoding-ref.js';
import { isTopFolder } from '../../files/git.js';
import { readTextFile } from '../../files/read-text.js';
import { countingProgress } from '../counting-progress.js';
import type { Io } from '../io.js';
import type { OutputOptions } from '../options.js';
import { outputFiles, refuseOverwriting } from '../output.js';
import { STANDARD_INPUT } from './asked-paths.js';
import { counterOf } from './budget-counter.js';
import {
  type AskedFile,
  type BudgetFiles,
  budgetFiles,
  encodingsOf,
  foldersOfBudgets,
  type Stops,
  type TextJob,
  textJobs,
} from './budget-files.js';
import { type BudgetTally, budgetTally, type CountFor } from './budget-tally.js';
import type { BudgetCounter, CountedBudget } from './counted-budget.js';
import { countedWith, countsSections, countVersion, messagesFile, textFile } from './file-tokens.js';
import { type Requests, type RequestTokens, readRequests, requestTokens } from './request-tokens.js';

export interface CountingOptions extends OutputOptions {
  /** Whether counting ends at the first breach that is certain. */
  readonly failFast?: boolean;
  /** A text that all budgets are on, beside files; absent: none. */
  readonly piped?: Uint8Array | null;
}

/**
 * Counts the files of budgets as they are now.
 * @throws UNKNOWN_MODEL, UNKNOWN_ENCODING, GIT_FAILED, WOULD_OVERWRITE, and as `loadEncoding` does
 */
export async function countBudgets(
  io: Io,
  budgets: readonly FileBudget[],
  options: CountingOptions,
): Promise<ReadonlyMap<FileBudget, CountedBudget>> {
  const counters = budgets.map(counterOf);
  const folders = await foldersOfBudgets(budgets);
  const ahead = await startedAhead(io, budgets, counters, folders);
  try {
    return await countIn(io, await budgetFiles(budgets, counters, folders), options, ahead);
  } finally {
    ahead?.stop();
  }
}

/** A thread that starts while files are matched; `null`: it may not be worth it, or encodings are looked for from many folders. */
async function startedAhead(
  io: Io,
  budgets: readonly FileBudget[],
  counters: readonly BudgetCounter[],
  folders: readonly string[],
): Promise<CountPool | null> {
  const ofTexts = counters.filter((_, i) => budgets[i]!.content === 'text');
  if (!folders.some(isTopFolder) || ofTexts.some(({ encoding }) => shippedTables(encoding) === null)) return null;
  const { startAhead } = await import('../../files/count-ahead.js');
  return startAhead(folders, { ...countedWith(io.cwd, encodingsOf(ofTexts)), cache: 'none' });
}

async function countIn(
  io: Io,
  all: readonly BudgetFiles[],
  options: CountingOptions,
  ahead: CountPool | null,
): Promise<ReadonlyMap<FileBudget, CountedBudget>> {
  const listed = all.flatMap(({ files }) => files.map(({ absolute }) => absolute));
  refuseOverwriting(io, outputFiles(io, options), listed);
  const tally = budgetTally(all);
  const { piped = null } = options;
  const stops = options.failFast ? 'when certain' : 'at the end';
  const isOver = piped !== null && addPiped(io, piped, tally);
  if (!isOver || stops === 'at the end') await countAll(io, all, tally, { stops, ahead });
  return new Map(tally.counted().map((counted) => [counted.budget, counted]));
}

/** A pipe of nothing is what a command that failed leaves, so it is not within any limit. */
const addPiped = (io: Io, bytes: Uint8Array, tally: BudgetTally): boolean =>
  tally.addToAll(STANDARD_INPUT, ({ budget, counter }, path) =>
    bytes.length === 0
      ? { file: { path, reason: 'it is empty' }, doubts: [] }
      : countVersion({ path, bytes, folder: io.cwd, sections: countsSections(budget, path) }, budget, counter),
  );

/** Texts, then messages; whatever happens, no line of progress is left on the terminal. */
async function countAll(
  io: Io,
  all: readonly BudgetFiles[],
  tally: BudgetTally,
  { stops, ahead }: { readonly stops: Stops; readonly ahead: CountPool | null },
): Promise<void> {
  const jobs = textJobs(all, io.cwd, stops);
  const progress = countingProgress(
    io,
    jobs.reduce((sum, { files }) => sum + files.length, 0),
  );
  try {
    for await (const { absolute, among, count, bytes } of countedFiles(jobs, all, ahead)) {
      progress.add(bytes);
      if (tally.add(absolute, among, count) && stops === 'when certain') return;
    }
  } finally {
    progress.clear();
  }
}

/** A file with what it counts for each of some budgets. */
interface CountedOnce {
  readonly absolute: string;
  readonly among: readonly BudgetFiles[];
  readonly count: CountFor;
  readonly bytes: number;
}

async function* countedFiles(
  jobs: readonly TextJob[],
  all: readonly BudgetFiles[],
  ahead: CountPool | null,
): AsyncGenerator<CountedOnce> {
  for (const job of jobs) yield* countedTexts(job, ahead);
  const messages = all.filter(({ budget }) => budget.content === 'messages');
  if (messages.length > 0) yield* countedMessages(messages);
}

async function* countedTexts(
  { cwd, encodings, files, of }: TextJob,
  ahead: CountPool | null,
): AsyncGenerator<CountedOnce> {
  const by: CountedBy = { ...countedWith(cwd, encodings), cache: 'none' };
  let at = 0;
  for await (const item of countListed(files, by, ahead)) {
    const { absolute, asked } = files[at++]!;
    const bytes = 'reason' in item ? 0 : item.bytes;
    yield { absolute, among: of, bytes, count: textCount(item, asked, encodings) };
  }
}

const textCount =
  (item: CountedFile | UncountedFile, asked: AskedFile['asked'], encodings: TextJob['encodings']): CountFor =>
  ({ budget, counter }, path) => {
    if ('reason' in item) return { file: { path, reason: item.reason }, doubts: [] };
    const i = asked.findIndex(({ encoding }) => encodings[encoding] === counter.encoding);
    const sections = countsSections(budget, path) ? (item.sections?.[i] ?? null) : null;
    const count = { tokens: item.tokens[i]!, sections, most: asked[i]!.most };
    return { file: textFile(path, count, counter), doubts: [] };
  };

/** Each file is parsed once, and counted once with each model. */
function* countedMessages(among: readonly BudgetFiles[]): Generator<CountedOnce> {
  const absolutes = new Set(among.flatMap(({ files }) => files.map(({ absolute }) => absolute)));
  for (const absolute of [...absolutes].sort()) {
    const read = readTextFile(absolute);
    const counts = new Map<string, RequestTokens>();
    let requests: Requests | null = null;
    const count: CountFor = ({ budget, counter }, path) => {
      if ('skipped' in read) return { file: { path, reason: read.skipped }, doubts: [] };
      if (lfsContentOf(read.utf8) !== null) return { file: { path, reason: NOT_CHECKED_OUT }, doubts: [] };
      requests ??= readRequests({ utf8: read.utf8, folder: dirname(absolute) });
      const key = JSON.stringify([counter.model, counter.encoding, budget.root]);
      const known = counts.get(key) ?? requestTokens(requests, counter, countedWith(budget.root, []));
      counts.set(key, known);
      return messagesFile(path, known);
    };
    yield { absolute, among, count, bytes: 'skipped' in read ? 0 : read.bytes };
  }
}

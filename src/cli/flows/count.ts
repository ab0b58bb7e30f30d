import { resolve } from 'node:path';
import { badOption } from '../../errors/command-line.js';
import type { ExitCode } from '../../errors/tokenhub-error.js';
import type { CountedBy } from '../../files/count-files.js';
import type { CountPool } from '../../files/count-pool.js';
import { isTopFolder } from '../../files/git.js';
import { countSheet } from '../../render/count-sheet.js';
import type { Io } from '../io.js';
import { outputTargets, present } from '../output.js';
import { askedPaths } from './asked-paths.js';
import { chooseLines, type LineChoice } from './choose-lines.js';
import { type ApartOptions, isCountedApart } from './count-apart-options.js';
import { type CountTotal, countsOf, flatRows, type ShownLines } from './count-body.js';
import { type InputOptions, inputsOf, type SkippedInput } from './count-inputs.js';
import { type CountBy, type CountLine, fileLines, foldLines, sumOf } from './count-lines.js';
import { exitCodeOf, printTotals, warnOf } from './count-outcome.js';
import { sectionLines } from './count-sections.js';
import { type CacheOptions, countedBy, tallyOf } from './count-tally.js';
import { treeLines } from './count-tree.js';
import { type CounterFacts, counterFacts, countersOf } from './counters.js';
import { envelope } from './envelope.js';

export interface CountOptions extends InputOptions, ApartOptions, CacheOptions, LineChoice {
  readonly by: CountBy;
  readonly tree?: boolean;
  readonly base?: string;
  readonly viaApi?: boolean;
  readonly context?: boolean;
}

/** Counts and prints. `paths` empty, and no list of them: standard input. */
export async function countFlow(io: Io, paths: readonly string[], options: CountOptions): Promise<ExitCode> {
  if (isCountedApart(options)) return (await import('./count-apart.js')).countApart(io, paths, options);
  const { base } = options;
  if (base !== undefined) return (await import('./count-base.js')).countBaseFlow(io, paths, { ...options, base });
  if (options.viaApi) return (await import('./count-via-api.js')).countViaApiFlow(io, paths, options);
  outputTargets(io, options);
  refuseTreeOfExtensions(options);
  const counters = countersOf(options, io.cwd);
  const by = countedBy(io, counters, options);
  const ahead = paths.length === 0 ? null : await startedAhead(paths, by);
  try {
    const inputs = await inputsOf(io, await askedPaths(io, paths, options.filesFrom), options);
    const tally = await tallyOf(io, inputs, by, ahead);
    const files = fileLines(tally.counted, counters);
    const sections = () => sectionLines(tally.counted, counters, by);
    return await presentLines(io, options, { counters: counters.map(counterFacts), files, sections, ...tally });
  } finally {
    ahead?.stop();
  }
}

/** Looked at only where it may be worth it, since what it needs takes longer to load than a small file to count. */
async function startedAhead(paths: readonly string[], by: CountedBy): Promise<CountPool | null> {
  if (!paths.some((path) => isTopFolder(resolve(by.cwd, path)))) return null;
  return (await import('../../files/count-ahead.js')).startAhead(paths, by);
}

function refuseTreeOfExtensions({ tree, by }: CountOptions): void {
  if (tree && by === 'ext')
    throw badOption('--by', 'ext', 'makes no tree', 'leave out --tree, or use --by file, dir or section');
}

/** What was counted, with what, and what was not. */
export interface CountedLines {
  readonly counters: readonly CounterFacts[];
  /** A line per text. */
  readonly files: readonly CountLine[];
  /** A line per section. */
  readonly sections: () => readonly CountLine[];
  readonly counted: readonly { readonly path: string; readonly note: string | null }[];
  readonly skipped: readonly SkippedInput[];
}

/** Says what was counted otherwise or not at all, prints the lines asked for, and tells the exit code. */
export async function presentLines(io: Io, options: CountOptions, found: CountedLines): Promise<ExitCode> {
  const { counters, files } = found;
  warnOf(io, found);
  const total = { ...sumOf(files, counters.length), files: files.length };
  if (options.totalOnly) printTotals(io, counters, total.tokens);
  else await presentTable(io, options, found, total);
  return exitCodeOf(found);
}

async function presentTable(io: Io, options: CountOptions, found: CountedLines, total: CountTotal): Promise<void> {
  const lines = shownLines(found, options);
  const plain = countsOf(found.counters, total, lines);
  const counts = options.context ? await (await import('./count-context.js')).withContext(plain) : plain;
  const skipped = found.skipped.map(({ path, reason }) => ({ path, reason }));
  const notes = found.counted.flatMap(({ path, note }) => (note === null ? [] : [{ path, note }]));
  return present(io, options, {
    body: () => envelope('count', { counts, skipped, notes }),
    rows: () => flatRows(found.counters, lines),
    sheet: () => countSheet(counts, lines, options.by),
  });
}

function shownLines({ files, sections }: CountedLines, options: CountOptions): ShownLines {
  const { by, tree } = options;
  const lines = by === 'file' ? files : by === 'section' ? sections() : foldLines(files, by);
  if (tree) return { ...treeLines(lines, options), hasKinds: true };
  const shown = chooseLines(lines, options);
  return { shown, hidden: lines.length - shown.length, hasKinds: by === 'section' };
}

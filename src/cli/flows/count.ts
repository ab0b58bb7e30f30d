import { badOption, type ExitCode } from '../../errors.js';
import { countSheet } from '../../render/count-sheet.js';
import type { Io } from '../io.js';
import { outputTargets, present } from '../output.js';
import { askedPaths } from './asked-paths.js';
import { chooseLines, type LineChoice } from './choose-lines.js';
import { countsOf, flatRows, type ShownLines } from './count-body.js';
import { type InputOptions, inputsOf } from './count-inputs.js';
import { type CountBy, fileLines, foldLines, sumOf } from './count-lines.js';
import { exitCodeOf, printTotals, warnOf } from './count-outcome.js';
import { sectionLines } from './count-sections.js';
import { type Tally, tallyOf } from './count-tally.js';
import { treeLines } from './count-tree.js';
import { type Counter, type CounterOptions, countersOf, encodingsOf } from './counters.js';
import { envelope } from './envelope.js';

export interface CountOptions extends InputOptions, CounterOptions, LineChoice {
  readonly by: CountBy;
  readonly tree?: boolean;
  readonly base?: string;
  readonly totalOnly?: boolean;
}

/** Counts and prints. `paths` empty, and no list of them: standard input. */
export async function countFlow(io: Io, paths: readonly string[], options: CountOptions): Promise<ExitCode> {
  const { base } = options;
  if (base !== undefined) return (await import('./count-base.js')).countBaseFlow(io, paths, { ...options, base });
  outputTargets(options);
  refuseTreeOfExtensions(options);
  const counters = countersOf(options);
  const inputs = await inputsOf(io, await askedPaths(io, paths, options.filesFrom), options);
  const tally = await tallyOf(io, inputs, encodingsOf(counters));
  warnOf(io, tally);
  if (options.totalOnly) printTotals(io, counters, totalOf(tally, counters).tokens);
  else await presentCounts(io, options, { counters, tally });
  return exitCodeOf(tally);
}

function refuseTreeOfExtensions({ tree, by }: CountOptions): void {
  if (tree && by === 'ext')
    throw badOption('--by', 'ext', 'makes no tree', 'leave out --tree, or use --by file, dir or section');
}

function totalOf({ counted }: Tally, counters: readonly Counter[]) {
  return { ...sumOf(fileLines(counted, counters), counters.length), files: counted.length };
}

interface Counted {
  readonly counters: readonly Counter[];
  readonly tally: Tally;
}

function presentCounts(io: Io, options: CountOptions, { counters, tally }: Counted): Promise<void> {
  const lines = shownLines(tally, counters, options);
  const counts = countsOf(counters, totalOf(tally, counters), lines);
  const skipped = tally.skipped.map(({ path, reason }) => ({ path, reason }));
  const notes = tally.counted.flatMap(({ path, note }) => (note === null ? [] : [{ path, note }]));
  return present(io, options, {
    body: () => envelope('count', { counts, skipped, notes }),
    rows: () => flatRows(counters, lines),
    sheet: () => countSheet(counts, lines, options.by),
  });
}

function shownLines({ counted }: Tally, counters: readonly Counter[], options: CountOptions): ShownLines {
  const { by, tree } = options;
  const files = () => fileLines(counted, counters);
  const lines = by === 'file' ? files() : by === 'section' ? sectionLines(counted, counters) : foldLines(files(), by);
  if (tree) return { ...treeLines(lines, options), hasKinds: true };
  const shown = chooseLines(lines, options);
  return { shown, hidden: lines.length - shown.length, hasKinds: by === 'section' };
}

import { resolve } from 'node:path';
import { ExitCode } from '../../errors.js';
import { packageOf } from '../../files/data-package.js';
import { type EncodingRef, encodingTitle, loadEncoding } from '../../files/encoding-store.js';
import { LARGEST_TEXT, readTextFile, textFromBytes } from '../../files/read-text.js';
import { listFiles } from '../../files/walk.js';
import { countSheet } from '../../render/count-sheet.js';
import { visible } from '../../render/visible.js';
import type { Io } from '../io.js';
import type { OutputOptions } from '../options.js';
import { outputFiles, outputTargets, present, refuseOverwriting } from '../output.js';
import { progressOn } from '../progress.js';
import { warn } from '../say.js';
import { type CountBy, type CountRow, foldRows } from './count-rows.js';
import { type Counter, type CounterOptions, countersOf } from './counters.js';
import { envelope } from './envelope.js';

export interface CountOptions extends OutputOptions, CounterOptions {
  readonly by: CountBy;
  readonly top?: number;
  readonly totalOnly?: boolean;
}

/** One file as text, or why it was left out. */
interface Text {
  readonly path: string;
  readonly utf8: Uint8Array;
  readonly bytes: number;
  readonly note: string | null;
}
interface Skipped {
  readonly path: string;
  readonly reason: string;
  /** Whether the user asked for this very file: then a count without it is no answer. */
  readonly isNamed: boolean;
}

const STANDARD_INPUT = '(standard input)';

/** Counts and prints. `paths` empty: standard input. */
export async function countFlow(io: Io, paths: readonly string[], options: CountOptions): Promise<ExitCode> {
  outputTargets(options);
  const counters = countersOf(options, io.cwd);
  const tallies = counters.map((): CountRow[] => []);
  const skipped: Skipped[] = [];
  const notes: { path: string; note: string }[] = [];
  const progress = progressOn(io);
  for await (const item of textsOf(io, paths, options)) {
    progress.show(() => visible(item.path));
    if ('reason' in item) skipped.push(item);
    else addCounts(io, counters, tallies, item);
    if ('note' in item && item.note !== null) notes.push({ path: item.path, note: item.note });
  }
  progress.clear();
  for (const { path, note } of notes) warn(io, `${path}: ${note}`);
  for (const { path, reason } of skipped) warn(io, `${path}: skipped, ${reason}`);
  const shown = shownPaths(tallies[0]!, options);
  const counts = counters.map((counter, i) => countOf(counter, tallies[i]!, options.by, shown));
  if (options.totalOnly) printTotals(io, counts);
  else
    await presentCounts(io, options, { counts, skipped: skipped.map(({ path, reason }) => ({ path, reason })), notes });
  return skipped.some(({ isNamed }) => isNamed) ? ExitCode.userError : ExitCode.ok;
}

async function* textsOf(io: Io, paths: readonly string[], options: CountOptions): AsyncGenerator<Text | Skipped> {
  const named = paths.filter((path) => path !== '-');
  if (paths.length === 0 || named.length < paths.length) yield await standardInput(io);
  if (named.length === 0) return;
  const { files, skipped } = listFiles(named, { cwd: io.cwd });
  refuseOverwriting(
    io,
    outputFiles(options),
    files.map(({ absolute }) => absolute),
  );
  const typed = new Set(named.map((path) => resolve(io.cwd, path)));
  const skip = (path: string, reason: string): Skipped => ({ path, reason, isNamed: typed.has(resolve(io.cwd, path)) });
  yield* skipped.map(({ path, reason }) => skip(path, reason));
  for (const { path, absolute } of files) {
    const read = readTextFile(absolute);
    yield 'skipped' in read ? skip(path, read.skipped) : { path, ...read };
  }
}

/** All of a pipe, but no more than can be counted: one without end is let go. */
async function standardInput(io: Io): Promise<Text | Skipped> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of io.stdin) {
    chunks.push(Buffer.from(chunk));
    length += chunk.length;
    if (length > LARGEST_TEXT) break;
  }
  if (length === 0) warn(io, 'standard input is empty');
  const read = textFromBytes(Buffer.concat(chunks));
  return 'skipped' in read
    ? { path: STANDARD_INPUT, reason: read.skipped, isNamed: true }
    : { path: STANDARD_INPUT, ...read };
}

/** Counts a text once per encoding and adds a row for every counter. */
function addCounts(
  io: Io,
  counters: readonly Counter[],
  tallies: readonly CountRow[][],
  { path, utf8, bytes }: Text,
): void {
  const counted = new Map<EncodingRef, number>();
  counters.forEach(({ encoding, factor }, i) => {
    const tokens = counted.get(encoding) ?? loadEncoding(encoding, io).count(utf8);
    counted.set(encoding, tokens);
    tallies[i]!.push({ path, tokens: Math.round(tokens * factor), bytes });
  });
}

/** The lines to show: all, or the largest by the first model, so that every model shows the same. */
const shownPaths = (rows: readonly CountRow[], { by, top }: CountOptions): ReadonlySet<string> =>
  new Set(
    foldRows(rows, by)
      .slice(0, top)
      .map(({ path }) => path),
  );

/** One element of `counts` in the JSON body. */
function countOf(counter: Counter, rows: readonly CountRow[], by: CountBy, shown: ReadonlySet<string>) {
  const { model, isDefault, encoding, method, band, source, exactWith } = counter;
  const folded = foldRows(rows, by);
  const sum = (pick: (row: CountRow) => number) => rows.reduce((total, row) => total + pick(row), 0);
  return {
    model,
    encoding: encodingTitle(encoding),
    default: isDefault,
    method,
    band,
    source,
    exactWith: method === 'approximate' ? packageOf(exactWith) : null,
    total: { tokens: sum(({ tokens }) => tokens), files: rows.length, bytes: sum(({ bytes }) => bytes) },
    rows: folded.filter(({ path }) => shown.has(path)),
    moreRows: folded.length - shown.size,
  };
}

export interface CountBody {
  readonly counts: readonly ReturnType<typeof countOf>[];
  readonly skipped: readonly Omit<Skipped, 'isNamed'>[];
  readonly notes: readonly { readonly path: string; readonly note: string }[];
}

/** One bare integer; several models: a line each, `model<TAB>tokens`. */
function printTotals(io: Io, counts: CountBody['counts']): void {
  if (counts.length === 1) io.out(`${counts[0]!.total.tokens}\n`);
  else for (const { model, encoding, total } of counts) io.out(`${model ?? encoding}\t${total.tokens}\n`);
}

const presentCounts = (io: Io, options: CountOptions, body: CountBody): Promise<void> =>
  present(io, options, {
    body: () => envelope('count', body),
    rows: () => body.counts.flatMap(({ model, encoding, rows }) => rows.map((row) => ({ model, encoding, ...row }))),
    sheet: () => countSheet(body.counts, options.by),
  });

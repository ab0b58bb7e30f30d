import { noBaseOfStandardInput } from '../../errors/git.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { type Commit, findCommit } from '../../files/git-tree.js';
import { countBaseSheet } from '../../render/count-base-sheet.js';
import type { Io } from '../io.js';
import { outputTargets, present } from '../output.js';
import { warn } from '../say.js';
import { type Asked, askedPaths } from './asked-paths.js';
import { countBlobs } from './base-blobs.js';
import {
  type ChangeChoice,
  type ComparedTotal,
  chooseChanges,
  comparedCounts,
  statusesOf,
  totalOfChanges,
} from './base-body.js';
import { type Changes, changesOf } from './base-changes.js';
import { idsToSketch, pairSimilar } from './base-renames.js';
import { type Sides, sidesOf } from './base-sides.js';
import { versionsOf } from './base-versions.js';
import { type InputOptions, keepInputs, namedBy, type SkippedInput, splitBySize } from './count-inputs.js';
import { exitCodeOf, printTotals, warnOf } from './count-outcome.js';
import { type CacheOptions, type CountedText, countedBy, tallyOf } from './count-tally.js';
import { type Counter, type CounterOptions, counterFacts, countersOf } from './counters.js';
import { envelope } from './envelope.js';

export interface BaseOptions extends InputOptions, CounterOptions, CacheOptions, ChangeChoice {
  readonly base: string;
  readonly totalOnly?: boolean;
}

/**
 * Counts files as they are in a commit and as they are now, and prints what changed. No paths: the current folder.
 *
 * @throws NOT_IN_GIT, UNKNOWN_REF, OUTSIDE_REPOSITORY, GIT_FAILED, and as `askedPaths` does
 */
export async function countBaseFlow(io: Io, paths: readonly string[], options: BaseOptions): Promise<ExitCode> {
  outputTargets(io, options);
  const counters = countersOf(options, io.cwd);
  const commit = findCommit(io.cwd, options.base);
  const asked = await askedPaths(io, typedOrHere(paths, options), options.filesFrom);
  if (asked.standardInput) throw noBaseOfStandardInput();
  const sides = await sidesOf(asked.paths, commit, io.cwd);
  keepInputs(io, sides, options);
  const compared = await compare(io, sides, { asked, commit, counters, options });
  warnOf(io, compared);
  await presentChanges(io, options, { counters, commit, compared });
  if (compared.unknown > 0 && exitCodeOf(compared) === ExitCode.ok) return ExitCode.noHonestAnswer;
  return exitCodeOf(compared);
}

const typedOrHere = (paths: readonly string[], { filesFrom }: BaseOptions): readonly string[] =>
  paths.length === 0 && filesFrom === undefined ? ['.'] : paths;

const TOO_MANY =
  'too many files were added and deleted to compare them all: of renamed files only those with equal bytes are found';

interface Job {
  readonly asked: Asked;
  readonly commit: Commit;
  readonly counters: readonly Counter[];
  readonly options: BaseOptions;
}

interface Compared extends Omit<Changes, 'skipped'> {
  readonly counted: readonly CountedText[];
  readonly skipped: readonly SkippedInput[];
}

/** Pairs the files of both sides and counts each version once. */
async function compare(io: Io, sides: Sides, { asked, commit, counters, options }: Job): Promise<Compared> {
  const { base, maxBytes } = options;
  const by = countedBy(io, counters, options);
  const found = versionsOf(sides, commit, io.cwd);
  const ids = found.versions.flatMap(({ status, baseId }) =>
    status === 'unchanged' || baseId === null ? [] : [baseId],
  );
  const sketched = idsToSketch(found.versions, 0, () => warn(io, TOO_MANY));
  const blobs = await countBlobs(io, commit, { ids, sketched, by, maxBytes });
  const versions = pairSimilar(found.versions, blobs);
  const { files: small, tooLarge } = splitBySize(
    versions.flatMap(({ file }) => file ?? []),
    maxBytes,
  );
  const now = await tallyOf(io, { files: small, standardInput: null, skipped: tooLarge }, by);
  const files = new Map(now.counted.map((file) => [file.path, file]));
  const { changes, skipped, unknown } = changesOf(versions, { counters, ref: base, files, blobs });
  const isNamed = namedBy(io, asked);
  const skips = [...sides.skipped, ...found.skipped].map(({ path, reason }) => ({
    path,
    reason,
    isNamed: isNamed(path),
  }));
  const old = skipped.map((skip) => ({ ...skip, isNamed: false }));
  return { changes, unknown, counted: now.counted, skipped: [...skips, ...now.skipped, ...old] };
}

interface Result {
  readonly counters: readonly Counter[];
  readonly commit: Commit;
  readonly compared: Compared;
}

/** `--total-only`: the delta alone. */
async function presentChanges(io: Io, options: BaseOptions, { counters, commit, compared }: Result): Promise<void> {
  const { changes, counted } = compared;
  const bytes = counted.reduce((sum, file) => sum + file.bytes, 0);
  const total = totalOfChanges(changes, counters, bytes);
  if (options.totalOnly) return printTotals(io, counters.map(counterFacts), deltaOf(total));
  const counts = comparedCounts(counters, { total, changes, shown: chooseChanges(changes, options) });
  const base = { ref: options.base, commit: commit.id, files: statusesOf(changes) };
  const skipped = compared.skipped.map(({ path, reason }) => ({ path, reason }));
  const notes = counted.flatMap(({ path, note }) => (note === null ? [] : [{ path, note }]));
  return present(io, options, {
    body: () => envelope('count', { base, counts, skipped, notes }),
    rows: () => counts.flatMap(({ model, encoding, rows }) => rows.map((row) => ({ model, encoding, ...row }))),
    sheet: () => countBaseSheet(counts, base),
  });
}

const deltaOf = ({ before, after }: ComparedTotal): number[] => after.map((tokens, i) => tokens - before[i]!);

/** What an import did, as a sheet. */

import { counted, usageText } from './counted.js';
import { lowestTierText } from './lowest-tier.js';
import { type Column, column, type Sheet } from './sheet.js';

/** Body of `import --format json`; counts of records, not of tokens, where not said otherwise. */
export interface ImportBody {
  readonly dryRun: boolean;
  /** False for a dry run, and when `--on-error fail` met a bad row: nothing was kept. */
  readonly ledgerKept: boolean;
  readonly files: readonly {
    readonly path: string;
    /** Number of the import; `null`: the file is empty. */
    readonly import: number | null;
    readonly alreadyImported: boolean;
    /** Bad rows of the imports that came first, when this one changed nothing, or read on after them. */
    readonly rejectedBefore: number;
    /** A log that had grown was read from this line on, after what that import had read; `null`: from its beginning. */
    readonly resumed: { readonly after: number; readonly line: number } | null;
    readonly source: string | null;
    readonly role: string | null;
    readonly account: string | null;
    readonly sha256: string;
    readonly read: number;
    readonly added: number;
    readonly duplicate: number;
    readonly updated: number;
    /** Of those: merged with a record of the same id that looks like another call. */
    readonly reusedIds: number;
    /** Buckets with smaller figures than an earlier import, whose were kept. */
    readonly shrunk: number;
    readonly skipped: number;
    readonly rejected: number;
    /** File that lists the bad rows. */
    readonly rejects: string | null;
  }[];
  /** Of all records read, also those the ledger had. */
  readonly unassigned: { readonly events: bigint; readonly tokens: bigint };
  readonly unpriced: readonly {
    readonly model: string;
    readonly events: bigint;
    readonly tokens: bigint;
    readonly reason: string;
  }[];
  /** Buckets of many requests priced as if no request had over `upTo` tokens of input: their cost is a lower bound. */
  readonly lowestTier: readonly {
    readonly model: string;
    readonly events: bigint;
    readonly tokens: bigint;
    readonly upTo: number;
  }[];
}

/** `hasUnits`: whether the config knows units, so that `units` could tell more. */
export function importSheet(body: ImportBody, { hasUnits }: { readonly hasUnits: boolean }): Sheet {
  const shown = worthShowing(body.files);
  return {
    title: body.ledgerKept ? null : body.dryRun ? 'Dry run: nothing was changed' : 'Bad rows: nothing was kept',
    columns: COLUMNS,
    rows: shown.map(cellsOf),
    exported: body.files.map(cellsOf),
    totals: null,
    above: [],
    below: [
      ...beforeLines(body.files.length - shown.length, shown.length > 0 ? 'other file' : 'file'),
      ...shown.flatMap(fileLines),
      ...totalLines(body, hasUnits ? '; see: tokenhub units' : ''),
    ],
  };
}

type File = ImportBody['files'][number];

/** Files that changed nothing, beyond so many, are only counted. */
const MANY = 20;

function worthShowing(files: readonly File[]): readonly File[] {
  const isNews = (file: File): boolean => !file.alreadyImported || file.rejectedBefore > 0;
  return files.filter((file) => !isNews(file)).length > MANY ? files.filter(isNews) : files;
}

const beforeLines = (count: number, noun: string): string[] =>
  count === 0 ? [] : [`${counted(BigInt(count), noun)}: already imported, nothing changed`];

const cellsOf = (file: File) => [
  ...[file.path, file.source, file.role, file.account],
  ...[file.read, file.added, file.duplicate, file.updated, file.skipped, file.rejected],
];

const COLUMNS: readonly Column[] = [
  ...['file', 'source', 'role', 'account'].map((key) => column(key, key, 'text')),
  ...['read', 'added', 'duplicate', 'updated', 'skipped', 'rejected'].map((key) => column(key, key, 'count')),
];

function fileLines(file: File): string[] {
  const { path, alreadyImported, rejectedBefore, import: id, rejects, rejected, resumed } = file;
  const before = rejectedBefore === 0 ? '' : ` (${rejectedBefore} of its rows were bad then)`;
  if (alreadyImported) {
    return [`${path}: already imported as import ${id}${before}, nothing changed`];
  }
  return [
    ...(resumed === null ? [] : [`${path}: read on from line ${resumed.line}, after import ${resumed.after}${before}`]),
    ...(rejects === null ? [] : [`${path}: ${counted(BigInt(rejected), 'bad row')}, listed in ${rejects}`]),
  ];
}

const totalLines = ({ unassigned, unpriced, lowestTier }: ImportBody, hint: string): string[] => [
  ...(unassigned.events > 0n ? [`unassigned: ${usageText(unassigned)}${hint}`] : []),
  ...unpriced.map(({ model, reason, ...usage }) => `unpriced: ${model}: ${usageText(usage)} (${reason})`),
  ...lowestTier.map(
    ({ model, upTo, ...usage }) => `lowest tier: ${model}: ${usageText(usage)}, ${lowestTierText(upTo)}`,
  ),
];

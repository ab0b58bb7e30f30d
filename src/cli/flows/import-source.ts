/** Recognising what a file to import is. */

import { brokenDatabase } from '../../errors/file-formats.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { mappingLacks, noUsageInside, unrecognised } from '../../errors/usage-files.js';
import { shellWord } from '../../errors/wording.js';
import type { Sniffed } from '../../files/sniff.js';
import { isConstant } from '../../usage/own-format/constants.js';
import { checkMapping, lacking, proposeMapping, unknownColumns, unknownKeys } from '../../usage/own-format/mapping.js';
import type { Sample, Source } from '../../usage/source.js';
import { detectSource, findSource } from '../../usage/sources/all.js';
import type { Reading } from './import-options.js';

/** A sniffed file of which the source is known. */
export interface Recognised {
  readonly source: Source;
  /** Of an SQLite file: the table that is read. */
  readonly table: string | undefined;
  /** Further tables of it that can be read the same way. */
  readonly otherTables: readonly string[];
  /** Columns tokenhub does not read. */
  readonly unread: readonly string[];
}

export interface FileName {
  /** As it would be typed, `-` for standard input; of a member of an archive the archive. */
  readonly typed: string;
  readonly shown: string;
}

/** One table, one list of values, one text: what is left when the table of a database is chosen. */
type Plain = Exclude<Sniffed, { kind: 'empty' | 'database' }>;

/**
 * Finds the source of a file, by the flags or by its beginning; `null`: the file is empty.
 *
 * @param asked  of an SQLite file: the table to read; `null`: the first that can be
 * @throws UNRECOGNISED, UNKNOWN_SOURCE, WRONG_FILE_KIND, BROKEN_DATABASE, and what `checkMapping` throws
 */
export function recognise(
  sniffed: Sniffed,
  reading: Reading,
  name: FileName,
  asked: string | null = null,
): Recognised | null {
  if (sniffed.kind === 'empty') return null;
  if (isTextAsDatabase(sniffed, reading, name)) throw brokenDatabase(name.shown, 'it is text');
  if (sniffed.kind !== 'database') return { ...known(sniffed, reading, name), table: undefined, otherTables: [] };
  const tables = tablesFor(sniffed.tables, reading);
  const table = asked === null ? tables[0] : tables.find((each) => each.name === asked);
  if (table === undefined) {
    const [command] = sniffed.tables.flatMap(({ columns }) => mappingCommand(columns, name) ?? []);
    throw noUsageInside(
      name.shown,
      sniffed.tables.map((each) => `table ${each.name}`),
      command === undefined ? null : `map its columns: ${command}`,
    );
  }
  return {
    ...known({ kind: 'table', columns: table.columns, delimiter: null }, reading, name),
    table: table.name,
    otherTables: tables.filter((each) => each !== table).map((each) => each.name),
  };
}

/** Text that is called a database, and that nothing speaks for being read as text. */
const isTextAsDatabase = (sniffed: Sniffed, { mapping }: Reading, { shown }: FileName): boolean =>
  /\.(?:db|sqlite3?)$/i.test(shown) &&
  sniffed.kind !== 'database' &&
  !(sniffed.kind === 'table' && sniffed.delimiter === null) &&
  Object.keys(mapping).length === 0 &&
  !isRecognisable(sniffed);

/** Whether a source recognises the file by itself, whatever was typed. */
export const isRecognisable = (sniffed: Sniffed): boolean =>
  sniffed.kind === 'database'
    ? sniffed.tables.some(({ columns }) => detectSource({ columns }) !== null)
    : sniffed.kind !== 'empty' && detect(sniffed, null) !== null;

function known(sniffed: Plain, reading: Reading, name: FileName): Pick<Recognised, 'source' | 'unread'> {
  const source = sourceOf(sniffed, reading, name);
  return { source, unread: unreadColumns(sniffed, source, reading) };
}

function sourceOf(sniffed: Plain, reading: Reading, name: FileName): Source {
  try {
    return findOrDetect(sniffed, reading, name);
  } catch (error) {
    const isOfFile = error instanceof TokenhubError && OF_FILE.includes(error.code);
    throw isOfFile ? error.at({ file: name.shown }) : error;
  }
}

/** Errors that are about the file, too. */
const OF_FILE = ['WRONG_FILE_KIND', 'UNKNOWN_COLUMN', 'AMBIGUOUS_COLUMN'];

function findOrDetect(sniffed: Plain, reading: Reading, name: FileName): Source {
  const { mapping } = reading;
  const isMapped = Object.keys(mapping).length > 0;
  if (sniffed.kind === 'table' && isMapped) checkMapped(sniffed.columns, reading, name);
  const named = reading.source ?? (isMapped ? 'tokenhub' : null);
  if (named !== null) {
    const first = findSource(named, sniffed.kind);
    return detect(sniffed, named) ?? first;
  }
  const detected = detect(sniffed, null);
  if (detected !== null) return detected;
  const columns = sniffed.kind === 'table' ? sniffed.columns : null;
  throw unrecognised(name.shown, columns, mappingCommand(columns ?? keysIn(sniffed), name));
}

/** @throws UNRECOGNISED when no row could be read by the mapping, and what `checkMapping` throws */
function checkMapped(columns: readonly string[], { mapping, at, source }: Reading, { shown }: FileName): void {
  checkMapping(columns, mapping);
  if (source !== null && source.trim().toLowerCase() !== 'tokenhub') return;
  const lacks = lacking(columns, mapping).filter((what) => what !== 'time' || at === null);
  if (lacks.length > 0) throw mappingLacks(shown, lacks);
}

/** The command that maps columns, or keys of JSON lines, ready to paste; `null`: nobody can tell. */
function mappingCommand(columns: readonly string[], { typed }: FileName): string | null {
  const proposal = proposeMapping(columns);
  return proposal === null ? null : `tokenhub import ${fileWord(typed)} ${proposal}`;
}

const keysIn = (sniffed: Plain): readonly string[] => (sniffed.kind === 'json' ? unknownKeys(sniffed.values, {}) : []);

/** The first source of a name, or of any, that recognises one of the samples; of the kind of the file. */
function detect(sniffed: Plain, name: string | null): Source | null {
  for (const sample of samplesOf(sniffed)) {
    const source = detectSource(sample, name);
    if (source !== null && source.kind === sniffed.kind) return source;
  }
  return null;
}

const samplesOf = (sniffed: Plain): readonly Sample[] =>
  sniffed.kind === 'json'
    ? sniffed.values.map((value) => ({ value }))
    : [sniffed.kind === 'table' ? { columns: sniffed.columns } : { text: sniffed.text }];

type Table = Extract<Sniffed, { kind: 'database' }>['tables'][number];

/** The tables that have the columns mapped, or those of the source named or of any; the only one, when one is named. */
function tablesFor(tables: readonly Table[], { source, mapping }: Reading): readonly Table[] {
  const mapped = Object.values(mapping).filter((column) => !isConstant(column));
  const isMapped = Object.keys(mapping).length > 0;
  const fits = ({ columns }: Table): boolean =>
    isMapped ? mapped.every((column) => columns.includes(column)) : detectSource({ columns }, source) !== null;
  const isForced = tables.length === 1 && (source !== null || isMapped);
  const fitting = tables.filter(fits);
  return fitting.length === 0 && isForced ? tables : fitting;
}

function unreadColumns(sniffed: Plain, source: Source, { mapping }: Reading): readonly string[] {
  if (source.name !== 'tokenhub' || sniffed.kind === 'metrics') return [];
  return sniffed.kind === 'table' ? unknownColumns(sniffed.columns, mapping) : unknownKeys(sniffed.values, mapping);
}

/** A file name as it can be pasted into a shell, whatever it holds; a dash in front would begin a flag. */
const fileWord = (name: string): string => shellWord(name.replace(/^-(?=.)/, './-'));

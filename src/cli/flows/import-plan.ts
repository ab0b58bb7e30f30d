import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { globMatchesNothing, unrecognised } from '../../errors.js';
import { hashFile } from '../../files/hash-file.js';
import { type Sniffed, sniff } from '../../files/sniff.js';
import { spool } from '../../files/spool.js';
import { verifyGzip } from '../../files/verify-gzip.js';
import type { ImportKey } from '../../ledger/ledger.js';
import { checkMapping, proposeMapping, unknownColumns, unknownKeys } from '../../usage/mapping.js';
import type { Source } from '../../usage/source.js';
import { detectSource, findSource } from '../../usage/sources/all.js';
import type { Io } from '../io.js';
import type { Reading } from './import-options.js';

/** One file to import: where its bytes are, what it is, and what makes its import the same as another. */
export interface PlannedFile {
  /** As the user named it. */
  readonly name: string;
  /** Where the bytes are; for standard input a temporary file. */
  readonly path: string;
  readonly hashed: { readonly sha256: string; readonly bytes: number; readonly mtimeMs: number };
  /** `null`: the file is empty. */
  readonly source: Source | null;
  readonly key: ImportKey | null;
  /** Columns tokenhub does not read. */
  readonly unread: readonly string[];
  readonly dispose: () => Promise<void>;
}

/** Finds, hashes and recognises every file before anything is written. Throws for the first that cannot be read. */
export async function planImport(io: Io, names: readonly string[], reading: Reading): Promise<PlannedFile[]> {
  const planned: PlannedFile[] = [];
  try {
    for (const name of await expand(names, io.cwd)) planned.push(await planFile(io, name, reading));
    return planned;
  } catch (error) {
    for (const { dispose } of planned) await dispose();
    throw error;
  }
}

/** Names as given, quoted globs replaced by what they match, in order, each once. */
async function expand(names: readonly string[], cwd: string): Promise<string[]> {
  const found = new Set<string>();
  for (const name of names) {
    if (name === '-' || existsSync(resolve(cwd, name)) || !isDynamicPattern(name)) found.add(name);
    else for (const match of await matches(name, cwd)) found.add(match);
  }
  return [...found];
}

async function matches(pattern: string, cwd: string): Promise<string[]> {
  const found = await glob(pattern, {
    cwd,
    dot: true,
    onlyFiles: true,
    followSymbolicLinks: false,
    expandDirectories: false,
  });
  if (found.length === 0) throw globMatchesNothing(pattern);
  return found.sort();
}

async function planFile(io: Io, name: string, reading: Reading): Promise<PlannedFile> {
  const spooled = name === '-' ? await spool(io.stdin) : null;
  const path = spooled?.path ?? resolve(io.cwd, name);
  const dispose = spooled?.dispose ?? (async () => {});
  const shown = spooled === null ? name : 'standard-input';
  try {
    const hashed = await hashFile(path, shown);
    await verifyGzip(path, shown);
    const sniffed = await sniff(path, shown);
    const source = sourceOf(sniffed, reading, { typed: name, shown });
    const key = source === null ? null : keyOf(hashed.sha256, source, reading);
    return { name: shown, path, hashed, source, key, unread: unreadColumns(sniffed, source, reading), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

interface FileName {
  /** `-` for standard input. */
  readonly typed: string;
  readonly shown: string;
}

function sourceOf(sniffed: Sniffed, reading: Reading, { typed, shown }: FileName): Source | null {
  if (sniffed.kind === 'empty') return null;
  const { mapping } = reading;
  const isMapped = Object.keys(mapping).length > 0;
  if (sniffed.kind === 'table' && isMapped) checkMapping(sniffed.columns, mapping);
  if (reading.source !== null) return findSource(reading.source, sniffed.kind);
  if (isMapped) return findSource('tokenhub', sniffed.kind);
  const samples =
    sniffed.kind === 'table' ? [{ columns: sniffed.columns }] : sniffed.values.map((value) => ({ value }));
  for (const sample of samples) {
    const source = detectSource(sample);
    if (source !== null) return source;
  }
  const proposal = sniffed.kind === 'table' ? proposeMapping(sniffed.columns) : null;
  const columns = sniffed.kind === 'table' ? sniffed.columns : null;
  throw unrecognised(shown, columns, proposal === null ? null : `tokenhub import ${shellWord(typed)} ${proposal}`);
}

/** A file name as it can be pasted into a shell, whatever it holds. */
const shellWord = (name: string): string =>
  /^(?!-.)[\w./:@%+-]+$/.test(name) ? name : `'${name.replace(/^-/, './-').replaceAll("'", `'\\''`)}'`;

function unreadColumns(sniffed: Sniffed, source: Source | null, { mapping }: Reading): readonly string[] {
  if (source?.name !== 'tokenhub' || sniffed.kind === 'empty') return [];
  return sniffed.kind === 'table' ? unknownColumns(sniffed.columns, mapping) : unknownKeys(sniffed.values, mapping);
}

const keyOf = (sha256: string, source: Source, { role, account, mapping, timeZone, at }: Reading): ImportKey => ({
  sha256,
  source: source.name,
  role: role ?? source.role,
  options: JSON.stringify({ account, at, mapping: Object.entries(mapping).sort(), timeZone } satisfies KeyOptions),
});

/** What of the options decides what a file's records become; kept with the import as JSON. */
interface KeyOptions {
  readonly account: string | null;
  readonly at: number | null;
  readonly mapping: readonly (readonly [string, string])[];
  readonly timeZone: string;
}

/** Reads `ImportKey.options` back. */
export const optionsOf = (json: string): KeyOptions => JSON.parse(json);

/** Where a command's result goes: standard output, files, or both, each in its own format. */

import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { badOption, cannotWrite, outputTwice, unknownOutputName, wouldOverwrite } from '../errors/command-line.js';
import { realOf } from '../files/real-path.js';
import { FORMAT_NAMES, type Format, formatNamed, type Output, render } from '../render/formats.js';
import { visible } from '../render/visible.js';
import type { Io } from './io.js';
import type { OutputOptions } from './options.js';

interface Target {
  readonly format: Format;
  /** `null`: standard output. */
  readonly file: string | null;
}

type FileTarget = Target & { readonly file: string };

/**
 * Checks the output options; call it before the work, so that a typo costs no minute.
 *
 * @throws UNKNOWN_FORMAT; WOULD_OVERWRITE where two outputs are one file
 */
export function outputTargets({ cwd }: Pick<Io, 'cwd'>, options: OutputOptions): readonly Target[] {
  const files = (options.output ?? []).map((text) => fileTarget(text, options.formats ?? FORMAT_NAMES));
  refuseTwice(files, cwd);
  const named = options.json ? 'json' : options.format;
  if (named === undefined && files.length > 0) return files;
  return [{ format: formatNamed(named ?? 'table', options.formats), file: null }, ...files];
}

/** The second output would replace the first. */
function refuseTwice(targets: readonly FileTarget[], cwd: string): void {
  const seen = new Set<string>();
  for (const { file } of targets) {
    const path = realOf(resolve(cwd, file));
    if (seen.has(path)) throw outputTwice(file);
    seen.add(path);
  }
}

/** Prints one result to every target; nothing is written before all of them are rendered. */
export async function present(io: Io, options: OutputOptions, output: Output): Promise<void> {
  const targets = outputTargets(io, options);
  const texts: string[] = [];
  for (const { format, file } of targets)
    texts.push(
      await render(output, format, {
        columns: file === null ? io.columns : null,
        color: file === null ? colorOf(io, options) : 0,
      }),
    );
  if (targets.some(({ format }) => ROWS_ALONE.has(format)))
    for (const note of notesOf(output)) io.err(`${visible(note)}\n`);
  for (const [i, { file }] of targets.entries())
    if (file === null) io.out(texts[i]!);
    else write(resolve(io.cwd, file), texts[i]!);
}

/**
 * Refuses to write where something stands that the command reads or keeps: the ledger, the config, an input.
 *
 * @param files  absolute paths; `null`: there is none
 * @throws WOULD_OVERWRITE
 */
export function refuseOverwriting(io: Io, written: readonly string[], files: readonly (string | null)[]): void {
  if (written.length === 0) return;
  const paths = files.flatMap((file) => (file === null ? [] : [realOf(file)]));
  const kept = new Set(paths);
  for (const file of written) {
    const path = realOf(resolve(io.cwd, file));
    if (kept.has(path) || isLinkedTo(path, paths)) throw wouldOverwrite(file);
  }
}

/** Whether it is one of the files under another name: a hard link. */
function isLinkedTo(path: string, files: readonly string[]): boolean {
  const at = statsOf(path);
  if (at === undefined || at.nlink < 2n) return false;
  return files.some((file) => {
    const other = statsOf(file);
    return other?.ino === at.ino && other.dev === at.dev;
  });
}

const statsOf = (path: string) => (existsSync(path) ? statSync(path, { bigint: true }) : undefined);

/**
 * Refuses what cannot be written anyhow, before anything is changed whose result would then be lost.
 *
 * @throws CANNOT_WRITE, and for a format that is none
 */
export function checkWritable(io: Io, options: OutputOptions): void {
  for (const file of outputFiles(io, options)) {
    const path = resolve(io.cwd, file);
    try {
      accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
    } catch (cause) {
      throw cannotWrite(path, cause);
    }
  }
}

/** Files the output options name, as typed. */
export const outputFiles = (io: Pick<Io, 'cwd'>, options: OutputOptions): readonly string[] =>
  outputTargets(io, options).flatMap(({ file }) => (file === null ? [] : [file]));

/** Formats with no room for what must be said beside the rows; it goes to standard error. */
const ROWS_ALONE: ReadonlySet<Format> = new Set(['csv', 'ndjson', 'sarif', 'junit', 'gitlab']);

function notesOf({ sheet }: Output): readonly string[] {
  const { above, below } = sheet(null);
  return [...above, ...below];
}

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.csv': 'csv',
  '.md': 'markdown',
  '.txt': 'table',
  '.mmd': 'mermaid',
  '.sarif': 'sarif',
  '.xml': 'junit',
};

/** `<format>=<file>`, else a file whose name tells its format. */
function fileTarget(text: string, formats: readonly Format[]): FileTarget {
  const [name, ...rest] = text.split('=');
  if (rest.length > 0 && formats.some((format) => format === name))
    return { format: formatNamed(name!, formats), file: fileNamed(rest.join('='), text) };
  const format = BY_EXTENSION[extname(text).toLowerCase()];
  if (format === undefined || !formats.includes(format)) throw unknownOutputName(text, endingsOf(formats), formats);
  return { format, file: text };
}

/** `-` is standard output elsewhere, so no file is called so by chance. */
function fileNamed(file: string, typed: string): string {
  if (file !== '' && file !== '-') return file;
  throw badOption('--output', typed, 'names no file', 'write <format>=<file>; for standard output use --format');
}

const endingsOf = (formats: readonly Format[]): string[] =>
  Object.entries(BY_EXTENSION).flatMap(([ending, format]) => (formats.includes(format) ? [ending] : []));

/** A file that could be written in part alone, on a full disk say, is taken away: half a report reads like a whole one. */
function write(file: string, text: string): void {
  let opened: number | null = null;
  try {
    opened = openSync(file, 'w');
    writeFileSync(opened, text);
  } catch (cause) {
    if (opened !== null && fstatSync(opened).isFile()) rmSync(realOf(file), { force: true });
    throw cannotWrite(file, cause);
  } finally {
    if (opened !== null) closeSync(opened);
  }
}

const colorOf = (io: Io, { color }: OutputOptions): Io['colorDepth'] =>
  color === 'never' ? 0 : color === 'always' ? (io.colorDepth === 0 ? 2 : io.colorDepth) : io.colorDepth;

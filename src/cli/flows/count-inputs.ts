import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { LARGEST_TEXT, type Text, textFromBytes } from '../../files/read-text.js';
import { type Found, gather, type ListedFile, type Listing } from '../../files/walk.js';
import { separated } from '../../render/counted.js';
import type { Io } from '../io.js';
import type { OutputOptions } from '../options.js';
import { outputFiles, refuseOverwriting } from '../output.js';
import { warn } from '../say.js';
import { type Asked, findAsked, readStandardInput, STANDARD_INPUT } from './asked-paths.js';

export interface InputOptions extends OutputOptions {
  readonly filesFrom?: string;
  readonly maxBytes?: number;
  readonly encodingFile?: readonly string[];
}

export interface SkippedInput {
  readonly path: string;
  readonly reason: string;
  /** Whether the user asked for this very file: then a count without it is no answer. */
  readonly isNamed: boolean;
}

/** What will be counted, and what will not. */
export interface Inputs {
  readonly files: readonly ListedFile[];
  readonly standardInput: Text | null;
  readonly skipped: readonly SkippedInput[];
}

/** Reads standard input when it is asked for, and lists the files. @throws as `findAsked` does, WOULD_OVERWRITE */
export async function inputsOf(io: Io, asked: Asked, options: InputOptions): Promise<Inputs> {
  const piped = asked.standardInput ? await standardInput(io, options.maxBytes) : null;
  const listing = await listingOf(asked, io.cwd);
  keepInputs(io, listing, options);
  const isNamed = namedBy(io, asked);
  const { files, tooLarge } = splitBySize(listing.files, options.maxBytes);
  return {
    files,
    standardInput: piped === null || 'reason' in piped ? null : piped,
    skipped: [
      ...(piped !== null && 'reason' in piped ? [piped] : []),
      ...listing.skipped.map((skip) => ({ ...skip, isNamed: isNamed(skip.path) })),
      ...tooLarge,
    ],
  };
}

async function listingOf({ paths }: Asked, cwd: string): Promise<Listing> {
  const found: Found[] = [];
  for (const path of paths) found.push(await findAsked(path, cwd));
  return gather(found);
}

/** Tells whether a shown path was itself asked for. */
export function namedBy(io: Io, { paths }: Asked): (path: string) => boolean {
  const named = new Set(paths.map(({ path }) => resolve(io.cwd, path)));
  return (path) => named.has(resolve(io.cwd, path));
}

/** @throws WOULD_OVERWRITE when the output would replace an input */
export function keepInputs(io: Io, { files }: Pick<Listing, 'files'>, options: InputOptions): void {
  const { filesFrom, encodingFile = [] } = options;
  const others = [...(filesFrom === undefined ? [] : [filesFrom]), ...encodingFile];
  refuseOverwriting(io, outputFiles(io, options), [
    ...files.map(({ absolute }) => absolute),
    ...others.map((file) => resolve(io.cwd, file)),
  ]);
}

/** Files over a size are left out on request, so they are no failure, even when named. */
export function splitBySize(files: readonly ListedFile[], maxBytes: number | undefined) {
  if (maxBytes === undefined) return { files, tooLarge: [] };
  const sizes = files.map((file) => ({ file, size: sizeOf(file.absolute) }));
  return {
    files: sizes.flatMap(({ file, size }) => (size > maxBytes ? [] : [file])),
    tooLarge: sizes.flatMap(({ file, size }) => (size > maxBytes ? [tooLargeInput(file.path, maxBytes)] : [])),
  };
}

/** 0 when it cannot be told: whoever reads the file will say why. */
function sizeOf(absolute: string): number {
  try {
    return statSync(absolute).size;
  } catch {
    return 0;
  }
}

export const tooLargeReason = (bytes: number): string => `larger than ${separated(String(bytes))} bytes`;

const tooLargeInput = (path: string, maxBytes: number): SkippedInput => ({
  path,
  reason: tooLargeReason(maxBytes),
  isNamed: false,
});

async function standardInput(io: Io, maxBytes = LARGEST_TEXT): Promise<Text | SkippedInput> {
  const bytes = await readStandardInput(io, Math.min(maxBytes, LARGEST_TEXT));
  if (bytes.length === 0) warn(io, 'standard input is empty');
  if (bytes.length > maxBytes && maxBytes < LARGEST_TEXT) return tooLargeInput(STANDARD_INPUT, maxBytes);
  const read = textFromBytes(bytes);
  return 'skipped' in read ? { path: STANDARD_INPUT, reason: read.skipped, isNamed: true } : read;
}

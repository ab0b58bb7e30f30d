/** The texts a command reads: standard input, or files, each once, with what was left out. */

import { resolve } from 'node:path';
import { LARGEST_TEXT, readTextFile, textFromBytes } from '../../files/read-text.js';
import { listFiles } from '../../files/walk.js';
import type { Io } from '../io.js';
import type { OutputOptions } from '../options.js';
import { outputFiles, refuseOverwriting } from '../output.js';
import { warn } from '../say.js';

/** One file as text. */
export interface InputText {
  readonly path: string;
  readonly utf8: Uint8Array;
  /** Size of the file itself. */
  readonly bytes: number;
  /** How the text differs from the file; `null`: not at all. */
  readonly note: string | null;
}

export interface SkippedInput {
  readonly path: string;
  readonly reason: string;
  /** Whether the user asked for this very file: then an answer without it is none. */
  readonly isNamed: boolean;
}

const STANDARD_INPUT = '(standard input)';

/** Reads one text after the other. `paths` empty, or `-` among them: standard input. */
export async function* inputTexts(
  io: Io,
  paths: readonly string[],
  options: OutputOptions,
): AsyncGenerator<InputText | SkippedInput> {
  const named = paths.filter((path) => path !== '-');
  if (paths.length === 0 || named.length < paths.length) yield await standardInput(io);
  if (named.length === 0) return;
  const { files, skipped } = await listFiles(named, { cwd: io.cwd });
  refuseOverwriting(
    io,
    outputFiles(options),
    files.map(({ absolute }) => absolute),
  );
  const typed = new Set(named.map((path) => resolve(io.cwd, path)));
  const skip = (path: string, reason: string) => ({ path, reason, isNamed: typed.has(resolve(io.cwd, path)) });
  yield* skipped.map(({ path, reason }) => skip(path, reason));
  for (const { path, absolute } of files) {
    const read = readTextFile(absolute);
    yield 'skipped' in read ? skip(path, read.skipped) : { path, ...read };
  }
}

/** All of a pipe, but no more than can be counted: one without end is let go. */
async function standardInput(io: Io): Promise<InputText | SkippedInput> {
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

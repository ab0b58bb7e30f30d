/** Files of requests, and standard input, as text. */

import { resolve } from 'node:path';
import { LARGEST_TEXT, readTextFile, textFromBytes } from '../../files/read-text.js';
import { listFiles } from '../../files/walk.js';
import type { Io } from '../io.js';
import { outputFiles, refuseOverwriting } from '../output.js';
import type { ApartOptions } from './count-apart-options.js';

export interface RequestText {
  /** As shown to the user. */
  readonly path: string;
  /** `null`: standard input. */
  readonly absolute: string | null;
  readonly text: string;
  readonly bytes: number;
}

export interface UnreadText {
  readonly path: string;
  readonly reason: string;
  /** Whether the user asked for this very file. */
  readonly isNamed: boolean;
}

const STANDARD_INPUT = '(standard input)';

/** @throws PATH_NOT_FOUND, GLOB_MATCHES_NOTHING */
export async function* requestTexts(
  io: Io,
  paths: readonly string[],
  options: ApartOptions,
): AsyncGenerator<RequestText | UnreadText> {
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
  for (const { path, reason } of skipped) yield { path, reason, isNamed: typed.has(resolve(io.cwd, path)) };
  for (const { path, absolute, explicit } of files)
    yield asText({ path, absolute, isNamed: explicit }, readTextFile(absolute));
}

interface Where {
  readonly path: string;
  readonly absolute: string | null;
  readonly isNamed: boolean;
}

const asText = ({ isNamed, ...place }: Where, read: ReturnType<typeof readTextFile>): RequestText | UnreadText =>
  'skipped' in read
    ? { path: place.path, reason: read.skipped, isNamed }
    : { ...place, text: new TextDecoder().decode(read.utf8), bytes: read.bytes };

/** No more than can be counted: a pipe without end is let go. */
async function standardInput(io: Io): Promise<RequestText | UnreadText> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of io.stdin) {
    chunks.push(Buffer.from(chunk));
    length += chunk.length;
    if (length > LARGEST_TEXT) break;
  }
  return asText({ path: STANDARD_INPUT, absolute: null, isNamed: true }, textFromBytes(Buffer.concat(chunks)));
}

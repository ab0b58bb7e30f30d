import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileUnreadable, pathNotFound, standardInputTwice } from '../../errors/files.js';
import { inputTooLarge } from '../../errors/models.js';
import type { Place } from '../../errors/tokenhub-error.js';
import { failureReason, meansAbsent } from '../../files/failure-reason.js';
import { parsePathList } from '../../files/path-list.js';
import { LARGEST_TEXT } from '../../files/read-text.js';
import { type Found, findPath, findTyped } from '../../files/walk.js';
import type { Io } from '../io.js';
import { warn } from '../say.js';

export const STANDARD_INPUT = '(standard input)';

/** A path the user asked for. */
export interface AskedPath {
  readonly path: string;
  /** Where it stands in a list; such a path is no glob. `null`: it was typed. */
  readonly place: Place | null;
}

export interface Asked {
  readonly paths: readonly AskedPath[];
  /** Whether standard input is a text to count. */
  readonly standardInput: boolean;
}

/**
 * What to count: typed paths, and those of a list. Neither: standard input.
 *
 * @throws STANDARD_INPUT_TWICE, PATH_NOT_FOUND or FILE_UNREADABLE for the list
 */
export async function askedPaths(io: Io, typed: readonly string[], list: string | undefined): Promise<Asked> {
  const paths = typed.filter((path) => path !== '-').map((path): AskedPath => ({ path, place: null }));
  const isDashTyped = paths.length < typed.length;
  if (list === undefined) return { paths, standardInput: isDashTyped || typed.length === 0 };
  if (list === '-' && isDashTyped) throw standardInputTwice();
  const file = list === '-' ? STANDARD_INPUT : list;
  const bytes = list === '-' ? await readStandardInput(io, LARGEST_TEXT) : readList(io, list);
  if (bytes.length > LARGEST_TEXT) throw inputTooLarge(file, 'a list of paths', `${LARGEST_TEXT / 1024 / 1024} MiB`);
  const listed = parsePathList(bytes).map(({ path, line }): AskedPath => ({ path, place: { file, line } }));
  if (listed.length === 0) warn(io, `${file}: the list names no path`);
  return { paths: [...paths, ...listed], standardInput: isDashTyped };
}

/** What is at a path asked for. @throws PATH_NOT_FOUND with its place, GLOB_MATCHES_NOTHING, GIT_FAILED */
export async function findAsked({ path, place }: AskedPath, cwd: string): Promise<Found> {
  if (place === null) return findTyped(path, cwd);
  const found = findPath(path, cwd);
  if (found === null) throw pathNotFound(path).at(place);
  return found;
}

/** All of a pipe, but not much more than `limit` bytes: one without end is let go. */
export async function readStandardInput(io: Io, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of io.stdin) {
    chunks.push(Buffer.from(chunk));
    length += chunk.length;
    if (length > limit) break;
  }
  return Buffer.concat(chunks);
}

function readList(io: Io, list: string): Buffer {
  try {
    return readFileSync(resolve(io.cwd, list));
  } catch (cause) {
    throw meansAbsent(cause) ? pathNotFound(list) : fileUnreadable(list, failureReason(cause), cause);
  }
}

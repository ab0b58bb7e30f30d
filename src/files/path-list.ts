/** Lists of paths, as `git ls-files`, `find` and `fd` write them. */

import { utf16Of } from './read-text.js';

export interface ListedPath {
  readonly path: string;
  /** From 1; in a list with NULs, the number of the path. */
  readonly line: number;
}

/**
 * Paths separated by NULs when there is any, else by line ends; blank ones are left out. A byte order mark is no part of a path.
 *
 * @example parsePathList(utf8('a.md\r\n\r\nb.md')) // [{ path: 'a.md', line: 1 }, { path: 'b.md', line: 3 }]
 */
export function parsePathList(bytes: Uint8Array): ListedPath[] {
  const text = new TextDecoder(utf16Of(bytes) ?? 'utf-8').decode(bytes);
  const paths = text.includes('\0') ? text.split('\0') : text.split('\n').map((line) => line.replace(/\r$/, ''));
  return paths.flatMap((path, i) => (path.trim() === '' ? [] : [{ path, line: i + 1 }]));
}

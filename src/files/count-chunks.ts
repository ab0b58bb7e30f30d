/** The work of counting many files, in chunks that threads take one after the other. */

import { type CountedWith, countFile, type FileCount, type FileToCount } from './count-file.js';

/** Bytes of a chunk; between chunks, signals, timers and messages get their turn. */
const CHUNK = 1024 * 1024;

export interface SizedFile extends FileToCount {
  /** Bytes; 0 when not known. */
  readonly size: number;
}

/** What a thread is told; plain data. */
export interface CountJob {
  readonly files: readonly FileToCount[];
  /** Chunk c is the files from `chunks[c]` to before `chunks[c + 1]`. */
  readonly chunks: readonly number[];
  /** Number of chunks taken, shared by all threads; shape [1]. */
  readonly taken: Int32Array<SharedArrayBuffer>;
}

/** What a thread answers for each chunk. */
export interface CountedChunk {
  readonly chunk: number;
  readonly counts: readonly FileCount[];
}

export const countJob = (files: readonly SizedFile[]): CountJob => ({
  files: files.map(({ absolute, seen, asked }) => ({ absolute, seen, asked })),
  chunks: chunksOf(files),
  taken: new Int32Array(new SharedArrayBuffer(4)),
});

/** Where chunks begin, and the end. */
function chunksOf(files: readonly SizedFile[]): number[] {
  const chunks = [0];
  let bytes = 0;
  for (const [i, { size }] of files.entries()) {
    bytes += size;
    if (bytes >= CHUNK || i === files.length - 1) {
      chunks.push(i + 1);
      bytes = 0;
    }
  }
  return chunks;
}

/** The next chunk that nobody has taken; beyond the last when there is none. */
export const takeChunk = ({ taken }: CountJob): number => Atomics.add(taken, 0, 1);

export const countChunk = ({ files, chunks }: CountJob, chunk: number, by: CountedWith): FileCount[] =>
  files.slice(chunks[chunk], chunks[chunk + 1]).map((file) => countFile(file, by));

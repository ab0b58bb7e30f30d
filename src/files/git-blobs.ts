/** Contents of git objects, read through one `git cat-file --batch`. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { gitFailed } from '../errors/git.js';
import { firstLine, GIT_FLAGS, gitEnvironment, gitOutput, runGit } from './git.js';

export interface Blob {
  readonly id: string;
  /** `null`: the object is not in this clone, or has more bytes than wanted. */
  readonly bytes: Uint8Array | null;
  /** `null`: not in this clone. */
  readonly size: number | null;
}

/**
 * Reads blobs one after the other, those first that are not there; at most one is in memory.
 *
 * @param ids      full object ids
 * @param largest  bytes; a larger one is passed over
 * @throws GIT_FAILED
 */
export async function* readBlobs(root: string, ids: readonly string[], largest: number): AsyncGenerator<Blob> {
  if (ids.length === 0) return;
  const local = localObjects(root);
  const isLocal = (id: string): boolean => local === null || local.has(id);
  for (const id of ids) if (!isLocal(id)) yield { id, bytes: null, size: null };
  yield* readLocalBlobs(root, ids.filter(isLocal), largest);
}

/** The objects that a partial clone has; to ask git for another makes it fetch, or give up. `null`: the clone is not partial. */
function localObjects(root: string): ReadonlySet<string> | null {
  const promisors = runGit(root, ['config', '--get-regexp', '^(remote\\..*\\.promisor|extensions\\.partialclone)$']);
  if (promisors?.status !== 0) return null;
  const listed = gitOutput(root, ['cat-file', '--batch-all-objects', '--unordered', '--batch-check=%(objectname)']);
  return new Set(listed.toString().split('\n'));
}

async function* readLocalBlobs(root: string, ids: readonly string[], largest: number): AsyncGenerator<Blob> {
  if (ids.length === 0) return;
  const child = spawn('git', [...GIT_FLAGS, 'cat-file', '--batch'], {
    cwd: root,
    env: gitEnvironment(),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const ended = once(child, 'close');
  ended.catch(() => {});
  child.stdin.on('error', () => {}); // git is gone: its exit code says why
  child.stdin.end(ids.map((id) => `${id}\n`).join(''));
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = `${complaint}${text}`.slice(0, 4096);
  });
  try {
    const output = byteReader(child.stdout);
    for (const id of ids) {
      const blob = await readBlob(output, id, largest);
      if (blob === null) throw gitFailed(root, firstLine(complaint) || 'git cat-file ended early');
      yield blob;
    }
    await ended;
  } finally {
    child.kill();
  }
}

/** `<id> <type> <size>`, the content and a line end, or `<id> missing`. `null`: the output has ended. */
async function readBlob(output: ByteReader, id: string, largest: number): Promise<Blob | null> {
  const header = await output.line();
  if (header === null) return null;
  const [, digits] = /^[0-9a-f]+ blob (\d+)$/.exec(header) ?? [];
  if (digits === undefined) return { id, bytes: null, size: null };
  const size = Number(digits);
  const isWanted = size <= largest;
  const bytes = isWanted ? await output.take(size) : await output.skip(size);
  const end = await output.line();
  return bytes === null || end === null ? null : { id, bytes: isWanted ? bytes : null, size };
}

type ByteReader = ReturnType<typeof byteReader>;

const LINE_FEED = 0x0a;
const NOTHING = Buffer.alloc(0);

/** Lines and runs of bytes from a stream; each answers `null` when the stream ends before it. */
function byteReader(stream: AsyncIterable<Buffer>) {
  const chunks = stream[Symbol.asyncIterator]();
  let held: Buffer = NOTHING;
  /** The next bytes, at most `most`; empty: the end. */
  const some = async (most: number): Promise<Buffer> => {
    while (held.length === 0) {
      const { done, value } = await chunks.next();
      if (done) return NOTHING;
      held = value;
    }
    const part = held.subarray(0, most);
    held = held.subarray(part.length);
    return part;
  };
  /** Hands over exactly `size` bytes, part by part. */
  const pass = async (size: number, take: (part: Buffer, at: number) => void): Promise<boolean> => {
    for (let at = 0; at < size; ) {
      const part = await some(size - at);
      if (part.length === 0) return false;
      take(part, at);
      at += part.length;
    }
    return true;
  };
  return {
    line: async (): Promise<string | null> => {
      let text = '';
      for (;;) {
        const [byte] = await some(1);
        if (byte === undefined) return null;
        if (byte === LINE_FEED) return text;
        text += String.fromCharCode(byte);
      }
    },
    take: async (size: number): Promise<Buffer | null> => {
      const whole = Buffer.allocUnsafe(size);
      return (await pass(size, (part, at) => void part.copy(whole, at))) ? whole : null;
    },
    skip: async (size: number): Promise<Buffer | null> => ((await pass(size, () => {})) ? NOTHING : null),
  };
}

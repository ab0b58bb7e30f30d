import { createWriteStream, rmSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface Spooled {
  readonly path: string;
  readonly bytes: number;
  /** Removes the file; may be called again. */
  readonly dispose: () => Promise<void>;
}

/**
 * Writes a stream, such as standard input, to a temporary file that only this user may read, so that it can be read twice.
 * A write that fails leaves nothing behind and throws what the file system said.
 *
 * @param signal  ends it; its reason is thrown
 */
export async function spool(stream: NodeJS.ReadableStream, signal?: AbortSignal): Promise<Spooled> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenhub-'));
  const onExit = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', onExit); // Ctrl-C must not leave the input behind: it may hold prompts
  const dispose = async (): Promise<void> => {
    process.off('exit', onExit);
    await rm(folder, { recursive: true, force: true });
  };
  const path = join(folder, 'input');
  try {
    await pipeline(stream, createWriteStream(path, { mode: 0o600, flags: 'wx' }), { signal });
    return { path, bytes: (await stat(path)).size, dispose };
  } catch (cause) {
    await dispose();
    signal?.throwIfAborted();
    throw cause;
  }
}

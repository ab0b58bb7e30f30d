/** Watches folders for changes of what is directly in them, with the means of the operating system: nothing is polled. */

import { type FSWatcher, statSync, watch } from 'node:fs';
import { cannotWatch } from '../errors/files.js';
import { meansAbsent } from './failure-reason.js';

interface Watched {
  readonly watcher: FSWatcher;
  /** Of the folder: one that was removed and made again is another, although it is called the same. */
  readonly identity: string;
}

export class FolderWatch {
  readonly #folders = new Map<string, Watched>();
  #changed = false;
  #wake: (() => void) | null = null;

  /**
   * Watches these folders from now on, and no others; those that are not there are left out.
   *
   * @param folders  absolute
   * @throws CANNOT_WATCH when there are more than the system can watch
   */
  follow(folders: ReadonlySet<string>): void {
    for (const [folder, { watcher, identity }] of this.#folders)
      if (!folders.has(folder) || identityOf(folder) !== identity) {
        watcher.close();
        this.#folders.delete(folder);
      }
    for (const folder of folders) if (!this.#folders.has(folder)) this.#open(folder, folders.size);
  }

  #open(folder: string, count: number): void {
    const identity = identityOf(folder);
    if (identity === null) return;
    try {
      const watcher = watch(folder, () => this.#tell());
      watcher.on('error', () => this.#tell()); // the folder is gone, which its parent tells as well
      this.#folders.set(folder, { watcher, identity });
    } catch (cause) {
      if (!meansAbsent(cause)) throw cannotWatch(folder, count, cause);
    }
  }

  #tell(): void {
    this.#changed = true;
    this.#wake?.();
  }

  /** Ends when anything changed since the last call, or the signal is aborted. */
  async changed(signal: AbortSignal): Promise<void> {
    if (!this.#changed && !signal.aborted) await this.#woken(signal);
    this.#wake = null;
    this.#changed = false;
  }

  #woken(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake); // the signal outlives each of many waits
        resolve();
      };
      this.#wake = wake;
      signal.addEventListener('abort', wake);
    });
  }

  [Symbol.dispose](): void {
    this.follow(new Set());
  }
}

/** With the time it was made, because numbers of files that are gone are given again. */
function identityOf(folder: string): string | null {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats === undefined ? null : `${stats.dev} ${stats.ino} ${stats.birthtimeMs}`;
}

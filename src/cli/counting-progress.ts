import { counted } from '../render/counted.js';
import type { Io } from './io.js';
import { progressOn } from './progress.js';

/** Progress over a known number of files: `━━━━━━────  1,200 of 2,087 files  20.1 MB  95 MB/s`. */
export function countingProgress(io: Io, files: number) {
  const { show, clear } = progressOn(io);
  const begun = io.progress === null ? 0 : io.now();
  let done = 0;
  let bytes = 0;
  return {
    /** One more file is done. */
    add: (size: number): void => {
      done += 1;
      bytes += size;
      show(() => countingLine({ done, files, bytes, ms: io.now() - begun }));
    },
    clear,
  };
}

const BAR = 20;

/** @param ms  since the start, > 0 */
export function countingLine({ done, files, bytes, ms }: Record<'done' | 'files' | 'bytes' | 'ms', number>): string {
  const filled = files === 0 ? BAR : Math.floor((BAR * done) / files);
  const bar = '━'.repeat(filled) + '─'.repeat(BAR - filled);
  const megabytes = bytes / 1e6;
  const size = `${megabytes.toFixed(1)} MB`;
  const speed = `${((megabytes * 1000) / ms).toFixed(0)} MB/s`;
  return `${bar}  ${done.toLocaleString('en-US')} of ${counted(BigInt(files), 'file')}  ${size}  ${speed}`;
}

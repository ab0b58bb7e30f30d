import { visible } from '../render/visible.js';
import type { Io } from './io.js';
import { progressOn } from './progress.js';

/** What an import does: read all files to see what they are, then bring them in. */
export type ImportPhase = 'checking' | 'importing';

export type ImportProgress = ReturnType<typeof importProgress>;

/** Progress over bytes, as they are stored: `importing  ━━━━━─────  52%  usage.csv  1,234,567 records  180,000/s  40 s left`. */
export function importProgress(io: Io) {
  const { show, clear } = progressOn(io);
  const now = (): number => (io.progress === null ? 0 : io.now());
  let phase: ImportPhase = 'checking';
  let begun = now();
  let [total, before, ofFile, records] = [0, 0, 0, 0];
  let file = '';
  let fileBytes: number | null = 0;
  return {
    /** @param bytes  of all files */
    start: (next: ImportPhase, bytes: number): void => {
      [phase, total, begun] = [next, bytes, now()];
      [before, ofFile, records, fileBytes] = [0, 0, 0, 0];
    },
    /**
     * The next file. What was not read of the one before, such as the pages of a database, is taken for read.
     *
     * @param bytes  `null`: as many as are read of it
     */
    file: (name: string, bytes: number | null): void => {
      [file, before, ofFile, fileBytes] = [name, before + (fileBytes ?? ofFile), 0, bytes];
    },
    /** So much of the total need not be read. */
    without: (bytes: number): void => {
      [total, fileBytes] = [total - bytes, (fileBytes ?? 0) - bytes];
    },
    add: ({ bytes, read }: { readonly bytes: number; readonly read: number }): void => {
      ofFile += bytes;
      records += read;
      show(() =>
        importLine({
          phase,
          file,
          records,
          total,
          done: before + Math.min(ofFile, fileBytes ?? ofFile),
          ms: now() - begun,
        }),
      );
    },
    clear,
  };
}

const BAR = 20;

/** Bytes of a phase that are done, and records; `ms` since the phase began, > 0. */
export interface ImportState {
  readonly phase: ImportPhase;
  readonly file: string;
  readonly done: number;
  readonly total: number;
  readonly records: number;
  readonly ms: number;
}

export function importLine({ phase, file, done, total, records, ms }: ImportState): string {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const filled = Math.floor(BAR * share);
  const parts = [
    phase,
    `${'━'.repeat(filled)}${'─'.repeat(BAR - filled)}`,
    `${Math.floor(100 * share)}%`,
    visible(file),
    ...(phase === 'checking'
      ? [`${Math.round(done / 1e3 / ms).toLocaleString('en-US')} MB/s`]
      : [
          `${records.toLocaleString('en-US')} records`,
          `${Math.round((records * 1000) / ms).toLocaleString('en-US')}/s`,
        ]),
    ...(share >= 0.01 ? [`${durationText((ms * (1 - share)) / share)} left`] : []),
  ];
  return parts.join('  ');
}

/** @example durationText(80_000) // '1 min 20 s' */
export function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

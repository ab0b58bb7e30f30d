import type { ExitCode } from '../errors/tokenhub-error.js';
import type { Io } from './io.js';

/** Runs a command's work and keeps its exit code. Commands declare their flags with it and know nothing else. */
export type Run = <Args extends unknown[]>(
  work: (io: Io, ...args: Args) => Promise<ExitCode>,
) => (...args: Args) => Promise<void>;

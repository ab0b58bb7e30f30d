import type { Io } from './io.js';
import { outputStream } from './output-stream.js';
import { terminalLine } from './terminal-line.js';

/** The real world: this process's streams, environment and clock. A closed pipe is no error. */
export function processIo(): Io {
  const stdout = outputStream(1, refuseToGoOn);
  const stderr = outputStream(2, refuseToGoOn);
  const progress = terminalLine(stderr.write, stderr.columns);
  let stop: (() => void) | null = null;
  const end = (): void => {
    progress('');
    if (stop === null) process.exit(130);
    stop();
    stop = null;
  };
  process.on('SIGINT', end);
  return {
    cwd: currentFolder(),
    env: process.env,
    /** Opened when somebody reads it, which most commands do not. */
    get stdin() {
      return process.stdin;
    },
    out: stdout.write,
    err: (text) => {
      progress('');
      stderr.write(text);
    },
    progress: stderr.isTerminal && process.env.TERM !== 'dumb' ? progress : null,
    onInterrupt: (by) => {
      stop = by;
      process.on('SIGTERM', end);
      return () => {
        stop = null;
        process.off('SIGTERM', end);
      };
    },
    columns: stdout.isTerminal ? stdout.columns() : null,
    colorDepth: colorDepth(stdout.isTerminal),
    now: Date.now,
  };
}

/** A folder that was removed meanwhile has no path. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    process.stderr.write('error: the current folder was removed\n  change to one that is there: cd ~\n');
    process.exit(2);
  }
}

/**
 * Nobody reads any more: the command goes on to its own exit code, since a gate that is not read must not pass. A full disk, say, is
 * another matter: exit code 1 would look like a breached budget.
 */
function refuseToGoOn(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.stderr.write(
    `error: the output cannot be written: ${error.message}\n  free some space, or write elsewhere\n`,
  );
  process.exit(2);
}

/** NO_COLOR (no-color.org) wins over FORCE_COLOR; a pipe is plain. */
function colorDepth(isTerminal: boolean): Io['colorDepth'] {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return 0;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0' && FORCE_COLOR !== 'false') return 2;
  if (!isTerminal || FORCE_COLOR === '0' || FORCE_COLOR === 'false') return 0;
  const bits = process.stdout.getColorDepth();
  return bits >= 24 ? 3 : bits >= 8 ? 2 : bits >= 4 ? 1 : 0;
}

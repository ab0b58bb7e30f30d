import type { Io } from './io.js';
import { terminalLine } from './terminal-line.js';

/** The real world: this process's streams, environment and clock. A closed pipe is no error. */
export function processIo(): Io {
  process.stdout.on('error', surviveWriteError);
  process.stderr.on('error', surviveWriteError);
  const progress = terminalLine(
    (text) => process.stderr.write(text),
    () => process.stderr.columns || 80, // 0 on terminals that do not know
  );
  process.once('SIGINT', () => {
    progress('');
    process.exit(130);
  });
  return {
    cwd: process.cwd(),
    env: process.env,
    /** Opened when somebody reads it, which most commands do not. */
    get stdin() {
      return process.stdin;
    },
    out: (text) => process.stdout.write(text),
    err: (text) => {
      progress('');
      process.stderr.write(text);
    },
    progress: process.stderr.isTTY && process.env.TERM !== 'dumb' ? progress : null,
    columns: process.stdout.isTTY ? (process.stdout.columns ?? 80) : null,
    colorDepth: colorDepth(),
    now: Date.now,
  };
}

/** Nobody reads any more, yet the command goes on to its own exit code: a gate that is not read must not pass. */
function surviveWriteError(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  // A full disk, say: exit code 1 would look like a breached budget.
  process.stderr.write(
    `error: the output cannot be written: ${error.message}\n  free some space, or write elsewhere\n`,
  );
  process.exit(2);
}

/** NO_COLOR (no-color.org) wins over FORCE_COLOR; a pipe is plain. */
function colorDepth(): Io['colorDepth'] {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return 0;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0' && FORCE_COLOR !== 'false') return 2;
  if (!process.stdout.isTTY || FORCE_COLOR === '0' || FORCE_COLOR === 'false') return 0;
  const bits = process.stdout.getColorDepth();
  return bits >= 24 ? 3 : bits >= 8 ? 2 : bits >= 4 ? 1 : 0;
}

import { fstatSync, writeSync } from 'node:fs';

/** Standard output or standard error. */
export interface OutputStream {
  readonly isTerminal: boolean;
  /** Columns of the terminal at the moment. */
  readonly columns: () => number;
  readonly write: (data: string | Uint8Array) => void;
}

/**
 * The stream of a file descriptor. A terminal is Node's own stream; a file or a pipe is written to directly, because loading Node's
 * stream takes longer than counting a small file does.
 *
 * @param onError  a failed write that is not a reader gone
 */
export function outputStream(fd: 1 | 2, onError: (error: NodeJS.ErrnoException) => void): OutputStream {
  const terminal = terminalOf(fd);
  terminal?.on('error', onError);
  return {
    isTerminal: terminal !== null,
    columns: () => terminal?.columns || 80, // 0 on terminals that do not know
    write: (data) => (terminal === null ? writeAll(fd, data, onError) : terminal.write(data)),
  };
}

function terminalOf(fd: 1 | 2): NodeJS.WriteStream | null {
  if (!isCharacterDevice(fd)) return null;
  const stream = fd === 1 ? process.stdout : process.stderr;
  return stream.isTTY ? stream : null;
}

function isCharacterDevice(fd: number): boolean {
  try {
    return fstatSync(fd).isCharacterDevice();
  } catch {
    return false; // closed by whoever started this process: writing to it says so
  }
}

/** Milliseconds between tries when a pipe is full and its other end was set not to wait. */
const PAUSE = 2;

/** Writes all of it, waiting for a reader that is slow. Nobody reads any more, or nothing is open: then there is nothing to do. */
function writeAll(fd: number, data: string | Uint8Array, onError: (error: NodeJS.ErrnoException) => void): void {
  let bytes: Uint8Array = typeof data === 'string' ? Buffer.from(data) : data;
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(fd, bytes));
    } catch (cause) {
      const error = cause as NodeJS.ErrnoException;
      if (error.code === 'EPIPE' || error.code === 'EBADF') return;
      if (error.code !== 'EAGAIN') {
        onError(error);
        return;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}

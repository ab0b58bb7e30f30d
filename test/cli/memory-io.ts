import { Readable } from 'node:stream';
import type { Io } from '../../src/cli/io.js';
import { main } from '../../src/cli/main.js';

/** A world in memory: what is piped in, where, when; and what came out. */
export interface World {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** What a pipe delivers; `null`: standard input is a terminal. */
  readonly stdin?: string | Buffer | null;
  readonly now?: string;
  readonly columns?: number | null;
}

export function memoryIo({ cwd = '/', env = {}, stdin = null, now = '2026-11-01T00:00:00Z', columns = null }: World) {
  const written = { stdout: '', stderr: '' };
  const pipe = Readable.from(stdin === null ? [] : [Buffer.from(stdin)]);
  const io: Io = {
    cwd,
    env,
    stdin: Object.assign(pipe, { isTTY: stdin === null }),
    out: (data) => {
      written.stdout += typeof data === 'string' ? data : Buffer.from(data).toString();
    },
    err: (text) => {
      written.stderr += text;
    },
    progress: null,
    onInterrupt: () => () => {},
    columns,
    colorDepth: 0,
    now: () => Date.parse(now),
  };
  return { io, written };
}

/** Runs the whole program in memory. */
export async function run(argv: readonly string[], world: World = {}) {
  const { io, written } = memoryIo(world);
  const exitCode = await main(argv, io);
  return { exitCode, ...written };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { interrupted } from '../errors/command-line.js';
import type { Io } from './io.js';

/** Ctrl-C while something must be undone: the work asks where it may stop, and cleans up as after any error. */
export interface Interruption {
  /** @throws INTERRUPTED once Ctrl-C was pressed */
  readonly check: () => void;
  /** Aborted then, for what waits and cannot ask. */
  readonly signal: AbortSignal;
  /** Waits, and then checks. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly [Symbol.dispose]: () => void;
}

export function interruptionOf(io: Io): Interruption {
  const asked = new AbortController();
  const dispose = io.onInterrupt(() => asked.abort(interrupted()));
  const { signal } = asked;
  const check = (): void => signal.throwIfAborted();
  return {
    check,
    signal,
    sleep: async (ms) => {
      await sleep(ms);
      check();
    },
    [Symbol.dispose]: dispose,
  };
}

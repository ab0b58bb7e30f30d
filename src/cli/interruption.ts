import { setTimeout as sleep } from 'node:timers/promises';
import { interrupted } from '../errors.js';
import type { Io } from './io.js';

/** Ctrl-C while something must be undone: the work asks where it may stop, and cleans up as after any error. */
export interface Interruption {
  /** @throws INTERRUPTED once Ctrl-C was pressed */
  readonly check: () => void;
  /** Waits, and then checks. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly [Symbol.dispose]: () => void;
}

export function interruptionOf(io: Io): Interruption {
  let isAsked = false;
  const dispose = io.onInterrupt(() => {
    isAsked = true;
  });
  const check = (): void => {
    if (isAsked) throw interrupted();
  };
  return {
    check,
    sleep: async (ms) => {
      await sleep(ms);
      check();
    },
    [Symbol.dispose]: dispose,
  };
}

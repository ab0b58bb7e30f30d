import type { Io } from './io.js';

export interface Progress {
  /** Shows a line, at most ten times a second and not before half a second has passed. */
  readonly show: (line: () => string) => void;
  readonly clear: () => void;
}

const FIRST_AFTER_MS = 500;
const EVERY_MS = 100;

/** Progress on standard error, where that is a terminal; nothing elsewhere. Without colours, so NO_COLOR has nothing to forbid. */
export function progressOn({ progress, now }: Io): Progress {
  if (progress === null) return { show: () => {}, clear: () => {} };
  let next = now() + FIRST_AFTER_MS;
  let isShown = false;
  return {
    show: (line) => {
      if (now() < next) return;
      next = now() + EVERY_MS;
      isShown = true;
      progress(line());
    },
    clear: () => {
      if (isShown) progress('');
      isShown = false;
    },
  };
}

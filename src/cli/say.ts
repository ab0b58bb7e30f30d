import { visible } from '../render/visible.js';
import type { Io } from './io.js';

/** One line on standard error; control characters from files and flags are shown, not sent. */
export const say = (io: Io, text: string): void => io.err(`${visible(text)}\n`);

export const warn = (io: Io, text: string): void => say(io, `warning: ${text}`);

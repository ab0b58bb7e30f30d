/** Sets of character classes that several splitting patterns name. */

import { Class } from '../character-classes.js';

/** `\p{L}` */
export const LETTER = Class.upper | Class.lower | Class.otherLetter;
/** `\s` */
export const WHITE_SPACE = Class.blank | Class.newline;
/** `[^\s\p{L}\p{M}\p{N}]` */
export const PLAIN_SYMBOL = Class.other | Class.symbol;
/** `[^\s\p{L}\p{N}]` */
export const SYMBOL = PLAIN_SYMBOL | Class.mark;
/** `[^\r\n\p{L}\p{N}]` */
export const PREFIX = Class.blank | SYMBOL;

export const APOSTROPHE = 0x27;
export const SPACE = 0x20;
export const SLASH = 0x2f;
export const CR = 0x0d;
export const LF = 0x0a;

import type { CharacterReader } from '../character-classes.js';

/**
 * End of the piece that starts at `at`. The text is valid UTF-8 followed by four or more `END_BYTE`s; `at` is before them.
 * Always advances.
 */
export type NextPiece = (text: Uint8Array, at: number) => number;

/** Makes a pattern's scanner over a table of character classes. */
export type Splitter = (reader: CharacterReader) => NextPiece;

import { unicodeClasses } from './encodings.js';

const { blocks, classes } = unicodeClasses();

/** Class of a code point in the tables of Unicode 16.0 that tokenhub splits by. */
export const characterClassOf = (codePoint: number): number =>
  classes[(blocks[codePoint >> 7]! << 7) | (codePoint & 127)]!;

import { join } from 'node:path';
import { type EncodingName, encodingNamed, type ShippedVocabulary } from '../tokenizer/encodings.js';
import type { ChosenPattern } from '../tokenizer/pattern-choice.js';
import { packageRoot } from './package-root.js';

/** A vocabulary file to count with. */
export interface EncodingFile {
  /** Absolute. */
  readonly path: string;
  /** As messages and results call it. */
  readonly shown: string;
  /** The pattern to split by, where the file does not say it in words that are recognised. */
  readonly pattern: ChosenPattern;
}

/** What names an encoding: plain data, so that it can be sent to a thread. */
export type EncodingRef = EncodingName | EncodingFile;

/** How results call an encoding. */
export const encodingTitle = (ref: EncodingRef): string => (typeof ref === 'string' ? ref : ref.shown);

/** Tells encodings apart: the same for two that would be opened as one. */
export const encodingKey = (ref: EncodingRef): string =>
  typeof ref === 'string' ? ref : `${ref.pattern ?? 'own'} ${ref.path}`;

/** File of the tables of an encoding that ships; `null`: it does not. */
export function shippedTables(ref: EncodingRef): string | null {
  if (typeof ref !== 'string') return null;
  const { vocabulary } = encodingNamed(ref);
  return typeof vocabulary === 'string' ? shippedFile(vocabulary) : null;
}

export const shippedFile = (vocabulary: ShippedVocabulary): string =>
  join(packageRoot(), 'dist', 'encodings', `${vocabulary}.bin`);

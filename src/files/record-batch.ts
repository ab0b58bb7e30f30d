import type { TokenhubError } from '../errors/tokenhub-error.js';
import type { RawRecord } from '../usage/source.js';

/** A record that cannot be read, and why. */
export interface BadRecord {
  /** Line of the file the record starts on, from 1. */
  readonly line: number;
  readonly error: TokenhubError;
}

/** The records of one piece of the file: about a thousand. */
export type RecordBatch = readonly (RawRecord | BadRecord)[];

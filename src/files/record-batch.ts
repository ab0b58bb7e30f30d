import type { TokenhubError } from '../errors/tokenhub-error.js';
import type { RawRecord } from '../usage/source.js';

/** A record that cannot be read, and why. */
export interface BadRecord {
  /** Line of the file the record starts on, from 1. */
  readonly line: number;
  readonly error: TokenhubError;
}

/** The records of one piece of the file: about a thousand. They may be told apart only as they are taken. */
export type RecordBatch = Iterable<RawRecord | BadRecord>;

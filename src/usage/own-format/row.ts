/** Records of tokenhub's own format, and of a user's own columns, by field instead of by column. */

import { rememberColumns } from '../reading/remember-columns.js';
import type { RawRecord } from '../source.js';
import type { RecordTime } from '../time/record-time.js';
import type { FieldNumber, Mapping } from './columns.js';
import { layoutOf } from './layout.js';
import { PlainOwnRow } from './plain-row.js';
import { type ReadCount, ValueRow } from './value-row.js';

/** All throw BAD_FIELD for what they do not understand. */
export interface OwnRow {
  readonly cell: (field: FieldNumber) => unknown;
  readonly text: (field: FieldNumber) => string | null;
  /** The bytes of a UUID, good until the next row is read; `null`: it is none, or that is not known. */
  readonly uuid: (field: FieldNumber) => Uint8Array | null;
  readonly count: (field: FieldNumber) => number | null;
  readonly latency: () => number | null;
  /** `null`: the row names no time. */
  readonly time: (timeZone: string) => RecordTime | null;
  /** Tags are columns, `tag:app`; JSONL alone has an object `tags`, which in a CSV is text and not ours. */
  readonly tags: () => Readonly<Record<string, string>>;
  /** The column as the file names it, for errors. */
  readonly field: (field: FieldNumber) => string;
  /** What is made of some cells, which many rows have in common: often one object for all of them. */
  readonly alike: <Made>(of: Alike<Made>) => Made;
  /** A number of these cells, which no other cells have, as they count up from 0; -1: not known. Ask `alike` first. */
  readonly mark: (of: Alike<unknown>) => number;
}

/** What is made of some fields of a row alone. */
export interface Alike<Made> {
  /** Its place among all of these, from 0. */
  readonly place: number;
  readonly fields: readonly FieldNumber[];
  /** Whether tags count, too. */
  readonly tags: boolean;
  /** Pure; what it makes is shared. */
  readonly make: (row: OwnRow) => Made;
}

/**
 * Reads the records of one file. What it returns is one and the same object, which is the record read last.
 *
 * @returns a function that throws BAD_RECORD for what is no object, AMBIGUOUS_COLUMN
 */
export function ownRows(mapping: Mapping, readCount: ReadCount): (record: RawRecord) => OwnRow {
  const layouts = rememberColumns((headers) => layoutOf(headers, mapping));
  const [values, plain] = [new ValueRow(readCount), new PlainOwnRow()];
  return (record) =>
    record.plain === undefined
      ? values.be(record, layouts)
      : plain.be(record.plain, layouts.headers(record.plain.columns));
}

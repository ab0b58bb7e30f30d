import type { TokenhubError } from '../errors/tokenhub-error.js';
import type { Role, UsageEvent } from './event.js';

/** One record of a usage file. */
export interface RawRecord {
  /** Line of the file the record starts on, from 1; row number where a file has no lines (Parquet, SQLite). */
  readonly line: number;
  /** Of a table: column name to the text of the cell. Of JSON: the parsed value. Of metrics: the whole text. */
  readonly value: unknown;
  /** Of a row of a CSV file: the same by place, for decoders to whom the object made of `value` is too slow. */
  readonly row?: TableRow;
  /** Of a row in which nothing is quoted: where its cells stand, for decoders to whom even making texts is too slow. */
  readonly plain?: PlainRow;
}

/** A row and the names of its columns; the names are one list for all rows of a file. */
export interface TableRow {
  readonly columns: readonly string[];
  readonly cells: readonly string[];
}

/** UTF-16 code units; in bytes where the text is ASCII. */
export type CodeUnits = Uint16Array | Uint8Array;

/** Where the cells of a row stand in a text: cell `i` in `[starts[i], ends[i])`. Good until the next record is read. */
export interface PlainRow {
  readonly columns: readonly string[];
  /** The text's UTF-16 code units, and more behind them. */
  readonly codes: CodeUnits;
  /** The same memory, in which code `i` is the `width` bytes from `i * width` on. */
  readonly bytes: DataView;
  readonly width: 1 | 2;
  /** The text of codes `[start, end)`. */
  readonly cut: (start: number, end: number) => string;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** What a decoder may need to know beside the record. */
export interface DecodeContext {
  /** IANA zone of timestamps that name none. */
  readonly timeZone: string;
  /** Instant (ms) for records that carry no time at all (`--at`); `null` when the user gave none. */
  readonly at: number | null;
  /** Column names of the user's own CSV, by tokenhub's field name: `{ input_tokens: 'prompt_tok' }`. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly file: {
    /** Path as the user named it, or the name of a member of an archive. */
    readonly name: string;
    /** When it was last written, ms. */
    readonly modified: number;
  };
}

/** What a decoder knows of a record's one event, so that nobody need look for it again. */
export interface Marks {
  /** The 16 bytes of its id; `null`: they are to be looked for. Good until the next record is read. */
  readonly uuid: Uint8Array | null;
  /** Numbers of names, from 0 in order of appearance: names of one number are equal. -1: not known. */
  readonly origin: number;
  readonly agent: number;
  readonly session: number;
}

/** What a record became: events, beside parts of it that must be rejected; or nothing because it holds no usage (skipped, not rejected). */
export type Decoded =
  | { readonly events: readonly UsageEvent[]; readonly rejects?: readonly TokenhubError[]; readonly marks?: Marks }
  | { readonly skipped: string };

/**
 * How a file is cut into records. `table`: rows by column name (CSV, Parquet, a table of an SQLite file). `json`: one
 * value per line, the elements of one array, or one document. `metrics`: the whole text of a Prometheus exposition.
 */
export type RecordKind = 'table' | 'json' | 'metrics';

/** What detection is shown: the columns of a table, one JSON value, or the beginning of a text. */
export type Sample = { readonly columns: readonly string[] } | { readonly value: unknown } | { readonly text: string };

/**
 * A format of usage records. Each lives in one file of `sources/` and is one line in `sources/all.ts`.
 * A decoder reads the records of one file in order, and throws `BAD_FIELD`, `MISSING_FIELD` or `BAD_RECORD` for a record that must be rejected.
 */
export interface Source {
  /** Name on the command line and in the ledger (`openai`, `claude-code`). Shapes of one source share it. */
  readonly name: string;
  readonly title: string;
  readonly kind: RecordKind;
  readonly role: Role;
  /** Page that describes the format. */
  readonly documentation: string;
  /** Account of records that name none; `null`: the provider's name. */
  readonly account: string | null;
  /** Columns or fields that are read, as the format spells them; shown by `sources`. */
  readonly reads: readonly string[];
  /** What tells one record from another, so that importing it again changes nothing; shown by `sources`. */
  readonly key: string;
  readonly recognises: (sample: Sample) => boolean;
  /** True where a decoder needs what it read before of the file: a log that has grown is then read whole again. */
  readonly keepsState?: true;
  readonly decoder: (context: DecodeContext) => (record: RawRecord) => Decoded;
}

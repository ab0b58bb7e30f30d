import type { Role, UsageEvent } from './event.js';

/** One record of a usage file: a CSV row by header name, or one JSON value of a JSONL file. */
export interface RawRecord {
  /** Line of the file the record starts on, from 1. */
  readonly line: number;
  /** CSV: header name to cell text. JSONL: the parsed value. */
  readonly value: unknown;
}

/** What a decoder may need to know beside the record. */
export interface DecodeContext {
  /** IANA zone of timestamps that name none. */
  readonly timeZone: string;
  /** Instant (ms) for records that carry no time at all (`--at`); `null` when the user gave none. */
  readonly at: number | null;
  /** Column names of the user's own CSV, by tokenhub's field name: `{ input_tokens: 'prompt_tok' }`. */
  readonly mapping: Readonly<Record<string, string>>;
}

/** What a record became: events, or nothing because it holds no usage (skipped, not rejected). */
export type Decoded = { readonly events: readonly UsageEvent[] } | { readonly skipped: string };

/**
 * A format of usage records. Each lives in one file of `sources/` and is one line in `sources/all.ts`.
 * A decoder reads the records of one file in order, and throws `BAD_FIELD`, `MISSING_FIELD` or `BAD_RECORD` for a record that must be rejected.
 */
export interface Source {
  /** Name on the command line and in the ledger (`openai`, `claude-code`). */
  readonly name: string;
  readonly title: string;
  readonly kind: 'csv' | 'jsonl';
  readonly role: Role;
  /** Page that describes the format. */
  readonly documentation: string;
  /** Account of records that name none; `null`: the provider's name. */
  readonly account: string | null;
  /** True when a file with these columns (CSV), or whose record looks like this (JSONL), is of this source. */
  readonly recognises: (sample: { columns: readonly string[] } | { value: unknown }) => boolean;
  readonly decoder: (context: DecodeContext) => (record: RawRecord) => Decoded;
}

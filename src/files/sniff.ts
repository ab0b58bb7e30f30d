import type { FileHandle } from 'node:fs/promises';
import { decodeText } from './decode-text.js';
import { formatOfFile, openInput, readContent } from './input-bytes.js';
import { isMetrics, refuseBrokenMetrics } from './metrics-text.js';
import { readCsvHead } from './read-csv.js';
import { readJson } from './read-json.js';
import { type DatabaseTable, openUsageDatabase, tablesOf } from './usage-database.js';
import type { ZipMember } from './zip-directory.js';

/** What the beginning of a usage file tells. */
export type Sniffed =
  /** `delimiter`: of CSV; `null`: the rows are no text. */
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly delimiter: string | null }
  /** `values`: the first objects, at most `SAMPLES`; `value`: the first of them, `null` when there is none. */
  | { readonly kind: 'json'; readonly value: unknown; readonly values: readonly unknown[] }
  /** `text`: the beginning, at most `BEGINNING`. */
  | { readonly kind: 'metrics'; readonly text: string }
  /** An SQLite file, of which one table will be read. */
  | { readonly kind: 'database'; readonly tables: readonly DatabaseTable[] }
  | { readonly kind: 'empty' };

/** Some logs begin with records of another kind than the rest. */
const SAMPLES = 100;
/** Records looked at for them. */
const RECORDS = 1000;
const PIECE = 32 * 1024;
/** Characters of metrics: those of the process itself come first. */
const BEGINNING = 1024 * 1024;

/**
 * Looks at the beginning of a file, or of a member of the zip archive it is. Text is JSON when its first character is
 * `{` or `[`, metrics when its first lines are, else CSV.
 *
 * @throws what `openRecords` throws
 */
export async function sniff(path: string, name: string = path, member: ZipMember | null = null): Promise<Sniffed> {
  const format = member === null ? await withFile(path, name, formatOfFile) : 'other';
  if (format === 'sqlite') return { kind: 'database', tables: await tablesIn(path, name) };
  if (format === 'parquet') {
    const { readParquetColumns } = await import('./read-parquet.js');
    const columns = await withFile(path, name, (handle) => readParquetColumns(handle, name));
    return { kind: 'table', columns, delimiter: null };
  }
  return sniffText(
    (use) => withFile(path, name, (handle) => use(decodeText(readContent(handle, name, member), name))),
    name,
  );
}

/** The same of a text that is all in memory. */
export const sniffBytes = (bytes: Uint8Array, name: string): Promise<Sniffed> =>
  sniffText((use) => use(decodeText(whole(bytes), name)), name);

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += PIECE) yield bytes.subarray(start, start + PIECE);
}

async function tablesIn(path: string, name: string): Promise<readonly DatabaseTable[]> {
  const { db, close } = await openUsageDatabase(path, name);
  try {
    return tablesOf(db, name);
  } finally {
    await close();
  }
}

async function withFile<T>(path: string, name: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  const { handle } = await openInput(path, name);
  try {
    return await use(handle);
  } finally {
    await handle.close();
  }
}

type Text = AsyncIterable<string>;

/** @param withText  gives the text from its beginning, each time */
async function sniffText(withText: <T>(use: (text: Text) => Promise<T>) => Promise<T>, name: string): Promise<Sniffed> {
  const first = await withText(firstCharacter);
  if (first === null) return { kind: 'empty' };
  if (first === '{' || first === '[') return withText((text) => sniffJson(text, name));
  const { text, isWhole } = await withText(beginningOf);
  if (isMetrics(text, isWhole)) return { kind: 'metrics', text };
  refuseBrokenMetrics(text, isWhole, name);
  const head = await withText((all) => readCsvHead(all, name));
  return head === null ? { kind: 'empty' } : { kind: 'table', columns: head.columns, delimiter: head.delimiter };
}

/** The first character that is not blank; `null`: there is none. */
async function firstCharacter(text: Text): Promise<string | null> {
  for await (const chunk of text) {
    const found = chunk.trimStart();
    if (found !== '') return found[0]!;
  }
  return null;
}

async function beginningOf(chunks: Text): Promise<{ text: string; isWhole: boolean }> {
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
    if (text.length > BEGINNING) return { text: text.slice(0, BEGINNING), isWhole: false };
  }
  return { text, isWhole: true };
}

async function sniffJson(text: Text, name: string): Promise<Sniffed> {
  const values: unknown[] = [];
  let records = 0;
  for await (const batch of readJson(text, name)) {
    for (const record of batch) {
      if (records++ < RECORDS && 'value' in record) values.push(record.value);
    }
    if (values.length >= SAMPLES || records >= RECORDS) break;
  }
  if (records === 0) return { kind: 'empty' }; // `[]`
  return { kind: 'json', value: values[0] ?? null, values: values.slice(0, SAMPLES) };
}

import { notRecords } from '../errors.js';
import { decodeText, openInput, readInflated } from './input-bytes.js';
import { readCsvHead } from './read-csv.js';
import { readJsonLines } from './records.js';

/** What the beginning of a usage file tells. */
export type Sniffed =
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly delimiter: string }
  /** `values`: the first objects, at most `SAMPLES`; `value`: the first of them, `null` when no line is a JSON object. */
  | { readonly kind: 'json'; readonly value: unknown; readonly values: readonly unknown[] }
  | { readonly kind: 'empty' };

/** Some logs begin with lines of another kind than the rest. */
const SAMPLES = 100;
/** Lines looked at for them. */
const LINES = 1000;

/**
 * Looks at the beginning of a file, plain or gzip: JSON lines when its first character is `{`, else CSV.
 *
 * @throws PATH_NOT_FOUND, FILE_UNREADABLE, BROKEN_GZIP, NOT_RECORDS, BAD_HEADER
 */
export async function sniff(path: string, name: string = path): Promise<Sniffed> {
  const first = await withText(path, name, firstCharacter);
  if (first === null) return { kind: 'empty' };
  if (first === '[')
    throw notRecords(name, 'is one JSON array, not JSON lines', "write one object per line: jq -c '.[]' FILE");
  if (first === '{') return withText(path, name, sniffJson);
  const head = await withText(path, name, (text) => readCsvHead(text, name));
  return head === null ? { kind: 'empty' } : { kind: 'table', columns: head.columns, delimiter: head.delimiter };
}

async function withText<T>(path: string, name: string, use: (text: AsyncIterable<string>) => Promise<T>): Promise<T> {
  const { handle } = await openInput(path, name);
  try {
    return await use(decodeText(readInflated(handle, name), name));
  } finally {
    await handle.close();
  }
}

/** The first character that is not blank; `null`: there is none. */
async function firstCharacter(text: AsyncIterable<string>): Promise<string | null> {
  for await (const chunk of text) {
    const found = chunk.trimStart();
    if (found !== '') return found[0]!;
  }
  return null;
}

async function sniffJson(text: AsyncIterable<string>): Promise<Sniffed> {
  const values: unknown[] = [];
  let lines = 0;
  for await (const batch of readJsonLines(text)) {
    for (const record of batch.slice(0, LINES - lines)) if ('value' in record) values.push(record.value);
    lines += batch.length;
    if (values.length >= SAMPLES || lines >= LINES) break;
  }
  return { kind: 'json', value: values[0] ?? null, values: values.slice(0, SAMPLES) };
}

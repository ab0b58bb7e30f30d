import { badHeader } from '../errors/file-formats.js';
import { columnsOf, findHeader } from './csv-header.js';
import { recordOf } from './csv-record.js';
import { type Dialect, type Row, RowScanner } from './csv-rows.js';
import { type TextPiece, textOfPiece } from './decode-text.js';
import { PlainRows, RowPlace } from './plain-rows.js';
import type { RecordBatch } from './record-batch.js';

export interface CsvHead extends Dialect {
  /** As in the file, without blanks around them; `''` is an unnamed column. */
  readonly columns: readonly string[];
}

/**
 * Reads CSV as records by column name; the values are texts, in objects without a prototype.
 *
 * @param chunks  the text in any pieces; ASCII may be bytes
 * @param name    what messages call the file
 * @param onEnd   told the number of the line after the last row
 * @throws BAD_HEADER
 */
export async function* readCsv(
  chunks: AsyncIterable<TextPiece>,
  name: string,
  onEnd?: (line: number) => void,
): AsyncGenerator<RecordBatch> {
  for await (const { batches } of readPieces(chunks, name, onEnd)) yield* batches;
}

/** The rows below those that were read before, of which the first stands on line `first`. */
export async function* readCsvBelow(
  head: CsvHead,
  chunks: AsyncIterable<TextPiece>,
  first: number,
  onEnd: (line: number) => void = () => {},
): AsyncGenerator<RecordBatch> {
  const scanner = new RowScanner(head, first);
  const place = new RowPlace();
  for await (const piece of withEnd(chunks)) yield* batchesOf(scanner, head, place, piece);
  if (scanner.line !== null) onEnd(scanner.line);
}

/** Delimiter, quote and column names; `null`: the file is empty. */
export async function readCsvHead(chunks: AsyncIterable<TextPiece>, name: string): Promise<CsvHead | null> {
  for await (const { head } of readPieces(chunks, name)) return head;
  return null;
}

interface HeadAndBatches {
  readonly head: CsvHead;
  readonly batches: Iterable<RecordBatch>;
}

async function* readPieces(
  chunks: AsyncIterable<TextPiece>,
  name: string,
  onEnd: (line: number) => void = () => {},
): AsyncGenerator<HeadAndBatches> {
  let held = '';
  let scanner: RowScanner | null = null;
  let dialect: Dialect | null = null;
  let head: CsvHead | null = null;
  const place = new RowPlace();
  for await (const { piece, isEnd } of withEnd(chunks)) {
    if (head !== null) {
      yield { head, batches: batchesOf(scanner!, head, place, { piece, isEnd }) };
      continue;
    }
    held += textOfPiece(piece);
    if (scanner === null) {
      const header = findHeader(held, isEnd, name);
      if (header === null) continue;
      dialect = header.dialect;
      scanner = new RowScanner(dialect, header.line);
      held = held.slice(header.start);
    }
    const { rows, rest } = firstRows(scanner, dialect!, held, isEnd);
    held = '';
    if (rows.length === 0) continue;
    const columns = headOf(rows[0]!, name);
    head = { ...dialect!, columns };
    yield { head, batches: [rows.slice(1).map((row) => recordOf(row, columns))] };
    yield { head, batches: batchesOf(scanner, head, place, { piece: rest, isEnd }) };
  }
  if (scanner !== null && scanner.line !== null) onEnd(scanner.line);
}

/** The first row that is not blank, alone where its line has no quote, so that what follows may be told apart otherwise. */
function firstRows(
  scanner: RowScanner,
  { quote }: Dialect,
  text: string,
  isEnd: boolean,
): { rows: Row[]; rest: string } {
  for (let at = 0; at < text.length; ) {
    const line = text.indexOf('\n', at) + 1;
    const next = line === 0 || text.slice(at, line).includes(quote) ? text.length : line;
    const rows = scanner.push(text.slice(at, next));
    if (rows.length > 0) return { rows, rest: text.slice(next) };
    at = next;
  }
  return { rows: isEnd ? scanner.end() : [], rest: '' };
}

interface Piece {
  readonly piece: TextPiece;
  readonly isEnd: boolean;
}

async function* withEnd(chunks: AsyncIterable<TextPiece>): AsyncGenerator<Piece> {
  for await (const piece of chunks) yield { piece, isEnd: false };
  yield { piece: '', isEnd: true };
}

/** The rows of one more piece of text below the header. */
function* batchesOf(
  scanner: RowScanner,
  { columns, delimiter }: CsvHead,
  place: RowPlace,
  { piece, isEnd }: Piece,
): Generator<RecordBatch> {
  const plain = columns.includes('') ? null : scanner.takePlain(piece);
  if (plain !== null)
    for (const { text, line } of plain) yield new PlainRows({ text, line, columns, delimiter }, place);
  const rows = [...(plain === null ? scanner.push(textOfPiece(piece)) : []), ...(isEnd ? scanner.end() : [])];
  if (rows.length > 0) yield rows.map((row) => recordOf(row, columns));
}

function headOf({ fields, line, problem }: Row, name: string): string[] {
  if (fields === null) throw badHeader(name, line, `the header: ${problem}`, 'mend the first row of the file');
  return columnsOf(fields, line, name);
}

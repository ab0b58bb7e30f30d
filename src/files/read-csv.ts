import { badHeader } from '../errors/file-formats.js';
import { badRecord } from '../errors/usage-records.js';
import type { RawRecord, TableRow } from '../usage/source.js';
import { columnsOf, findHeader } from './csv-header.js';
import { type Dialect, type Row, RowScanner } from './csv-rows.js';
import type { BadRecord, RecordBatch } from './record-batch.js';

export interface CsvHead extends Dialect {
  /** As in the file, without blanks around them; `''` is an unnamed column. */
  readonly columns: readonly string[];
}

/**
 * Reads CSV as records by column name; the values are texts, in objects without a prototype.
 *
 * @param chunks  the text in any pieces
 * @param name    what messages call the file
 * @param onEnd   told the number of the line after the last row
 * @throws BAD_HEADER
 */
export async function* readCsv(
  chunks: AsyncIterable<string>,
  name: string,
  onEnd?: (line: number) => void,
): AsyncGenerator<RecordBatch> {
  for await (const { head, rows } of readRows(chunks, name, onEnd)) {
    if (rows.length > 0) yield rows.map((row) => recordOf(row, head.columns));
  }
}

/** The rows below those that were read before, of which the first stands on line `first`. */
export async function* readCsvBelow(
  head: CsvHead,
  chunks: AsyncIterable<string>,
  first: number,
  onEnd: (line: number) => void = () => {},
): AsyncGenerator<RecordBatch> {
  const scanner = new RowScanner(head, first);
  for await (const { text, isEnd } of withEnd(chunks)) {
    const rows = [...scanner.push(text), ...(isEnd ? scanner.end() : [])];
    if (rows.length > 0) yield rows.map((row) => recordOf(row, head.columns));
  }
  if (scanner.line !== null) onEnd(scanner.line);
}

/** Delimiter, quote and column names; `null`: the file is empty. */
export async function readCsvHead(chunks: AsyncIterable<string>, name: string): Promise<CsvHead | null> {
  for await (const { head } of readRows(chunks, name)) return head;
  return null;
}

interface HeadAndRows {
  readonly head: CsvHead;
  readonly rows: readonly Row[];
}

async function* readRows(
  chunks: AsyncIterable<string>,
  name: string,
  onEnd: (line: number) => void = () => {},
): AsyncGenerator<HeadAndRows> {
  let held = '';
  let dialect: Dialect | null = null;
  let scanner: RowScanner | null = null;
  let head: CsvHead | null = null;
  for await (const { text, isEnd } of withEnd(chunks)) {
    held += text;
    if (scanner === null) {
      const header = findHeader(held, isEnd, name);
      if (header === null) continue;
      dialect = header.dialect;
      scanner = new RowScanner(dialect, header.line);
      held = held.slice(header.start);
    }
    const rows = [...scanner.push(held), ...(isEnd ? scanner.end() : [])];
    held = '';
    if (rows.length === 0) continue;
    if (head !== null) yield { head, rows };
    else {
      head = { ...dialect!, columns: headOf(rows[0]!, name) };
      yield { head, rows: rows.slice(1) };
    }
  }
  if (scanner !== null && scanner.line !== null) onEnd(scanner.line);
}

async function* withEnd(chunks: AsyncIterable<string>): AsyncGenerator<{ text: string; isEnd: boolean }> {
  for await (const text of chunks) yield { text, isEnd: false };
  yield { text: '', isEnd: true };
}

function headOf({ fields, line, problem }: Row, name: string): string[] {
  if (fields === null) throw badHeader(name, line, `the header: ${problem}`, 'mend the first row of the file');
  return columnsOf(fields, line, name);
}

/** Empty fields beyond the header, and in columns without a name, are left out; a row may not be short otherwise. */
function recordOf({ line, fields, problem }: Row, columns: readonly string[]): RawRecord | BadRecord {
  if (fields === null) return { line, error: badRecord(problem!, 'mend the row; a quote inside quotes is doubled') };
  if (fields.length !== columns.length && isRagged(fields, columns)) {
    const why = `row has ${fields.length} fields, the header ${columns.length}`;
    return { line, error: badRecord(why, 'quote the fields that hold the delimiter') };
  }
  for (let index = columns.indexOf(''); index !== -1; index = columns.indexOf('', index + 1)) {
    const field = fields[index] ?? '';
    if (field.trim() === '') continue;
    const why = `field ${index + 1} holds ${field.length} characters but its column has no name`;
    return { line, error: badRecord(why, 'name the column in the first row') };
  }
  return new CsvRecord(line, columns, fields);
}

const isRagged = (fields: readonly string[], columns: readonly string[]): boolean =>
  fields.length < columns.length - (columns.at(-1) === '' ? 1 : 0) ||
  fields.slice(columns.length).some((field) => field.trim() !== '');

/** A row; the object by column name is made when a decoder asks for it. */
class CsvRecord implements RawRecord {
  readonly line: number;
  readonly row: TableRow;

  constructor(line: number, columns: readonly string[], cells: readonly string[]) {
    this.line = line;
    this.row = { columns, cells };
  }

  get value(): unknown {
    const value = new Fields() as Record<string, string>;
    const { columns, cells } = this.row;
    for (const [index, column] of columns.entries()) if (column !== '') value[column] = cells[index] ?? '';
    return value;
  }
}

/** Objects that inherit nothing, so that any header is safe; unlike `Object.create(null)` they are quick to make. */
const Fields = function Fields() {} as unknown as new () => object;
Fields.prototype = Object.create(null);

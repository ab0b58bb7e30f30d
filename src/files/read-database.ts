/** A table of an SQLite file as records. */

import { noUsageInside } from '../errors/usage-files.js';
import { badRecord } from '../errors/usage-records.js';
import type { RawRecord } from '../usage/source.js';
import { BareObject } from './bare-object.js';
import { plainNumber } from './plain-number.js';
import { LONGEST_RECORD } from './read-lines.js';
import type { BadRecord, RecordBatch } from './record-batch.js';
import { type DatabaseTable, explaining, openUsageDatabase, tablesOf } from './usage-database.js';

/** Rows read at a time. */
const ROWS = 1000;

/**
 * Reads the rows of a plain table in the order they are stored; values are texts, NULL is `''`. The line of a row is its
 * number, from 1.
 *
 * @param table  its name; the only table when left out
 * @throws DRIVER_MISSING, BROKEN_DATABASE, IS_LEDGER, UNRECOGNISED when there is no such table
 */
export async function* readDatabase(path: string, name: string, table?: string): AsyncGenerator<RecordBatch> {
  const { db, close } = await openUsageDatabase(path, name);
  try {
    const chosen = tableOf(tablesOf(db, name), name, table);
    const selecting = db.prepare<[], unknown[]>(selectionOf(chosen)).raw(true).safeIntegers(true);
    const rows = selecting.iterate();
    try {
      for (let line = 1; ; line += ROWS) {
        const cells = explaining(name, () => take(rows, ROWS));
        if (cells.length > 0) yield cells.map((row, index) => recordOf(row, chosen.columns, line + index));
        if (cells.length < ROWS) return;
      }
    } finally {
      rows.return?.();
    }
  } finally {
    await close();
  }
}

function tableOf(tables: readonly DatabaseTable[], name: string, table: string | undefined): DatabaseTable {
  const chosen = table === undefined && tables.length === 1 ? tables[0] : tables.find((each) => each.name === table);
  if (chosen !== undefined) return chosen;
  throw noUsageInside(
    name,
    tables.map((each) => `table ${each.name}`),
  );
}

/** `NOT INDEXED`: in the order of the table, and not from an index that may say something else. */
const selectionOf = ({ name, columns }: DatabaseTable): string =>
  `SELECT ${columns.map(identifier).join(', ')} FROM main.${identifier(name)} NOT INDEXED`;

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function take<T>(rows: IterableIterator<T>, count: number): T[] {
  const taken: T[] = [];
  while (taken.length < count) {
    const next = rows.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}

function recordOf(cells: readonly unknown[], columns: readonly string[], line: number): RawRecord | BadRecord {
  const value = new BareObject();
  let length = 0;
  for (const [index, column] of columns.entries()) {
    const text = cellText(cells[index]);
    value[column] = text;
    length += text.length;
  }
  if (length <= LONGEST_RECORD) return { line, value };
  return { line, error: badRecord('row is longer than 16 MiB', 'delete the row from a copy of the database') };
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return plainNumber(cell);
  return Buffer.isBuffer(cell) ? cell.toString('utf8') : String(cell);
}

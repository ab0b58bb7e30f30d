import { open } from 'node:fs/promises';
import type { ColumnMetaData, SchemaElement } from 'hyparquet';
import { parquetSchema } from 'hyparquet';
import { expect, test } from 'vitest';
import { leafRows } from '../../src/files/parquet-pages.js';
import { fileWith } from './read-records.js';

/** A column of lists of numbers. */
const LIST: SchemaElement[] = [
  { name: 'root', num_children: 1 },
  { name: 'l', num_children: 1, repetition_type: 'REQUIRED', converted_type: 'LIST' },
  { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
  { name: 'element', type: 'INT32', repetition_type: 'REQUIRED' },
];
/** The same as older writers have it. */
const REPEATED: SchemaElement[] = [
  { name: 'root', num_children: 1 },
  { name: 'l', type: 'INT32', repetition_type: 'REPEATED' },
];

/**
 * A page of two numbers, of version 1, whose rows may go on from the page before.
 *
 * @param levels  bit n: number n goes on with the row of the one before it
 */
function pageOf(first: number, second: number, levels: number): Buffer {
  const values = Buffer.alloc(8);
  values.writeInt32LE(first, 0);
  values.writeInt32LE(second, 4);
  const bits = (byte: number) => Buffer.from([2, 0, 0, 0, 3, byte]); // 2 bytes: one group of 8 bits, and they
  const body = Buffer.concat([bits(levels), bits(0b11), values]);
  const about = [0x15, 4, 0x15, 0, 0x15, 6, 0x15, 6, 0]; // 2 values, plain, levels in runs; numbers are zigzag
  const header = Buffer.from([0x15, 0, 0x15, 2 * body.length, 0x15, 2 * body.length, 0x2c, ...about, 0]);
  return Buffer.concat([header, body]);
}

/** [1, 2, 3], [4, 5, 6], [7], [8]: the third and the sixth number end rows that began in the page before. */
const PAGES = Buffer.concat([pageOf(1, 2, 0b10), pageOf(3, 4, 0b01), pageOf(5, 6, 0b11), pageOf(7, 8, 0b00)]);

async function rowsOf(schema: SchemaElement[], bytes: Buffer): Promise<unknown[]> {
  const schemaPath = [parquetSchema({ schema })];
  for (let node = schemaPath[0]!; node.children.length > 0; schemaPath.push(node)) node = node.children[0]!;
  const path_in_schema = schemaPath.at(-1)!.path;
  const column = {
    ...{ type: 'INT32', codec: 'UNCOMPRESSED', path_in_schema, data_page_offset: 0n },
    total_compressed_size: BigInt(bytes.length),
  } as unknown as ColumnMetaData;
  const handle = await open(fileWith(bytes));
  const rows: unknown[] = [];
  try {
    for await (const some of leafRows({ handle, name: 'a', column, schemaPath })) rows.push(...some);
  } finally {
    await handle.close();
  }
  return rows;
}

test('a row that begins in one page and ends in the next comes out whole', async () => {
  expect(await rowsOf(LIST, PAGES)).toEqual([[1, 2, 3], [4, 5, 6], [7], [8]]);
});

test('where rows that go on would be cut, the file is refused', async () => {
  expect(await rowsOf(REPEATED, pageOf(1, 2, 0b10))).toEqual([[1, 2]]);
  await expect(rowsOf(REPEATED, PAGES)).rejects.toMatchObject({ code: 'CANNOT_UNPACK' });
});

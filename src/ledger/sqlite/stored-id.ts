/** Ids as the ledger keeps them: of a UUID the 16 bytes, of any other the text. */

import { putUuid, UUID_BYTES, uuidAt } from '../../usage/uuid.js';
import type { IdColumn } from '../id-column.js';

export type StoredId = string | Buffer;

export function storedId(id: string): StoredId {
  const bytes = Buffer.alloc(UUID_BYTES);
  return putUuid(bytes, 0, id) ? bytes : id;
}

export const idOfStored = (id: StoredId): string => (typeof id === 'string' ? id : uuidAt(id, 0));

/** That of a row of a batch; bytes are those of the batch. */
export const storedIdAt = ({ bytes, texts }: IdColumn, row: number): StoredId =>
  texts[row] ?? bytesOf(bytes, row, row + 1);

/** The ids of rows `[first, end)` in one piece; `null` unless all are UUIDs. */
export function uuidsOf({ bytes, texts }: IdColumn, first: number, end: number): Buffer | null {
  for (let row = first; row < end; row++) if (texts[row] !== undefined) return null;
  return bytesOf(bytes, first, end);
}

const bytesOf = (bytes: Uint8Array, first: number, end: number): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset + first * UUID_BYTES, (end - first) * UUID_BYTES);

/** In SQL: the text of a stored id. */
export const idTextSql = (id: string): string => {
  const hex = (from: number, length: number) => `substr(lower(hex(${id})), ${from}, ${length})`;
  const uuid = [hex(1, 8), hex(9, 4), hex(13, 4), hex(17, 4), hex(21, 12)].join(" || '-' || ");
  return `iif(typeof(${id}) = 'blob', ${uuid}, ${id})`;
};

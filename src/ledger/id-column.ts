import { putUuid, UUID_BYTES, uuidAt } from '../usage/uuid.js';

/** Ids of the rows of a batch. */
export interface IdColumn {
  /** 16 bytes a row, of those that are UUIDs. */
  readonly bytes: Uint8Array;
  /** All others, by row. */
  readonly texts: readonly (string | undefined)[];
}

/** An id column that is being filled. */
export interface IdsToFill extends IdColumn {
  readonly texts: (string | undefined)[];
}

export function setId({ bytes, texts }: IdsToFill, row: number, id: string): void {
  if (!putUuid(bytes, row * UUID_BYTES, id)) texts[row] = id;
}

export const idAt = ({ bytes, texts }: IdColumn, row: number): string => texts[row] ?? uuidAt(bytes, row * UUID_BYTES);

/** Whether the importer made the id, see `idsOfFile` in entries.ts. */
export const isMade = ({ texts }: IdColumn, row: number): boolean => texts[row]?.startsWith('~') ?? false;

/** A part of a file on its way from one thread to another: its memory changes hands, ids that are no UUIDs travel as one text. */

import { columnsIn } from '../../ledger/batch-columns.js';
import type { EntryBatch } from '../../ledger/entry-batch.js';
import type { EntryPart } from './read-entries.js';

export type SentPart = Omit<EntryPart, 'batch'> & {
  readonly batch: Omit<EntryBatch, 'ids' | 'numbers' | 'indexes'> & { readonly ids: string };
};

/** Ids have no control characters. */
const BETWEEN = '\n';

/** The part to send, and what of it changes hands. */
export function packed({ batch, ...rest }: EntryPart): { part: SentPart; transfer: ArrayBuffer[] } {
  const { ids, numbers: _, indexes: __, ...others } = batch;
  return { part: { ...rest, batch: { ...others, ids: ids.texts.join(BETWEEN) } }, transfer: [batch.memory] };
}

export function unpacked({ batch, ...rest }: SentPart): EntryPart {
  const idTexts = batch.ids === '' ? [] : batch.ids.split(BETWEEN).map((text) => (text === '' ? undefined : text));
  // Written out, as in `batchOfColumns`.
  const { size, capacity, memory, names, days, texts, large, quantities } = batch;
  const { bytes, numbers, indexes } = columnsIn(memory, capacity);
  const ids = { bytes, texts: idTexts };
  return { ...rest, batch: { size, capacity, memory, ids, numbers, indexes, names, days, texts, large, quantities } };
}

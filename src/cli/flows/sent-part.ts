/** A part of a file on its way from one thread to another: columns change hands, ids travel as one text. */

import type { EntryBatch } from '../../ledger/entry-batch.js';
import type { EntryPart } from './read-entries.js';

export type SentPart = Omit<EntryPart, 'batch'> & {
  readonly batch: Omit<EntryBatch, 'ids'> & { readonly ids: string };
};

/** Ids have no control characters. */
const BETWEEN = '\n';

/** The part to send, and what of it changes hands. */
export function packed({ batch, ...rest }: EntryPart): { part: SentPart; transfer: ArrayBuffer[] } {
  return {
    part: { ...rest, batch: { ...batch, ids: batch.ids.join(BETWEEN) } },
    transfer: [batch.memory],
  };
}

export const unpacked = ({ batch, ...rest }: SentPart): EntryPart => ({
  ...rest,
  batch: { ...batch, ids: batch.size === 0 ? [] : batch.ids.split(BETWEEN) },
});

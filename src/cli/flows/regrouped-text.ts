import type { Regrouped } from '../../ledger/ledger.js';

/** What a user should know of an export that was grouped in two ways, and what to do. */
export function regroupedText(
  { recording, import: other, path, dimensions, otherDimensions }: Regrouped,
  importId: number,
): string {
  const [mine, theirs] = [dimensions, otherDimensions].map((names) => names.join(', ') || 'nothing');
  return (
    `its buckets (import ${importId}) name ${mine}; those of import ${other} (${path}) for the same times of ${recording.source}, ` +
    `account ${recording.account}, name ${theirs}: if both tell the same usage, it is counted twice; undo one: ` +
    `tokenhub imports undo ${other}, or ${importId}`
  );
}

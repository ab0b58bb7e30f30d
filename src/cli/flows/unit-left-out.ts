/** Views that are left out and name a unit of which nothing is read, while what is read has usage of no unit. */

import type { Ledger } from '../../ledger/ledger.js';
import type { Cell, Presence } from '../../report/cell.js';
import { chooseRecordings } from '../../report/choose-recordings.js';
import { readCellsOf } from '../../report/lines.js';
import type { CellQuery } from '../../report/query.js';
import { hasUsage, isUsage } from '../../report/told-usage.js';
import type { Recording } from '../../usage/recording.js';

/**
 * Left-out views of the accounts that have usage of no unit, each as `app otel of account x`; none where the unit has usage
 * in what is read.
 *
 * @param query  of the unit, which `cells` answer
 */
export async function viewsNaming(
  ledger: Ledger,
  query: CellQuery,
  { cells, presence }: { readonly cells: readonly Cell[]; readonly presence: readonly Presence[] },
): Promise<readonly string[]> {
  if (hasUsage(readCellsOf({ cells, presence }, query.cost))) return [];
  const { readCell } = chooseRecordings(presence, query.cost);
  const leftOut = cells.filter((cell) => isUsage(cell) && !readCell(cell).tokens);
  if (leftOut.length === 0) return [];
  const unassigned = await ledger.cells({ ...query, by: [], days: 'each', units: [null] });
  const accounts = new Set(
    readCellsOf({ cells: unassigned, presence }, query.cost).flatMap((read) =>
      hasUsage([read]) ? [read.cell.recording.account] : [],
    ),
  );
  return [
    ...new Set(leftOut.flatMap(({ recording }) => (accounts.has(recording.account) ? [nameOf(recording)] : []))),
  ].sort();
}

const nameOf = ({ role, source, account }: Recording): string => `${role} ${source} of account ${account}`;

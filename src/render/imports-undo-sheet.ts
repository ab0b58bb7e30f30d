/** What taking an import back did, as a sheet. */

import { counted } from './counted.js';
import { type Column, column, type Sheet } from './sheet.js';

/** Body of `imports undo --format json`. */
export interface UndoBody {
  readonly dryRun: boolean;
  readonly import: number;
  readonly path: string;
  readonly source: string;
  readonly role: string;
  readonly sha256: string;
  /** Events it alone held, and events that are again what other imports say. */
  readonly removed: number;
  readonly restored: number;
}

export const undoSheet = ({ dryRun, import: id, path, source, role, removed, restored }: UndoBody): Sheet => ({
  title: dryRun ? 'Dry run: nothing was changed' : null,
  columns: COLUMNS,
  rows: [[`${id}`, path, source, role, removed, restored]],
  totals: null,
  above: [],
  below: [
    `import ${id} ${dryRun ? 'would be' : 'was'} taken back: ${counted(BigInt(removed), 'event')} removed, ${counted(BigInt(restored), 'event')} restored to what other imports say`,
  ],
});

const COLUMNS: readonly Column[] = [
  ...['import', 'file', 'source', 'role'].map((key) => column(key, key, 'text')),
  ...['removed', 'restored'].map((key) => column(key, key, 'count')),
];

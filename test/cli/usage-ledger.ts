/** Ledgers of usage given as rows of tokenhub's own CSV. */

import { expect } from 'vitest';
import { type Files, type Scene, scene } from './scene.js';

/** Cells by name of tokenhub's own columns; a cell left out is empty. */
export type Cells = Readonly<Record<string, string | number | undefined>>;

const CALL = { timestamp: '2026-10-05T08:00:00Z', model: 'qwen3-max', provider: 'alibaba' };

/** tokenhub's own CSV of rows that differ from `CALL`. */
export function csv(...rows: readonly Cells[]): string {
  const whole = rows.map((row): Cells => ({ ...CALL, ...row }));
  const columns = [...new Set(whole.flatMap((row) => Object.keys(row)))];
  return [columns, ...whole.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
}

/** A ledger with `usage.csv` of these rows. */
export async function ledgerOf(rows: readonly Cells[], files: Files = {}): Promise<Scene> {
  const at = scene({ 'usage.csv': csv(...rows), ...files });
  const { exitCode, stderr } = await at.tokenhub('import', 'usage.csv');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  return at;
}

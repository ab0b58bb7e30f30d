/** What an import, or its undoing, means for periods that are closed. */

import type { ImportRecord, Ledger } from '../../ledger/ledger.js';
import { counted } from '../../render/counted.js';
import { windowBetween } from '../../report/period.js';
import { closedPeriods } from './closings.js';
import { reaches, shownIn } from './corrections.js';

interface Imported {
  readonly path: string;
  /** `null`: nothing was imported. */
  readonly import: number | null;
  readonly alreadyImported: boolean;
  readonly added: number;
  readonly updated: number;
}

/** What to say of rows that fell into closed periods; asks the ledger nothing more where none is closed. */
export async function closedImportTexts(ledger: Ledger, files: readonly Imported[]): Promise<string[]> {
  const closed = await closedPeriods(ledger);
  const changing = files.filter((file) => !file.alreadyImported && file.added + file.updated > 0);
  if (closed.length === 0 || changing.length === 0) return [];
  const imports = await ledger.imports();
  const texts: string[] = [];
  for (const { path, import: id, updated } of changing)
    for (const closing of closed) {
      const record = imports.find((each) => each.id === id);
      if (record === undefined) continue;
      const events = await ledger.importedEvents(record.id, windowBetween(closing));
      const parts = [
        ...(events === 0 ? [] : [`${counted(BigInt(events), 'event')} of it`]),
        ...(updated > 0 && reaches(record, windowBetween(closing), 0) ? ['records it updated'] : []),
      ];
      if (parts.length === 0) continue;
      texts.push(
        `${path}: ${parts.join(', and maybe ')} fell into ${closing.period}, which is closed; they show as corrections in ${shownIn(closing, closed)}`,
      );
    }
  return texts;
}

/** What to say of an import that is taken back and reached into closed periods. */
export async function closedUndoTexts(ledger: Ledger, record: ImportRecord): Promise<string[]> {
  const closed = await closedPeriods(ledger);
  return closed
    .filter((closing) => reaches(record, windowBetween(closing), 0))
    .map(
      (closing) =>
        `import ${record.id} reached into ${closing.period}, which is closed; what changes there shows as corrections in ${shownIn(closing, closed)}`,
    );
}

/** What an import, or its undoing, means for periods that are closed. */

import type { ImportRecord, Ledger } from '../../ledger/ledger.js';
import { counted } from '../../render/counted.js';
import { type ClosedPeriod, readablePeriods } from './closings.js';
import { reaches, shownIn } from './corrections.js';

interface Imported {
  readonly path: string;
  /** `null`: nothing was imported. */
  readonly import: number | null;
  readonly alreadyImported: boolean;
  readonly added: number;
  readonly updated: number;
}

/**
 * What to say of rows that fell into closed periods, and of closings whose days cannot be read; asks the ledger nothing
 * more where none is closed.
 */
export async function closedImportTexts(ledger: Ledger, files: readonly Imported[]): Promise<string[]> {
  const { closed, damage } = await readablePeriods(ledger);
  const changing = files.filter((file) => !file.alreadyImported && file.added + file.updated > 0);
  if (changing.length === 0) return [];
  const texts = [...damage];
  const imports = closed.length === 0 ? [] : await ledger.imports();
  for (const file of changing) {
    const record = imports.find(({ id }) => id === file.import);
    if (record === undefined) continue;
    for (const closing of closed) {
      const fallen = await fallenInto(ledger, closing, { ...file, record });
      if (fallen === null) continue;
      texts.push(`${file.path}: ${fallen} in ${shownIn(closing, closed)}`);
    }
  }
  return texts;
}

/** `null`: nothing of the file fell into the period. */
async function fallenInto(
  ledger: Ledger,
  { period, window }: ClosedPeriod,
  { record, updated }: Imported & { readonly record: ImportRecord },
): Promise<string | null> {
  const events = await ledger.importedEvents(record.id, window);
  const mayUpdate = updated > 0 && reaches(record, window, 0);
  if (events === 0 && !mayUpdate) return null;
  const parts = [
    ...(events === 0 ? [] : [`${counted(BigInt(events), 'event')} of it`]),
    ...(mayUpdate ? ['records it updated'] : []),
  ];
  const shows = events === 1 && !mayUpdate ? 'shows as a correction' : 'show as corrections';
  return `${parts.join(', and maybe ')} fell into ${period}, which is closed, and ${shows}`;
}

/** What to say of an import that is taken back and reached into closed periods, or may have. */
export async function closedUndoTexts(ledger: Ledger, record: ImportRecord): Promise<string[]> {
  const { closed, damage } = await readablePeriods(ledger);
  const reached = closed.filter(({ window }) => reaches(record, window, 0));
  return [
    ...damage,
    ...reached.map(
      (closing) =>
        `import ${record.id} reached into ${closing.period}, which is closed; what changes there shows as corrections in ${shownIn(closing, closed)}`,
    ),
  ];
}

/** What verifying a statement found, as a sheet. */

import type { StatementChanges } from '../hub/statement/statement-changes.js';
import type { StatementTold } from '../hub/statement/statement-told.js';
import { periodText } from './period-text.js';
import { column, type Sheet } from './sheet.js';

interface Verdict extends StatementChanges, Pick<StatementTold, 'query'> {
  readonly number: string;
  readonly unit: string;
  readonly isSame: boolean;
  readonly isEdited: boolean;
}

export const statementVerifySheet = (verdict: Verdict): Sheet => ({
  title: `Statement ${verdict.number}: ${verdict.unit}, ${periodText(verdict.query)} (${verdict.query.tz})`,
  columns: [column('what', 'changed', 'text'), column('before', 'in the file', 'text'), column('now', 'now', 'text')],
  rows: verdict.changes.map(({ what, before, now }) => [what, before, now]),
  totals: null,
  above: [verdict.isSame ? 'the same' : 'not the same', ...editedNotes(verdict)],
  below: verdict.notes.map(({ what, before, now }) => `beside it: ${what}: ${before ?? '-'}, now ${now ?? '-'}`),
});

const editedNotes = ({ isEdited }: Verdict): string[] =>
  isEdited ? ['edited: the file is not as it was written, its own hash is of something else'] : [];

import { ledgerBroken, ledgerBusy, ledgerReadOnly, ledgerUnreadable, ledgerWriteFailed } from '../../errors/ledger.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';

/** The SQLite result code of an error, `SQLITE_BUSY`; `null` when it is no error of SQLite. */
export const sqliteCode = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_') ? String(error.code) : null;

/** An error of SQLite in the user's words; any other error, and any that only a defect can cause, as it is. */
function explainFailure(error: unknown, path: string): unknown {
  if (error instanceof TokenhubError) return error;
  const code = sqliteCode(error);
  const found = EXPLANATIONS.find(([prefix]) => code?.startsWith(prefix));
  return found === undefined ? error : found[1](path, error);
}

/** By the beginning of the code: SQLite's extended codes lengthen the primary ones. https://sqlite.org/rescode.html */
const EXPLANATIONS: readonly (readonly [string, (path: string, cause: unknown) => TokenhubError])[] = [
  ['SQLITE_BUSY', ledgerBusy],
  ['SQLITE_LOCKED', ledgerBusy],
  ['SQLITE_NOTADB', (path, cause) => ledgerBroken(path, 'it is not an SQLite file', cause)],
  ['SQLITE_CORRUPT', (path, cause) => ledgerBroken(path, 'its content is damaged', cause)],
  ['SQLITE_READONLY', ledgerReadOnly],
  ['SQLITE_FULL', (path, cause) => ledgerWriteFailed(path, 'the disk is full', cause)],
  ['SQLITE_IOERR', (path, cause) => ledgerWriteFailed(path, 'reading or writing the disk failed', cause)],
  [
    'SQLITE_CANTOPEN',
    (path, cause) => ledgerUnreadable(path, 'the operating system refuses it', PERMISSION_HINT, cause),
  ],
  ['SQLITE_PERM', (path, cause) => ledgerUnreadable(path, 'the operating system refuses it', PERMISSION_HINT, cause)],
];

const PERMISSION_HINT = 'check the permissions of the file and its folder, or name another file with --ledger';

/** Runs a piece of work on the file at `path`; what goes wrong is thrown in the user's words. */
export function explaining<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explainFailure(error, path);
  }
}

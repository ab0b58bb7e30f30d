import { ExitCode } from '../../errors/tokenhub-error.js';
import { unknownImport } from '../../errors/usage-files.js';
import { parseRules } from '../../hub/rules-identity.js';
import type { ImportRecord, Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { type UndoBody, undoSheet } from '../../render/imports-undo-sheet.js';
import type { Io } from '../io.js';
import { checkWritable, present } from '../output.js';
import { warn } from '../say.js';
import { assessor } from './assessor.js';
import { closedUndoTexts } from './closed-imports.js';
import { envelope } from './envelope.js';
import { keepImportedFiles } from './imported-files.js';
import type { ImportsOptions } from './imports.js';
import { loadSettings, type Settings } from './settings.js';

export interface UndoOptions extends ImportsOptions {
  readonly dryRun?: boolean;
}

/** Takes one import back; a dry run does all of it and then rolls back. */
export async function undoFlow(io: Io, text: string, options: UndoOptions): Promise<ExitCode> {
  checkWritable(io, options);
  const settings = await loadSettings(io, options);
  await using ledger = await openSqliteLedger({ path: settings.ledger.path, mode: 'write' });
  await keepImportedFiles(io, options, ledger);
  await ledger.begin();
  try {
    const record = importNamed(text, await ledger.imports());
    const closedTexts = await closedUndoTexts(ledger, record);
    const body = await undo(ledger, record, settings, options.dryRun ?? false);
    for (const closed of closedTexts) warn(io, closed);
    await (body.dryRun ? ledger.rollback() : ledger.commit());
    await present(io, options, {
      body: () => envelope('undo', body),
      rows: () => [body],
      sheet: () => undoSheet(body),
    });
    return ExitCode.ok;
  } catch (error) {
    await ledger.rollback();
    throw error;
  }
}

async function undo(
  ledger: Ledger,
  { id, path, source, role, sha256 }: ImportRecord,
  { config }: Settings,
  dryRun: boolean,
): Promise<UndoBody> {
  const applied = await ledger.appliedRules();
  const rules = applied === null ? config : parseRules(applied.json);
  const { assess } = await assessor(ledger, rules, config);
  return { dryRun, import: id, path, source, role, sha256, ...(await ledger.undoImport(id, assess)) };
}

/** How many imports an error proposes. */
const PROPOSED = 3;

/** @throws UNKNOWN_IMPORT */
function importNamed(text: string, imports: readonly ImportRecord[]): ImportRecord {
  const asked = /^\d+$/.test(text) ? Number(text) : null;
  const found = imports.find(({ id }) => id === asked);
  if (found !== undefined) return found;
  const ids = imports.map(({ id }) => id).reverse();
  const nearest = asked === null ? ids : ids.sort((a, b) => Math.abs(a - asked) - Math.abs(b - asked));
  throw unknownImport(
    text,
    nearest.slice(0, PROPOSED).sort((a, b) => a - b),
  );
}

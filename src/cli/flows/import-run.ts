/** Brings planned files into the ledger, in batches of whole files, each batch one transaction. */

import { unitRules } from '../../hub/rules.js';
import { parseRules, type RuleBook } from '../../hub/rules-identity.js';
import type { Ledger } from '../../ledger/ledger.js';
import type { ImportBody } from '../../render/import-sheet.js';
import type { ImportProgress } from '../import-progress.js';
import type { Interruption } from '../interruption.js';
import type { Io } from '../io.js';
import { warn } from '../say.js';
import { accountDoubts } from './account-doubts.js';
import { type Assessor, assessor } from './assessor.js';
import { closedImportTexts } from './closed-imports.js';
import { type ImportHistory, importHistory } from './import-history.js';
import type { ImportLedger } from './import-ledger.js';
import { importOne } from './import-one.js';
import type { ImportOptions } from './import-options.js';
import type { ImportThread } from './import-thread.js';
import { addTotals, type ImportTotals } from './import-totals.js';
import type { PlannedFile } from './planned-file.js';
import type { RejectsFiles } from './rejects-file.js';
import type { SeenAccount } from './seen-account.js';
import { rulesOf, type Settings } from './settings.js';

export type FileResult = ImportBody['files'][number];

/** Events after which a batch of whole files is committed. */
const BATCH_EVENTS = 100_000;

/** One run of `import`. */
export interface Run {
  readonly io: Io;
  readonly options: ImportOptions;
  readonly settings: Settings;
  readonly access: ImportLedger;
  readonly thread: ImportThread;
  readonly interruption: Interruption;
  readonly progress: ImportProgress;
  readonly rejects: RejectsFiles;
  /** Files that are in the ledger whatever happens next. */
  readonly kept: { files: number };
}

/** What one file is imported with: the state of the ledger in its transaction. */
export interface Importing extends Run {
  readonly ledger: Ledger;
  readonly rules: RuleBook;
  readonly assessor: Assessor;
  readonly history: ImportHistory;
  readonly totals: ImportTotals[];
  /** Accounts that the files named. */
  readonly seen: SeenAccount[];
}

export async function importFiles(run: Run, files: readonly PlannedFile[]): Promise<ImportBody> {
  const { options, access, progress } = run;
  const ledger = await access.open();
  const totals: ImportTotals[] = [];
  const seen: SeenAccount[] = [];
  const results: FileResult[] = [];
  progress.start(
    'importing',
    files.reduce((sum, { storedBytes }) => sum + storedBytes, 0),
  );
  let state = await begun(run, ledger, null);
  try {
    let uncommitted = 0;
    for (const file of files) {
      run.interruption.check();
      const result = await importOne({ ...run, ...state, totals, seen }, file);
      results.push(result);
      uncommitted += result.added + result.updated;
      if (uncommitted < BATCH_EVENTS || options.dryRun || options.onError === 'fail') continue;
      await ledger.commit();
      run.kept.files = results.length;
      state = await begun(run, ledger, state);
      uncommitted = 0;
    }
    run.interruption.check();
    for (const doubt of await accountDoubts(ledger, seen, run.settings.config.timeZone)) warn(run.io, doubt);
    for (const text of await closedImportTexts(ledger, results)) warn(run.io, text);
    if (keeps(results, options)) await ledger.commit();
    else await ledger.rollback();
  } catch (error) {
    await ledger.rollback();
    throw error;
  }
  const ledgerKept = keeps(results, options);
  return { dryRun: options.dryRun ?? false, ledgerKept, files: results, ...addTotals(totals) };
}

type LedgerState = Pick<Importing, 'ledger' | 'rules' | 'assessor' | 'history'>;

/** Begins a transaction. Prices are opened anew only where another process changed the rules meanwhile. */
async function begun({ access, settings }: Run, ledger: Ledger, before: LedgerState | null): Promise<LedgerState> {
  await access.begin(ledger);
  try {
    await ledger.keepTotalsIn(settings.config.timeZone);
    const rules = await rulesInForce(ledger, settings);
    const isSame = before !== null && JSON.stringify(before.rules) === JSON.stringify(rules);
    return {
      ledger,
      rules,
      assessor: isSame ? before.assessor : await assessor(ledger, rules, pricingOf(settings.config)),
      history: importHistory(await ledger.imports()),
    };
  } catch (error) {
    await ledger.rollback();
    throw error;
  }
}

const keeps = (results: readonly FileResult[], { dryRun, onError }: ImportOptions): boolean =>
  !dryRun && !(onError === 'fail' && results.some(({ rejected }) => rejected > 0));

/** The rules the ledger was assigned by; the first import takes those of the config. */
async function rulesInForce(ledger: Ledger, { config }: Settings): Promise<RuleBook> {
  const applied = await ledger.appliedRules();
  if (applied !== null) return parseRules(applied.json);
  await ledger.applyRules(rulesOf(config), {
    ...{ timeZone: config.timeZone, ...unitRules(config.rules) },
    reads: () => false, // nothing is told of them
  });
  return { units: config.units, rules: config.rules, timeZone: config.timeZone };
}

/** What of the config decides prices; plain data. */
export const pricingOf = ({ prices, contracts, alibaba, plans }: Settings['config']) => ({
  prices,
  contracts,
  alibaba,
  plans,
});

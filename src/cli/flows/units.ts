import { noRules } from '../../errors/config.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { compileRules } from '../../hub/rules.js';
import { staleRulesWarning } from '../../hub/stale-rules.js';
import { previewUnits, type UnitsPreview } from '../../hub/units-preview.js';
import type { Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { unitsSheet } from '../../render/units-sheet.js';
import { chooseRecordings } from '../../report/choose-recordings.js';
import { daySpan } from '../../report/day-text.js';
import { periodFrom } from '../../report/period.js';
import type { Io } from '../io.js';
import type { ConfigOptions, LedgerOptions, OutputOptions } from '../options.js';
import { checkWritable, present } from '../output.js';
import { closedPeriods } from './closings.js';
import { envelope } from './envelope.js';
import { keepImportedFiles } from './imported-files.js';
import { hasRules, loadSettings, rulesOf, type Settings } from './settings.js';

export interface UnitsOptions extends OutputOptions, ConfigOptions, LedgerOptions {
  readonly apply?: boolean;
}

/** What the preview found, and whether the rules are now those of the ledger. */
export interface UnitsBody extends UnitsPreview {
  readonly applied: boolean;
  readonly stale: boolean;
}

export async function unitsFlow(io: Io, options: UnitsOptions): Promise<ExitCode> {
  checkWritable(io, options);
  const settings = await loadSettings(io, options);
  if (!hasRules(settings.config)) throw noRules(settings.config.file);
  await using ledger = await openSqliteLedger({ path: settings.ledger.path, mode: options.apply ? 'write' : 'read' });
  await keepImportedFiles(io, options, ledger);
  if (options.apply) await ledger.begin();
  const preview = await ledger.snapshot(() => previewOf(ledger, settings, io.now()));
  if (options.apply) await apply(ledger, settings);
  const stale = staleRulesWarning(rulesOf(settings.config).hash, (await ledger.appliedRules())?.hash ?? null) !== null;
  const body: UnitsBody = { applied: options.apply ?? false, stale, ...preview };
  await present(io, options, {
    body: () => envelope('units', body),
    rows: () => body.units,
    sheet: () => unitsSheet(body),
  });
  return ExitCode.ok;
}

async function previewOf(ledger: Ledger, { config }: Settings, now: number): Promise<UnitsPreview> {
  const everything = periodFrom({}, { now, timeZone: config.timeZone });
  const { read } = chooseRecordings(await ledger.presence(everything, 'auto'), 'auto');
  return previewUnits({
    origins: await ledger.origins(config.timeZone),
    units: config.units,
    rules: config.rules,
    reads: ({ days, ...origin }) => read({ ...origin, day: days }).tokens,
    isClosed: await closedDays(ledger),
  });
}

/** Needs a transaction around it, and ends it. */
async function apply(ledger: Ledger, { config }: Settings): Promise<void> {
  await ledger.applyRules(rulesOf(config), config.timeZone, compileRules(config.rules));
  await ledger.commit();
}

/** Whether days, or a first and a last one, lie in a closed period. */
async function closedDays(ledger: Ledger): Promise<(origin: { readonly days: string }) => boolean> {
  const closed = await closedPeriods(ledger);
  return ({ days }) => {
    const { first, last } = daySpan(days);
    return closed.some(({ firstDay, lastDay }) => first >= firstDay && last <= lastDay);
  };
}

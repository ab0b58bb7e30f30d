import { noRules } from '../../errors/config.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import type { RulesQuery } from '../../hub/origins.js';
import { unitRules } from '../../hub/rules.js';
import { staleRulesWarning } from '../../hub/stale-rules.js';
import type { UnassignedOrigin } from '../../hub/unassigned-origins.js';
import { previewUnits, type UnitsPreview } from '../../hub/units-preview.js';
import type { Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { ruleYaml } from '../../render/rule-yaml.js';
import { unitsSheet } from '../../render/units-sheet.js';
import { chooseRecordings } from '../../report/choose-recordings.js';
import { periodFrom } from '../../report/period.js';
import type { Io } from '../io.js';
import type { ConfigOptions, LedgerOptions, OutputOptions } from '../options.js';
import { checkWritable, present } from '../output.js';
import { frozenPeriods } from './closings.js';
import { envelope } from './envelope.js';
import { keepImportedFiles } from './imported-files.js';
import { hasRules, loadSettings, rulesOf, type Settings } from './settings.js';

export interface UnitsOptions extends OutputOptions, ConfigOptions, LedgerOptions {
  readonly apply?: boolean;
}

/** What the preview found, and whether the rules are now those of the ledger. */
export interface UnitsBody extends UnitsPreview {
  readonly unassigned: readonly (UnassignedOrigin & {
    /** The proposed rule, to paste under `rules:`. */
    readonly yaml: string;
  })[];
  readonly applied: boolean;
  readonly stale: boolean;
}

export async function unitsFlow(io: Io, options: UnitsOptions): Promise<ExitCode> {
  checkWritable(io, options);
  const settings = await loadSettings(io, options);
  if (!hasRules(settings.config)) throw noRules(settings.config.file);
  await using ledger = await openSqliteLedger({ path: settings.ledger.path, mode: options.apply ? 'write' : 'read' });
  await keepImportedFiles(io, options, ledger);
  if (options.apply) await beginApplying(ledger);
  const preview = await ledger.snapshot(() =>
    previewOf(ledger, settings, { now: io.now(), apply: options.apply ?? false }),
  );
  if (options.apply) await ledger.commit();
  const stale = staleRulesWarning(rulesOf(settings.config).hash, (await ledger.appliedRules())?.hash ?? null) !== null;
  const body: UnitsBody = { applied: options.apply ?? false, stale, ...preview, unassigned: withYaml(preview) };
  await present(io, options, {
    body: () => envelope('units', body),
    rows: () => body.units,
    sheet: () => unitsSheet(body),
  });
  return ExitCode.ok;
}

/** Throws CLOSING_DAMAGED, as events of such a period cannot be told from others. */
async function beginApplying(ledger: Ledger): Promise<void> {
  await ledger.begin();
  await frozenPeriods(ledger);
}

/** What the rules change; where they are applied, in a transaction around it, told by the events on the way. */
async function previewOf(
  ledger: Ledger,
  { config }: Settings,
  { now, apply }: { readonly now: number; readonly apply: boolean },
): Promise<UnitsPreview> {
  const everything = periodFrom({}, { now, timeZone: config.timeZone });
  const { read } = chooseRecordings(await ledger.presence(everything, 'auto'), 'auto');
  const { units, rules, timeZone } = config;
  const query: RulesQuery = {
    ...{ timeZone, ...unitRules(rules) },
    reads: ({ days, ...view }) => read({ ...view, day: days }).tokens,
  };
  const origins = apply ? (await ledger.applyRules(rulesOf(config), query)).origins : await ledger.origins(query);
  return previewUnits({ origins, units, rules });
}

const withYaml = ({ unassigned }: UnitsPreview): UnitsBody['unassigned'] =>
  unassigned.map((origin) => ({ ...origin, yaml: ruleYaml(origin.rule) }));

/** The flags of `flow` as a question. */

import { modelNames } from '../../hub/model-names.js';
import { staleAccountsWarning } from '../../hub/stale-accounts.js';
import { staleRulesWarning } from '../../hub/stale-rules.js';
import type { Ledger } from '../../ledger/ledger.js';
import type { FlowQueryEcho } from '../../render/flow-body.js';
import { periodFrom } from '../../report/period.js';
import { UNASSIGNED } from '../../report/query.js';
import { isoText } from '../../report/query-echo.js';
import type { Io } from '../io.js';
import { periodOf } from '../options.js';
import type { FlowOptions } from './flow.js';
import type { FlowQuestion } from './flow-facts.js';
import { recordedModels } from './recorded-models.js';
import { unitsOf } from './report-query.js';
import { hasRules, rulesOf, type Settings } from './settings.js';

/** Models are asked for by any of their names. */
export async function questionOf(
  io: Io,
  { unit, model, cost, ...period }: FlowOptions,
  { config, timeZone }: Settings,
  ledger: Ledger,
): Promise<FlowQuestion> {
  return {
    window: periodFrom(periodOf(period), { now: io.now(), timeZone }),
    cost,
    units: unitsOf(unit, config.units),
    models: await recordedModels(ledger, model ?? null, config.models),
    modelName: modelNames(config.models),
  };
}

/** As JSON says it. */
export const echoOf = ({ window, cost, units, models }: FlowQuestion): FlowQueryEcho => ({
  from: isoText(window.from),
  to: isoText(window.to),
  tz: window.timeZone,
  cost,
  units: units?.map((unit) => unit ?? UNASSIGNED) ?? null,
  models,
});

/** What the config says otherwise than the ledger has it. */
export async function staleWarnings(ledger: Ledger, config: Settings['config']): Promise<string[]> {
  const applied = await ledger.appliedRules();
  const hasLinks = Object.keys(config.accounts).length > 0;
  return [
    hasRules(config) ? staleRulesWarning(rulesOf(config).hash, applied?.hash ?? null) : null,
    staleAccountsWarning(config.accounts, hasLinks ? await ledger.names('account') : []),
  ].filter((warning) => warning !== null);
}

import { badOption } from '../../errors/command-line.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { quoted } from '../../errors/wording.js';
import { alikeModels } from '../../hub/flow/alike-models.js';
import { type FlowDimension, type FlowFold, foldFlow } from '../../hub/flow/fold-flow.js';
import { modelNames } from '../../hub/model-names.js';
import { staleAccountsWarning } from '../../hub/stale-accounts.js';
import { staleRulesWarning } from '../../hub/stale-rules.js';
import type { Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import type { FlowBody, FlowQueryEcho } from '../../render/flow-body.js';
import { flowDiagram } from '../../render/flow-diagram.js';
import { flowSheet } from '../../render/flow-sheet.js';
import { DIAGRAM_FORMATS } from '../../render/formats.js';
import { periodFrom } from '../../report/period.js';
import { type CostChoice, UNASSIGNED } from '../../report/query.js';
import { isoText } from '../../report/query-echo.js';
import type { Io } from '../io.js';
import {
  type ConfigOptions,
  type LedgerOptions,
  type OutputOptions,
  type PeriodOptions,
  periodOf,
} from '../options.js';
import { outputTargets, present } from '../output.js';
import { warnIfEmpty } from './empty-report.js';
import { envelope } from './envelope.js';
import { coverageOf } from './flow-coverage.js';
import { type FlowQuestion, readStages } from './flow-facts.js';
import { keepImportedFiles } from './imported-files.js';
import { unitsOf } from './report-query.js';
import { hasRules, loadSettings, rulesOf, type Settings } from './settings.js';

export interface FlowOptions extends OutputOptions, ConfigOptions, LedgerOptions, PeriodOptions {
  readonly by?: readonly string[];
  readonly unit?: readonly string[];
  readonly model?: readonly string[];
  readonly cost: CostChoice;
  readonly agents?: boolean;
  readonly top?: number;
}

export async function flowFlow(io: Io, asked: FlowOptions): Promise<ExitCode> {
  const options: FlowOptions = { ...asked, formats: DIAGRAM_FORMATS };
  outputTargets(options);
  const by = dimensionsOf(options.by);
  const settings = await loadSettings(io, options);
  await using ledger = await openSqliteLedger({ path: settings.ledger.path, mode: 'read' });
  await keepImportedFiles(io, options, ledger);
  const question = await questionOf(io, options, settings, ledger);
  const { body, fold } = await ledger.snapshot(() => told(ledger, question, by, settings));
  const recordings = Object.values(body.coverage.stages).flatMap((stage) => stage.recordings);
  const empty = { rows: body.rows, query: { ...body.query, filters: [], recordings } };
  await warnIfEmpty(io, ledger, empty, settings.config.accounts);
  await present(io, options, {
    body: () => envelope('flow', body),
    rows: () => body.rows,
    sheet: (page) => flowSheet(body, page),
    diagram: () => flowDiagram(fold),
  });
  return ExitCode.ok;
}

const BOTH: readonly FlowDimension[] = ['model', 'unit'];

/** @throws BAD_OPTION */
function dimensionsOf(names: readonly string[] = BOTH): readonly FlowDimension[] {
  return names.map((name) => {
    const dimension = BOTH.find((each) => each === name);
    if (dimension === undefined)
      throw badOption('--by', name, 'is no dimension of a flow', 'use model, unit or model,unit');
    return dimension;
  });
}

/** Models are asked for by any of their names. */
async function questionOf(
  io: Io,
  { unit, model, cost, ...period }: FlowOptions,
  { config, timeZone }: Settings,
  ledger: Ledger,
): Promise<FlowQuestion> {
  const modelName = modelNames(config.models);
  const wanted = new Set(model?.map(modelName));
  const known = model === undefined ? [] : await ledger.names('model');
  const found = known.filter((name) => wanted.has(modelName(name)));
  return {
    window: periodFrom(periodOf(period), { now: io.now(), timeZone }),
    cost,
    units: unitsOf(unit, config.units),
    models: model === undefined ? null : found.length === 0 ? model : found,
    modelName,
  };
}

async function told(
  ledger: Ledger,
  question: FlowQuestion,
  by: readonly FlowDimension[],
  { config }: Settings,
): Promise<{ readonly body: FlowBody; readonly fold: FlowFold }> {
  const stages = await readStages(ledger, question);
  const cells = stages.flatMap((stage) => stage.cells);
  const daysOf = new Map(stages.flatMap((stage) => [...stage.daysOf]));
  const incomplete = await ledger.incomplete(question.window);
  const stale = await staleWarnings(ledger, config);
  const fold = foldFlow({ cells, daysOf, by, unassigned: UNASSIGNED });
  const body: FlowBody = {
    query: { by, ...echoOf(question) },
    coverage: coverageOf(stages, question.window),
    incomplete: incomplete.map(({ from, to, ...rest }) => ({ ...rest, from: isoText(from), to: isoText(to) })),
    warnings: [...stale, ...alikeModels(cells).map(alikeWarning)],
    rows: fold.rows,
    totals: fold.totals,
  };
  return { body, fold };
}

const echoOf = ({ window, cost, units, models }: FlowQuestion): FlowQueryEcho => ({
  from: isoText(window.from),
  to: isoText(window.to),
  tz: window.timeZone,
  cost,
  units: units?.map((unit) => unit ?? UNASSIGNED) ?? null,
  models,
});

async function staleWarnings(ledger: Ledger, config: Settings['config']): Promise<string[]> {
  const applied = await ledger.appliedRules();
  const hasLinks = Object.keys(config.accounts).length > 0;
  return [
    hasRules(config) ? staleRulesWarning(rulesOf(config).hash, applied?.hash ?? null) : null,
    staleAccountsWarning(config.accounts, hasLinks ? await ledger.names('account') : []),
  ].filter((warning) => warning !== null);
}

const alikeWarning = ([name = '', ...others]: readonly string[]): string =>
  `${[name, ...others].map(quoted).join(' and ')} may be one model, and are not compared; if they are, add to the config: models: { ${JSON.stringify(name)}: ${JSON.stringify(others)} }`;

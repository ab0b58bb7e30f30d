import { badOption } from '../../errors/command-line.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { quoted } from '../../errors/wording.js';
import { alikeModels } from '../../hub/flow/alike-models.js';
import { type FlowDimension, type FlowFold, foldFlow } from '../../hub/flow/fold-flow.js';
import type { Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import type { FlowBody } from '../../render/flow-body.js';
import { flowDiagram } from '../../render/flow-diagram.js';
import { flowSheet } from '../../render/flow-sheet.js';
import { DIAGRAM_FORMATS } from '../../render/formats.js';
import { type CostChoice, UNASSIGNED } from '../../report/query.js';
import { isoText } from '../../report/query-echo.js';
import type { Io } from '../io.js';
import type { ConfigOptions, LedgerOptions, OutputOptions, PeriodOptions } from '../options.js';
import { outputTargets, present } from '../output.js';
import { warnIfEmpty } from './empty-report.js';
import { envelope } from './envelope.js';
import { agentsFlow } from './flow-agents.js';
import { coverageOf } from './flow-coverage.js';
import { type FlowQuestion, readStages } from './flow-facts.js';
import { echoOf, questionOf, staleWarnings } from './flow-question.js';
import { keepImportedFiles } from './imported-files.js';
import { loadSettings, type Settings } from './settings.js';

export interface FlowOptions extends OutputOptions, ConfigOptions, LedgerOptions, PeriodOptions {
  readonly by?: readonly string[];
  readonly unit?: readonly string[];
  readonly model?: readonly string[];
  readonly cost: CostChoice;
  readonly agents?: boolean;
  readonly top?: number;
}

export async function flowFlow(io: Io, asked: FlowOptions): Promise<ExitCode> {
  if (asked.agents) return agentsFlow(io, asked);
  if (asked.top !== undefined) throw badOption('--top', asked.top, 'is of agents', 'add --agents');
  const options: FlowOptions = { ...asked, formats: DIAGRAM_FORMATS };
  outputTargets(io, options);
  const by = dimensionsOf(options.by);
  const settings = await loadSettings(io, options);
  await using ledger = await openSqliteLedger({ path: settings.ledger.path, mode: 'read' });
  await keepImportedFiles(io, options, ledger);
  const question = await questionOf(io, options, settings, ledger);
  const { body, fold } = await ledger.snapshot(() => told(ledger, question, by, settings));
  const recordings = Object.values(body.coverage.stages).flatMap((stage) => stage.recordings);
  const empty = { rows: body.rows, query: { ...body.query, filters: [], recordings } };
  await warnIfEmpty(io, ledger, empty, settings.config);
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

const alikeWarning = ([name = '', ...others]: readonly string[]): string =>
  `${[name, ...others].map(quoted).join(' and ')} may be one model, and are not compared; if they are, add to the config: models: { ${JSON.stringify(name)}: ${JSON.stringify(others)} }`;

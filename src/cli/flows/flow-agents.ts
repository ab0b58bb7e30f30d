import { ExitCode } from '../../errors/tokenhub-error.js';
import { type AgentCell, foldAgents } from '../../hub/flow/agents.js';
import type { Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import type { AgentsBody } from '../../render/agents-body.js';
import { agentsSheet } from '../../render/agents-sheet.js';
import { accountSpans } from '../../report/account-spans.js';
import type { Cell } from '../../report/cell.js';
import { chooseRecordings } from '../../report/choose-recordings.js';
import type { Filter, StoredField } from '../../report/filter.js';
import { isRead } from '../../report/sum-cells.js';
import type { Io } from '../io.js';
import { outputTargets, present } from '../output.js';
import { warnIfEmpty } from './empty-report.js';
import { envelope } from './envelope.js';
import type { FlowOptions } from './flow.js';
import { type FlowQuestion, owedOf } from './flow-facts.js';
import { echoOf, questionOf, staleWarnings } from './flow-question.js';
import { keepImportedFiles } from './imported-files.js';
import { loadSettings, type Settings } from './settings.js';

/** Agents shown, unless asked otherwise. */
const SHOWN = 20;

/** What agents did, of the stage of applications. */
export async function agentsFlow(io: Io, options: FlowOptions): Promise<ExitCode> {
  outputTargets(io, options);
  const settings = await loadSettings(io, options);
  await using ledger = await openSqliteLedger({ path: settings.ledger.path, mode: 'read' });
  await keepImportedFiles(io, options, ledger);
  const question = await questionOf(io, options, settings, ledger);
  const body = await ledger.snapshot(() => told(ledger, question, options.top ?? SHOWN, settings));
  const empty = { rows: body.rows, query: { ...body.query, filters: [] } };
  await warnIfEmpty(io, ledger, empty, settings.config);
  await present(io, options, {
    body: () => envelope('flow', body),
    rows: () => body.rows,
    sheet: () => agentsSheet(body),
  });
  return ExitCode.ok;
}

async function told(ledger: Ledger, question: FlowQuestion, top: number, { config }: Settings): Promise<AgentsBody> {
  const { window, cost, units, models } = question;
  const { agents: ranked, others } = await ledger.topAgents({ window, units, models, top });
  const presence = (await ledger.presence(window, cost)).filter(({ recording }) => recording.role === 'app');
  const { readCell, recordings } = chooseRecordings(presence, cost);
  const asked = async (by: readonly 'agent'[], op: '=' | '!='): Promise<AgentCell[]> => {
    const filters: Filter<StoredField>[] = [
      { field: 'role', op: '=', values: ['app'] },
      { field: 'agent', op, values: [...ranked.map(({ name }) => name), null] },
    ];
    const query = { window, by, days: 'each', cost, units, models, filters, latency: false, top: null } as const;
    const cells = (await ledger.cells(query)).filter((cell) => isRead(readCell(cell)));
    const partOf = accountSpans(cells);
    return cells.map((cell) => ({ ...summed(cell), reads: readCell(cell), part: partOf(cell) }));
  };
  const otherCells = others.agents === 0n ? [] : await asked([], '!=');
  return {
    query: { agents: true, top, ...echoOf(question), recordings },
    warnings: await staleWarnings(ledger, config),
    ...foldAgents({ cells: await asked(['agent'], '='), ranked, otherCells, others: others.agents }),
  };
}

const MILLION = 1_000_000n;

const summed = (cell: Cell) => ({
  agent: cell.values[0] ?? null,
  runs: (cell.quantities.agent_run ?? 0n) / MILLION,
  toolCalls: (cell.quantities.tool_call ?? 0n) / MILLION,
  ...{ requests: cell.requests, tokens: cell.tokens, cost: cell.cost, owed: owedOf(cell) },
});

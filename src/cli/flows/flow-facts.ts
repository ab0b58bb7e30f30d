/** What the ledger holds of each stage, as the plain figures a flow is folded from. */

import type { FlowCell } from '../../hub/flow/flow-cell.js';
import type { Ledger } from '../../ledger/ledger.js';
import { accountSpans } from '../../report/account-spans.js';
import type { Cell, Presence } from '../../report/cell.js';
import { chooseRecordings } from '../../report/choose-recordings.js';
import { daySpan, daysOfSpan } from '../../report/day-text.js';
import type { CostChoice, Window } from '../../report/query.js';
import type { RecordingUse } from '../../report/recording-use.js';
import { isRead } from '../../report/sum-cells.js';
import { totalOf } from '../../report/sums.js';
import type { Stage } from '../../usage/event.js';
import { RESTARTED } from '../../usage/readings.js';
import type { Recording } from '../../usage/recording.js';
import { STAGES, stageOf } from '../../usage/roles.js';

export interface FlowQuestion {
  readonly window: Window;
  readonly cost: CostChoice;
  /** `null` in the list: unassigned; `null` instead of it: all. */
  readonly units: readonly (string | null)[] | null;
  /** As the ledger knows them. */
  readonly models: readonly string[] | null;
  /** The one name of a model. */
  readonly modelName: (name: string) => string;
}

export interface StageRead {
  readonly stage: Stage;
  readonly recordings: readonly RecordingUse[];
  /** Days, `YYYY-MM-DD`, of which anything is read of each recording, by its key. */
  readonly daysOf: ReadonlyMap<string, ReadonlySet<string>>;
  readonly cells: readonly FlowCell[];
  readonly restarts: bigint;
}

/**
 * Reads each stage as if there were no other: nothing inside a stage is read twice, and no stage is left out because
 * another has the same tokens.
 */
export async function readStages(ledger: Ledger, question: FlowQuestion): Promise<StageRead[]> {
  const { window, cost, units, models } = question;
  const presence = await ledger.presence(window, cost);
  const cells = await ledger.cells({
    ...{ window, by: ['model', 'unit'], days: 'each', cost, units, models },
    ...{ filters: [], latency: false, top: null },
  });
  const restarted = await restartedCells(ledger, question);
  return STAGES.map((stage) => {
    const isOfStage = ({ recording }: { readonly recording: Recording }) => stageOf(recording.role) === stage;
    const restarts = restarted.filter(isOfStage).reduce((sum, { events }) => sum + events, 0n);
    return { ...readStage(stage, presence.filter(isOfStage), cells.filter(isOfStage), question), restarts };
  });
}

/** Asked only of ledgers that have any, as it is answered from the events. */
async function restartedCells(ledger: Ledger, { window, cost, units, models }: FlowQuestion): Promise<readonly Cell[]> {
  if (!(await ledger.names('status')).includes(RESTARTED)) return [];
  const filters = [{ field: 'status' as const, op: '=' as const, values: [RESTARTED] }];
  return ledger.cells({ window, by: [], days: 'all', cost, units, models, filters, latency: false, top: null });
}

function readStage(
  stage: Stage,
  presence: readonly Presence[],
  cells: readonly Cell[],
  { cost, modelName }: FlowQuestion,
): Omit<StageRead, 'restarts'> {
  const { read, readCell, recordings } = chooseRecordings(presence, cost);
  const partOf = accountSpans(cells);
  const spans = new Map<string, readonly string[]>();
  const days = (text: string): readonly string[] => {
    if (!spans.has(text)) spans.set(text, daysOfSpan(daySpan(text)));
    return spans.get(text)!;
  };
  const daysOf = new Map<string, Set<string>>();
  for (const view of presence.filter((each) => read(each).tokens)) {
    const key = keyOf(view.recording);
    if (!daysOf.has(key)) daysOf.set(key, new Set());
    for (const day of days(view.day)) daysOf.get(key)!.add(day);
  }
  const cellOf = (cell: Cell): FlowCell => ({
    stage,
    recording: keyOf(cell.recording),
    model: modelName(cell.values[0] ?? ''),
    unit: cell.values[1] ?? null,
    days: days(cell.day),
    part: partOf(cell),
    reads: readCell(cell),
    requests: cell.requests,
    tokens: cell.tokens,
    cost: cell.cost,
    owed: owedOf(cell),
  });
  return { stage, recordings, daysOf, cells: cells.filter((cell) => isRead(readCell(cell))).map(cellOf) };
}

/** Usage of a cell that no plan covers. */
export const owedOf = ({ usedEvents, tokens, planTokens }: Cell): FlowCell['owed'] => ({
  events: usedEvents,
  tokens: (totalOf(tokens) ?? 0n) - planTokens,
});

const keyOf = ({ role, source, account }: Recording): string => JSON.stringify([role, source, account]);

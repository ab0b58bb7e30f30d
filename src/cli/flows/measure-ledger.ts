import type { LedgerBudget } from '../../budget/budget.js';
import type { LedgerMeasure } from '../../budget/judge-ledger.js';
import type { Quota } from '../../budget/judge-quotas.js';
import type { Config } from '../../files/config-type.js';
import { groupBy } from '../../group-by.js';
import { modelNames } from '../../hub/model-names.js';
import { unitsWithin } from '../../hub/unit-tree.js';
import type { UnitDefinition } from '../../hub/units.js';
import type { Ledger } from '../../ledger/ledger.js';
import { nearest } from '../../nearest.js';
import type { Presence } from '../../report/cell.js';
import { daysToAsk } from '../../report/days-asked.js';
import { nameOfNone } from '../../report/filter.js';
import { readCellsOf } from '../../report/lines.js';
import { periodFrom } from '../../report/period.js';
import { type CellQuery, UNASSIGNED } from '../../report/query.js';
import { sumCells, sumOf } from '../../report/sum-cells.js';
import { type Sums, totalOf } from '../../report/sums.js';
import { recordedModels } from './recorded-models.js';

const PERIODS = { day: 'today', week: 'this-week', month: 'this-month' } as const;

interface MeasureContext {
  /** Instant (ms) in the period to measure. */
  readonly at: number;
  readonly timeZone: string;
  /** Units the config knows, of its rules, too. */
  readonly known: readonly string[];
  /** Units of the config, for those beneath another. */
  readonly units: readonly UnitDefinition[];
  /** Names of one model, of the config. */
  readonly models: Config['models'];
}

/** What a budget is judged by: all together, and each that has it as a quota; none where nobody has. */
interface LedgerMeasures {
  readonly all: LedgerMeasure;
  readonly quotas: readonly Quota[];
}

/** The day, week or month of a budget that holds an instant. */
export const windowOfBudget = ({ period }: LedgerBudget, { at, timeZone }: Pick<MeasureContext, 'at' | 'timeZone'>) =>
  periodFrom({ period: PERIODS[period] }, { now: at, timeZone });

/** What the ledger holds for a budget in the day, week or month that holds the instant. */
export async function measureLedger(
  ledger: Ledger,
  budget: LedgerBudget,
  { at, timeZone, known, units: defined, models: named }: MeasureContext,
): Promise<LedgerMeasures> {
  const { unit, model, each } = budget;
  const window = windowOfBudget(budget, { at, timeZone });
  const presence = await ledger.presence(window, 'auto');
  const by = each === null ? [] : [each];
  const query: CellQuery = {
    ...{ window, by, days: each === null ? 'each' : daysToAsk({ by, cost: 'auto', presence }), cost: 'auto' },
    units: unit === null ? null : unit === UNASSIGNED ? [null] : unitsWithin(unit, defined),
    models: await recordedModels(ledger, model === null ? null : [model], named),
    ...{ filters: [], latency: false, top: null },
  };
  const cells = readCellsOf({ presence, cells: await ledger.cells(query) }, 'auto');
  const sums = sumOf(cells);
  const incomplete = await ledger.incomplete(window);
  const common = {
    period: window.firstDay === window.lastDay ? `${window.firstDay}` : `${window.firstDay} to ${window.lastDay}`,
    recorded: presence.length > 0,
    unheardOf:
      unheardOf('unit', unit, [UNASSIGNED, ...known, ...(await ledger.names('unit'))]) ??
      unheardOf('model', model && modelNames(named)(model), [...(await ledger.names('model')), ...Object.keys(named)]),
    reported: isReported(budget, sums) || isReported(budget, await sumsOfAll(ledger, query, presence)),
    rejected: incomplete.reduce((sum, { rejected }) => sum + rejected, 0),
  };
  const holders = each === null ? [] : [...groupBy(cells, ({ cell }) => cell.values[0] ?? nameOfNone(each))];
  return {
    all: { ...common, ...measureOf(sums) },
    quotas: holders
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, ofOne]) => ({ value, measure: { ...common, ...measureOf(sumOf(ofOne)) } })),
  };
}

const measureOf = (sums: Sums) => ({
  events: sums.events,
  tokens: totalOf(sums.tokens) ?? 0n,
  requests: sums.requests,
  quantities: Object.fromEntries(sums.quantities),
  cost: Object.fromEntries(sums.cost),
  unpricedEvents: sums.unpricedEvents,
  unsplitDays: [...sums.unsplitDays].sort(),
});

/** Of a quantity or of requests it is a question whether anything told; bills do not tell of requests. */
function isReported({ max }: LedgerBudget, { requests, quantities }: Sums): boolean {
  if (!('quantity' in max)) return true;
  return max.quantity === 'request' ? requests > 0n : quantities.has(max.quantity);
}

async function sumsOfAll(ledger: Ledger, query: CellQuery, presence: readonly Presence[]): Promise<Sums> {
  const cells = await ledger.cells({ ...query, by: [], days: 'each', units: null, models: null });
  return sumCells(cells, presence, 'auto');
}

function unheardOf(what: 'unit' | 'model', name: string | null, known: readonly string[]): LedgerMeasure['unheardOf'] {
  if (name === null || known.includes(name)) return null;
  return { what, near: nearest(name, known) };
}

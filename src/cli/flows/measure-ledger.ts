import type { LedgerMeasure } from '../../budget/judge-ledger.js';
import type { Quotas } from '../../budget/judge-quotas.js';
import type { LedgerBudget } from '../../budget/ledger-budget.js';
import type { Limit } from '../../budget/limit.js';
import type { Config } from '../../files/config-type.js';
import { groupBy } from '../../group-by.js';
import { modelNames } from '../../hub/model-names.js';
import { unitsWithin } from '../../hub/unit-tree.js';
import type { UnitDefinition } from '../../hub/units.js';
import type { Ledger } from '../../ledger/ledger.js';
import { nearest } from '../../nearest.js';
import type { Presence } from '../../report/cell.js';
import { daysToAsk } from '../../report/days-asked.js';
import { readCellsOf } from '../../report/lines.js';
import { periodFrom } from '../../report/period.js';
import { type CellQuery, UNASSIGNED } from '../../report/query.js';
import { type ReadCell, sumCells, sumOf } from '../../report/sum-cells.js';
import { type Sums, totalOf } from '../../report/sums.js';
import { hasUsage, requestsTold } from '../../report/told-usage.js';
import { recordedModels } from './recorded-models.js';
import { viewsNaming } from './unit-left-out.js';

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

/** The day, week or month of a budget that holds an instant. */
export const windowOfBudget = ({ period }: LedgerBudget, { at, timeZone }: Pick<MeasureContext, 'at' | 'timeZone'>) =>
  periodFrom({ period: PERIODS[period] }, { now: at, timeZone });

/**
 * What the ledger holds for a budget in the day, week or month that holds the instant: all together, and each that has it
 * as a quota.
 */
export async function measureLedger(
  ledger: Ledger,
  budget: LedgerBudget,
  { at, timeZone, known, units: defined, models: named }: MeasureContext,
): Promise<Quotas> {
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
  const holdings = { presence, cells: await ledger.cells(query) };
  const incomplete = await ledger.incomplete(window);
  const common = {
    period: window.firstDay === window.lastDay ? `${window.firstDay}` : `${window.firstDay} to ${window.lastDay}`,
    recorded: presence.length > 0,
    unheardOf:
      unheardOf('unit', unit, [UNASSIGNED, ...known, ...(await ledger.names('unit'))]) ??
      unheardOf('model', model && modelNames(named)(model), [...(await ledger.names('model')), ...Object.keys(named)]),
    namedBy: unit === null || unit === UNASSIGNED ? [] : await viewsNaming(ledger, query, holdings),
    rejected: incomplete.reduce((sum, { rejected }) => sum + rejected, 0),
  };
  const cells = readCellsOf(holdings, 'auto');
  const toldByAny = await isToldByAny(budget, cells, { ledger, query, presence });
  const measureOf = (of: readonly ReadCell[]): LedgerMeasure => ({
    ...common,
    ...figuresOf(sumOf(of)),
    reported: isRequests(budget.max) && hasUsage(of) ? (requestsTold(of) ?? 0n) > 0n : toldByAny,
  });
  if (each === null) return { all: measureOf(cells), holders: [], nobody: null };
  const ofSomebody = [...groupBy(cells.filter(saysWhose), ({ cell }) => cell.values[0]!)];
  const ofNobody = cells.filter((read) => !saysWhose(read));
  return {
    all: { ...measureOf(cells), reported: toldByAny },
    holders: ofSomebody
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, ofOne]) => ({ value, measure: measureOf(ofOne) })),
    nobody: ofNobody.length === 0 ? null : measureOf(ofNobody),
  };
}

const saysWhose = ({ cell: { values } }: ReadCell): boolean => values[0] !== null;

const figuresOf = (sums: Sums) => ({
  events: sums.events,
  tokens: totalOf(sums.tokens) ?? 0n,
  requests: sums.requests,
  quantities: Object.fromEntries(sums.quantities),
  cost: Object.fromEntries(sums.cost),
  unpricedEvents: sums.unpricedEvents,
  unsplitDays: [...sums.unsplitDays].sort(),
});

const isRequests = (limit: Limit): boolean => 'quantity' in limit && limit.quantity === 'request';

/** What asks again without the budget's unit and model. */
interface Asking {
  readonly ledger: Ledger;
  readonly query: CellQuery;
  readonly presence: readonly Presence[];
}

/**
 * Whether anything read of the period tells of what the limit is of, whatever unit and model it is of; of requests, which
 * bills do not tell of, that of others tells nothing of usage of the budget's own.
 */
async function isToldByAny(budget: LedgerBudget, cells: readonly ReadCell[], asking: Asking): Promise<boolean> {
  if (tellsOf(budget.max, sumOf(cells))) return true;
  if (isRequests(budget.max) && hasUsage(cells)) return false;
  const { ledger, query, presence } = asking;
  const all = await ledger.cells({ ...query, by: [], days: 'each', units: null, models: null });
  return tellsOf(budget.max, sumCells(all, presence, 'auto'));
}

function tellsOf(limit: Limit, { requests, quantities }: Sums): boolean {
  if (!('quantity' in limit)) return true;
  return limit.quantity === 'request' ? requests > 0n : quantities.has(limit.quantity);
}

function unheardOf(what: 'unit' | 'model', name: string | null, known: readonly string[]): LedgerMeasure['unheardOf'] {
  if (name === null || known.includes(name)) return null;
  return { what, near: nearest(name, known) };
}

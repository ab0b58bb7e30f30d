/** What the ledger holds of a budget's usage in one window. */

import { gaugeOf } from '../../budget/ledger/ledger-budget.js';
import type { LedgerMeasure } from '../../budget/ledger/ledger-measure.js';
import type { ReportDays } from '../../budget/ledger/report-text.js';
import type { Limit } from '../../budget/limit.js';
import { periodFlags } from '../../render/period-flags.js';
import type { Presence } from '../../report/cell.js';
import { daysToAsk } from '../../report/days-asked.js';
import { readCellsOf } from '../../report/lines.js';
import { type CellQuery, UNASSIGNED, type Window } from '../../report/query.js';
import { isoText } from '../../report/query-echo.js';
import { type ReadCell, sumCells, sumOf } from '../../report/sum-cells.js';
import { type Sums, totalOf } from '../../report/sums.js';
import { hasUsage, requestsTold } from '../../report/told-usage.js';
import type { BudgetAsking } from './budget-asking.js';
import { viewsNaming } from './unit-left-out.js';

export interface Held {
  readonly window: Window;
  readonly report: ReportDays;
  /** Of everybody's usage. */
  readonly presence: readonly Presence[];
  /** What is read of the budget's own. */
  readonly cells: readonly ReadCell[];
  /** Of some of these cells. */
  readonly measureOf: (cells: readonly ReadCell[]) => LedgerMeasure;
  /** Whether anything tells of what the budget measures, whatever it is of. */
  readonly toldByAny: boolean;
}

/**
 * Cells are told apart by whose quota the budget is, those of no quota by day.
 *
 * @param units  other ones than the budget's
 */
export async function heldIn(asking: BudgetAsking, window: Window, units = asking.units): Promise<Held> {
  const { ledger, budget, models, filters } = asking;
  const presence = await ledger.presence(window, 'auto');
  const by = budget.each === null ? [] : [budget.each];
  const query: CellQuery = {
    ...{ window, by, days: budget.each === null ? 'each' : daysToAsk({ by, cost: 'auto', presence }), cost: 'auto' },
    ...{ units, models, filters, latency: false, top: null },
  };
  const holdings = { presence, cells: await ledger.cells(query) };
  const cells = readCellsOf(holdings, 'auto');
  const gauge = gaugeOf(budget);
  const toldByAny = await isToldByAny(gauge, cells, { asking, query, presence });
  const incomplete = await ledger.incomplete(window);
  const report = reportDays(window, asking.homeZone);
  const common = {
    report,
    period: periodText(window, asking.homeZone),
    recorded: presence.length > 0,
    unheardOf: asking.unheardOf,
    namedBy: budget.unit === null || budget.unit === UNASSIGNED ? [] : await viewsNaming(ledger, query, holdings),
    rejected: incomplete.reduce((sum, { rejected }) => sum + rejected, 0),
  };
  const measureOf = (of: readonly ReadCell[]): LedgerMeasure => ({
    ...common,
    ...figuresOf(of),
    reported: isRequests(gauge) && hasUsage(of) ? (requestsTold(of) ?? 0n) > 0n : toldByAny,
  });
  return { window, report, presence, cells, measureOf, toldByAny };
}

/** `2026-10-01 to 2026-10-31`, with the zone where it is not the config's. */
function periodText({ firstDay, lastDay, timeZone }: Window, homeZone: string): string {
  const zone = timeZone === homeZone ? '' : ` (${timeZone})`;
  return `${firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`}${zone}`;
}

/** Reports have the config's zone without being told one. */
function reportDays({ from, to, timeZone: tz }: Window, homeZone: string): ReportDays {
  const period = periodFlags({ from: isoText(from)!, to: isoText(to)!, tz });
  return { period, zone: tz === homeZone ? null : `--tz ${tz}` };
}

/** The figures of cells, as budgets measure them. */
export function figuresOf(cells: readonly ReadCell[]) {
  const sums = sumOf(cells);
  return {
    events: sums.events,
    tokens: totalOf(sums.tokens) ?? 0n,
    requests: sums.requests,
    quantities: Object.fromEntries(sums.quantities),
    cost: Object.fromEntries(sums.cost),
    unpricedEvents: sums.unpricedEvents,
    unsplitDays: [...sums.unsplitDays].sort(),
  };
}

const isRequests = (limit: Limit): boolean => 'quantity' in limit && limit.quantity === 'request';

/** What asks again without the budget's own conditions. */
interface Again {
  readonly asking: BudgetAsking;
  readonly query: CellQuery;
  readonly presence: readonly Presence[];
}

/**
 * Whether anything read of the period tells of what the limit is of, whatever unit and model it is of; of requests, which
 * bills do not tell of, that of others tells nothing of usage of the budget's own.
 */
async function isToldByAny(gauge: Limit, cells: readonly ReadCell[], again: Again): Promise<boolean> {
  if (tellsOf(gauge, sumOf(cells))) return true;
  if (isRequests(gauge) && hasUsage(cells)) return false;
  const { asking, query, presence } = again;
  const all = await asking.ledger.cells({ ...query, by: [], days: 'each', units: null, models: null, filters: [] });
  return tellsOf(gauge, sumCells(all, presence, 'auto'));
}

function tellsOf(limit: Limit, { requests, quantities }: Sums): boolean {
  if (!('quantity' in limit)) return true;
  return limit.quantity === 'request' ? requests > 0n : quantities.has(limit.quantity);
}

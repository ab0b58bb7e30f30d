import type { LedgerBudget } from '../../budget/budget.js';
import type { LedgerMeasure } from '../../budget/judge-ledger.js';
import { unitsWithin } from '../../hub/unit-tree.js';
import type { UnitDefinition } from '../../hub/units.js';
import type { Ledger } from '../../ledger/ledger.js';
import { nearest } from '../../nearest.js';
import { periodFrom } from '../../report/period.js';
import { UNASSIGNED } from '../../report/query.js';
import { sumCells } from '../../report/sum-cells.js';
import { totalOf } from '../../report/sums.js';

const PERIODS = { day: 'today', week: 'this-week', month: 'this-month' } as const;

export interface MeasureContext {
  /** Instant (ms) in the period to measure. */
  readonly at: number;
  readonly timeZone: string;
  /** Units the config knows, of its rules, too. */
  readonly known: readonly string[];
  /** Units of the config, for those beneath another. */
  readonly units: readonly UnitDefinition[];
}

/** What the ledger holds for a budget in the day, week or month that holds the instant. */
export async function measureLedger(
  ledger: Ledger,
  { unit, model, period }: LedgerBudget,
  { at, timeZone, known, units: defined }: MeasureContext,
): Promise<LedgerMeasure> {
  const window = periodFrom({ period: PERIODS[period] }, { now: at, timeZone });
  const presence = await ledger.presence(window, 'auto');
  const units = unit === null ? null : unit === UNASSIGNED ? [null] : unitsWithin(unit, defined);
  const models = model === null ? null : [model];
  const cells = await ledger.cells({
    ...{ window, by: [], days: 'each', cost: 'auto' },
    ...{ units, models, filters: [], latency: false, top: null },
  });
  const sums = sumCells(cells, presence, 'auto');
  const incomplete = await ledger.incomplete(window);
  return {
    period: window.firstDay === window.lastDay ? `${window.firstDay}` : `${window.firstDay} to ${window.lastDay}`,
    recorded: presence.length > 0,
    unheardOf:
      unheardOf('unit', unit, [UNASSIGNED, ...known, ...(await ledger.names('unit'))]) ??
      unheardOf('model', model, await ledger.names('model')),
    events: sums.events,
    tokens: totalOf(sums.tokens) ?? 0n,
    cost: Object.fromEntries(sums.cost),
    unpricedEvents: sums.unpricedEvents,
    unsplitDays: [...sums.unsplitDays].sort(),
    rejected: incomplete.reduce((sum, { rejected }) => sum + rejected, 0),
  };
}

function unheardOf(what: 'unit' | 'model', name: string | null, known: readonly string[]): LedgerMeasure['unheardOf'] {
  if (name === null || known.includes(name)) return null;
  return { what, near: nearest(name, known) };
}

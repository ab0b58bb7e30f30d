/** The meter lines of a period: what each unit used, as every recording tells it, and which of them a report reads. */

import type { MeterLine } from '../../hub/statement/meter-line.js';
import { addQuantities, addTokens } from '../../hub/statement/meter-reading.js';
import type { Ledger } from '../../ledger/ledger.js';
import type { MeterCell } from '../../ledger/meter-cell.js';
import { chooseRecordings } from '../../report/choose-recordings.js';
import { daysToAsk } from '../../report/days-asked.js';
import type { CostChoice, Window } from '../../report/query.js';
import type { ReadView } from '../../report/view.js';

/**
 * The lines of all units, days folded away. Those read add up to what `report` says of the window: tokens and quantities
 * of lines read for tokens, cost of lines read for money. In an order that follows from what they say, so that two ledgers
 * with the same usage have the same lines. Two questions: ask in a snapshot.
 */
export async function periodLines(ledger: Ledger, window: Window, cost: CostChoice): Promise<MeterLine[]> {
  const presence = await ledger.presence(window, cost);
  const days = daysToAsk({ by: [], cost, presence });
  const cells = await ledger.meterLines({ window, cost, days });
  return foldDays(cells, chooseRecordings(presence, cost).readCell);
}

function foldDays(cells: readonly MeterCell[], read: ReadView): MeterLine[] {
  const lines = new Map<string, MeterLine>();
  for (const cell of cells) {
    const line = lineOf(cell, read);
    const key = lineKey(line);
    const before = lines.get(key);
    lines.set(key, before === undefined ? line : added(before, line));
  }
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

function lineOf({ day, grain, ...cell }: MeterCell, read: ReadView): MeterLine {
  const { tokens, money } = read({ recording: cell.recording, charge: cell.charge, day, grain });
  return { ...cell, isReadForTokens: tokens, isReadForMoney: money };
}

/** All that two lines of a period may differ in. */
function lineKey({ recording, price, cost, ...line }: MeterLine): string {
  const { unit, model, provider, mode, charge, unpriced, isCovered, isReadForTokens, isReadForMoney } = line;
  return JSON.stringify([
    ...[unit, model, provider, mode, charge, recording.role, recording.source, recording.account],
    price === null ? null : [price.source, price.asOf, price.model, price.region, price.mode, price.tier],
    ...[unpriced, isCovered, cost?.kind ?? null, cost?.currency ?? null, isReadForTokens, isReadForMoney],
  ]);
}

function added(a: MeterLine, b: MeterLine): MeterLine {
  return {
    ...a,
    cost: a.cost === null ? null : { ...a.cost, pico: a.cost.pico + (b.cost?.pico ?? 0n) },
    events: a.events + b.events,
    requests: a.requests + b.requests,
    tokens: addTokens(a.tokens, b.tokens),
    quantities: addQuantities(a.quantities, b.quantities),
  };
}

/** The period of a statement: as it was closed, else as the ledger has it now. */

import { basename } from 'node:path';
import type { Config } from '../../files/config-type.js';
import type { ClosedDays } from '../../hub/closing/closing.js';
import type { ImportRef, PeriodCorrections, UnpricedUnit } from '../../hub/closing/closing-content.js';
import type { MeterLine } from '../../hub/statement/meter-line.js';
import { unpricedUses } from '../../hub/statement/statement.js';
import type { StatementTold, ToldExchange } from '../../hub/statement/statement-told.js';
import type { Ledger } from '../../ledger/ledger.js';
import { parseDecimal } from '../../pricing/decimal.js';
import type { DatedRate } from '../../pricing/exchange.js';
import { lowestTierWarnings } from '../../render/lowest-tier.js';
import { breakdown } from '../../report/breakdown.js';
import { lowestTiersRead } from '../../report/lowest-tiers-read.js';
import { windowBetween } from '../../report/period.js';
import { type ReportQuery, UNASSIGNED, type Window } from '../../report/query.js';
import type { ReportBody } from '../../report/report-body.js';
import { type Frozen, frozenPeriod } from './closings.js';
import { correctionsIn, reachingInto } from './corrections.js';
import { periodLines } from './period-lines.js';
import { holdingsIn, reportFacts } from './report-facts.js';
import type { RatesAsked } from './report-files.js';
import { hasRules, organisationOf, rulesOf } from './settings.js';
import { type SharedCost, sharedCostIn } from './shared-cost.js';

export interface PeriodAsked {
  readonly unit: StatementTold['unit'];
  readonly window: Window;
  readonly cost: StatementTold['query']['cost'];
}

/** `null`: a closing does not keep it. */
export interface StatementPeriod extends Pick<StatementTold, 'closing' | 'straddling'> {
  /** Of all units. */
  readonly lines: readonly MeterLine[];
  readonly shared: SharedCost;
  readonly corrections: readonly PeriodCorrections[];
  readonly unpriced: UnpricedTold;
  readonly converted: ToldExchange | null;
  readonly beside: Pick<StatementTold['context'], 'incomplete' | 'warnings'>;
  readonly imports: readonly ImportRef[];
  /** Hash of the rules in force. */
  readonly rules: string | null;
  readonly rates: readonly DatedRate[] | null;
}

type UnpricedTold = Pick<StatementTold['unpriced'], 'events' | 'tokens' | 'unsplit'>;

/** @throws CLOSING_DAMAGED, ALLOCATED_TWICE */
export async function statementPeriod(
  ledger: Ledger,
  config: Config,
  asked: PeriodAsked & { readonly exchange: RatesAsked | null },
): Promise<StatementPeriod> {
  const frozen = await frozenAs(ledger, asked);
  return frozen === null ? openPeriod(ledger, config, asked) : closedPeriod(frozen, asked.unit);
}

/** Lines of a period that is only compared with, and whether usage of the unit is unpriced. */
export async function comparedPeriod(
  ledger: Ledger,
  config: Config,
  asked: PeriodAsked,
): Promise<{ readonly lines: readonly MeterLine[]; readonly isUnpriced: boolean }> {
  const frozen = await frozenAs(ledger, asked);
  if (frozen !== null) return { lines: frozen.content.lines, isUnpriced: unpricedThen(frozen, asked.unit).events > 0n };
  const query = queryOf(config, asked);
  const held = await holdingsIn(ledger, query, 'any');
  const { totals } = breakdown({ query, ...held, prices: [], incomplete: [], straddling: [], warnings: [] });
  return {
    lines: await periodLines(ledger, asked.window, asked.cost),
    isUnpriced: totals.unpriced.events > 0n,
  };
}

/** What a closing froze; it has the cost `auto` alone. */
const frozenAs = async (ledger: Ledger, { window, cost }: PeriodAsked): Promise<Frozen | null> => {
  const days = daysOf(window);
  return days === null || cost !== 'auto' ? null : frozenPeriod(ledger, days);
};

/** `null`: the window is not of whole days. */
function daysOf({ from, to, firstDay, lastDay, timeZone }: Window): ClosedDays | null {
  if (firstDay === null || lastDay === null || firstDay > lastDay) return null;
  const days = { firstDay, lastDay, timeZone };
  const whole = windowBetween(days);
  return whole.from === from && whole.to === to ? days : null;
}

// --- closed -----------------------------------------------------------------------------------------------------

function closedPeriod(frozen: Frozen, unit: StatementTold['unit']): StatementPeriod {
  const { closing, content } = frozen;
  const accepted = [...new Set(content.accepted.map(({ check }) => check))];
  return {
    closing: { period: closing.period, hash: closing.hash, accepted },
    ...{ lines: content.lines, shared: content.shared, corrections: content.corrections },
    unpriced: unpricedThen(frozen, unit),
    ...{ converted: null, straddling: null, beside: { incomplete: null, warnings: null } },
    ...{ imports: content.imports, rules: content.rules?.hash ?? null },
    rates: content.rates?.rates.map(({ rate, ...of }) => ({ ...of, rate: parseDecimal(rate) })) ?? null,
  };
}

/** Kept for each unit with those beneath it; where other units are beneath it now, lines tell what has no price of its own. */
function unpricedThen({ content }: Frozen, unit: StatementTold['unit']): UnpricedTold {
  const named = namesOf(unitsOf(unit));
  const kept = content.unpriced.find(({ units }) => namesOf(units) === named);
  if (kept !== undefined) return { events: kept.events, tokens: kept.tokens, unsplit: kept.unsplit };
  const uses = unpricedUses(linesOf(content.lines, unit));
  return {
    events: uses.reduce((sum, { events }) => sum + events, 0n),
    tokens: uses.reduce((sum, { tokens }) => sum + tokens, 0n),
    unsplit: null,
  };
}

const namesOf = (units: UnpricedUnit['units']): string => JSON.stringify([...units].sort());

// --- open -------------------------------------------------------------------------------------------------------

async function openPeriod(
  ledger: Ledger,
  config: Config,
  asked: PeriodAsked & { readonly exchange: RatesAsked | null },
): Promise<StatementPeriod> {
  const { window, cost, exchange } = asked;
  const days = daysOf(window);
  const report = await reportOf(ledger, config, asked);
  const { events, tokens } = report.totals.unpriced;
  return {
    closing: null,
    lines: await periodLines(ledger, window, cost),
    shared: await sharedCostIn(ledger, config, window, cost),
    corrections: days === null || cost !== 'auto' ? [] : await correctionsIn(ledger, days),
    unpriced: { events, tokens, unsplit: { events: report.unsplit.events, tokens: report.unsplit.tokens } },
    converted: convertedIn(report),
    straddling: report.straddling,
    beside: {
      incomplete: report.incomplete.map(({ path, rejected }) => ({ file: basename(path), rejected })),
      warnings: report.warnings,
    },
    imports: await reachingInto(ledger, window),
    rules: (await ledger.appliedRules())?.hash ?? null,
    rates: exchange?.dated ?? null,
  };
}

/** The report of the unit: what is unpriced, converted and missing is what it says, to the last digit. */
async function reportOf(
  ledger: Ledger,
  config: Config,
  asked: PeriodAsked & { readonly exchange: RatesAsked | null },
): Promise<ReportBody> {
  const rules = hasRules(config) ? rulesOf(config).hash : null;
  const facts = await reportFacts(ledger, {
    ...{ query: queryOf(config, asked), before: null, rules, accounts: config.accounts, days: 'each', byUnit: false },
  });
  const body = breakdown({ ...facts, exchange: asked.exchange });
  const tiers = lowestTiersRead(body, facts.lowestTiers);
  return { ...body, warnings: [...body.warnings, ...lowestTierWarnings(tiers)] };
}

const queryOf = (config: Config, { unit, window, cost }: PeriodAsked): ReportQuery => ({
  ...{ by: [], organisation: organisationOf(config), window, cost, sideBySide: false, filters: [], models: null },
  ...{ sort: null, top: null, latency: false },
  units: unitsOf(unit),
});

function convertedIn({ query: { exchange }, totals: { converted } }: ReportBody): ToldExchange | null {
  if (exchange === null || converted === undefined) return null;
  const { currency, amount, missing } = converted;
  return { currency, amount, missing, used: exchange.used };
}

// --- units ------------------------------------------------------------------------------------------------------

/** `null`: what is of no unit. */
export const unitsOf = ({ units }: StatementTold['unit']): (string | null)[] =>
  units.map((name) => (name === UNASSIGNED ? null : name));

export function linesOf(lines: readonly MeterLine[], unit: StatementTold['unit']): MeterLine[] {
  const units = new Set(unitsOf(unit));
  return lines.filter((line) => units.has(line.unit));
}

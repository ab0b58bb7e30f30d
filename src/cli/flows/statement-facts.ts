/** All that a statement is made of, asked of the ledger and of the price lists. */

import { basename } from 'node:path';
import type { Config } from '../../files/config-type.js';
import type { MeterLine } from '../../hub/statement/meter-line.js';
import { totalTokens } from '../../hub/statement/meter-reading.js';
import { statementOf } from '../../hub/statement/statement.js';
import type { StatementTold, ToldExchange } from '../../hub/statement/statement-told.js';
import type { Ledger } from '../../ledger/ledger.js';
import { lowestTierWarnings } from '../../render/lowest-tier.js';
import { statementBody } from '../../render/statement-body.js';
import { breakdown } from '../../report/breakdown.js';
import { lowestTiersRead } from '../../report/lowest-tiers-read.js';
import { type ReportQuery, UNASSIGNED, type Window } from '../../report/query.js';
import type { ReportBody } from '../../report/report-body.js';
import { openPriceBook } from './open-price-book.js';
import { periodLines } from './period-lines.js';
import { reportFacts } from './report-facts.js';
import type { RatesAsked } from './report-files.js';
import { hasRules, organisationOf, rulesOf } from './settings.js';
import { statementHashes } from './statement-hashes.js';
import { ratesFinder } from './statement-rates.js';

export interface StatementAsked {
  readonly unit: StatementTold['unit'];
  /** Both with two ends. */
  readonly window: Window;
  readonly before: Window;
  readonly cost: StatementTold['query']['cost'];
  /** `null`: costs stay in their currencies. */
  readonly exchange: RatesAsked | null;
}

/** Several questions: ask in a snapshot. */
export async function statementTold(ledger: Ledger, config: Config, asked: StatementAsked): Promise<StatementTold> {
  const { unit, window, before, cost, exchange } = asked;
  const all = await periodLines(ledger, window, cost);
  const lines = linesOf(all, unit);
  const where = { from: window.from ?? 0, to: window.to ?? 0, keys: config.contracts.flatMap(({ key }) => key ?? []) };
  const statement = statementOf({
    lines,
    before: linesOf(await periodLines(ledger, before, cost), unit),
    ratesOf: await ratesFinder(await openPriceBook(config), lines, where),
    allocations: [],
    corrections: [],
  });
  const report = await reportOf(ledger, config, asked);
  return statementBody(statement, {
    unit,
    query: { ...echo(window), tz: window.timeZone, cost, compare: echo(before), currency: exchange?.currency ?? null },
    unpriced: { ...report.totals.unpriced, unsplit: { events: report.unsplit.events, tokens: report.unsplit.tokens } },
    isBeforeUnpriced: (report.totals.previous?.unpriced.events ?? 0n) > 0n,
    converted: convertedIn(report),
    straddling: report.straddling,
    context: contextOf(all, report),
    hashes: statementHashes({
      ...{ lines, window, imports: await ledger.imports() },
      rules: (await ledger.appliedRules())?.hash ?? null,
      rates: exchange?.dated ?? null,
    }),
  });
}

const echo = ({ from, to }: Window) => ({ from: instant(from), to: instant(to) });
const instant = (at: number | null): string => new Date(at ?? 0).toISOString();

function linesOf(lines: readonly MeterLine[], { units }: StatementTold['unit']): MeterLine[] {
  const names = new Set(units);
  return lines.filter(({ unit }) => names.has(unit ?? UNASSIGNED));
}

/** The report of the unit: what is unpriced, converted and missing is what it says, to the last digit. */
async function reportOf(
  ledger: Ledger,
  config: Config,
  { unit, window, before, cost, exchange }: StatementAsked,
): Promise<ReportBody> {
  const query: ReportQuery = {
    ...{ by: [], organisation: organisationOf(config), window, cost, sideBySide: false, filters: [], models: null },
    ...{ sort: null, top: null, latency: false },
    units: unit.units.map((name) => (name === UNASSIGNED ? null : name)),
  };
  const rules = hasRules(config) ? rulesOf(config).hash : null;
  const facts = await reportFacts(ledger, {
    ...{ query, before, rules, accounts: config.accounts, days: 'each', byUnit: false },
  });
  const body = breakdown({ ...facts, exchange });
  const tiers = lowestTiersRead(body, facts.lowestTiers);
  return { ...body, warnings: [...body.warnings, ...lowestTierWarnings(tiers)] };
}

function convertedIn({ query: { exchange }, totals: { converted } }: ReportBody): ToldExchange | null {
  if (exchange === null || converted === undefined) return null;
  const { currency, amount, missing } = converted;
  return { currency, amount, missing, used: exchange.used };
}

function contextOf(all: readonly MeterLine[], { incomplete, warnings }: ReportBody): StatementTold['context'] {
  const read = all.filter(({ isReadForTokens }) => isReadForTokens);
  const unassigned = read.filter(({ unit }) => unit === null);
  return {
    tokens: tokensOf(read),
    unassigned: { events: unassigned.reduce((sum, { events }) => sum + events, 0n), tokens: tokensOf(unassigned) },
    incomplete: incomplete.map(({ path, rejected }) => ({ file: basename(path), rejected })),
    warnings,
  };
}

const tokensOf = (lines: readonly MeterLine[]): bigint =>
  lines.reduce((sum, { tokens }) => sum + (totalTokens(tokens) ?? 0n), 0n);

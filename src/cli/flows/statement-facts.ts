/** All that a statement is made of, asked of the ledger and of the price lists. */

import { basename } from 'node:path';
import type { Config } from '../../files/config-type.js';
import { borderParts } from '../../hub/allocation/border-parts.js';
import type { MeterLine } from '../../hub/statement/meter-line.js';
import { totalTokens } from '../../hub/statement/meter-reading.js';
import { statementOf } from '../../hub/statement/statement.js';
import type { StatementTold } from '../../hub/statement/statement-told.js';
import { unitCorrections } from '../../hub/statement/unit-corrections.js';
import type { Ledger } from '../../ledger/ledger.js';
import { statementBody } from '../../render/statement-body.js';
import type { Window } from '../../report/query.js';
import { openPriceBook } from './open-price-book.js';
import type { RatesAsked } from './report-files.js';
import { statementHashes } from './statement-hashes.js';
import { comparedPeriod, linesOf, type StatementPeriod, statementPeriod, unitsOf } from './statement-period.js';
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

/**
 * Several questions: ask in a snapshot.
 *
 * @throws CLOSING_DAMAGED, ALLOCATED_TWICE
 */
export async function statementTold(ledger: Ledger, config: Config, asked: StatementAsked): Promise<StatementTold> {
  const { unit, window, before, cost, exchange } = asked;
  const period = await statementPeriod(ledger, config, asked);
  const compared = await comparedPeriod(ledger, config, { unit, window: before, cost });
  const lines = linesOf(period.lines, unit);
  const where = { from: window.from ?? 0, to: window.to ?? 0, keys: config.contracts.flatMap(({ key }) => key ?? []) };
  const units = new Set(unitsOf(unit));
  const corrections = unitCorrections(period.corrections, units, basename);
  const statement = statementOf({
    lines,
    before: linesOf(compared.lines, unit),
    ratesOf: await ratesFinder(await openPriceBook(config), lines, where),
    allocations: borderParts(period.shared.splits, units),
    corrections: corrections.lines,
  });
  return statementBody(statement, {
    ...{ unit, homeZone: config.timeZone, closing: period.closing, corrections: corrections.told },
    query: { ...echo(window), tz: window.timeZone, cost, compare: echo(before), currency: exchange?.currency ?? null },
    ...{ unpriced: period.unpriced, isBeforeUnpriced: compared.isUnpriced, converted: period.converted },
    ...{ sharedWarnings: period.shared.warnings, straddling: period.straddling, context: contextOf(period) },
    hashes: statementHashes({ ...period, lines, window }),
  });
}

const echo = ({ from, to }: Window) => ({ from: instant(from), to: instant(to) });
const instant = (at: number | null): string => new Date(at ?? 0).toISOString();

function contextOf({ lines, beside }: StatementPeriod): StatementTold['context'] {
  const read = lines.filter(({ isReadForTokens }) => isReadForTokens);
  const unassigned = read.filter(({ unit }) => unit === null);
  return {
    tokens: tokensOf(read),
    unassigned: { events: unassigned.reduce((sum, { events }) => sum + events, 0n), tokens: tokensOf(unassigned) },
    ...beside,
  };
}

const tokensOf = (lines: readonly MeterLine[]): bigint =>
  lines.reduce((sum, { tokens }) => sum + (totalTokens(tokens) ?? 0n), 0n);

/** What the checklist of a closing looks at, as the ledger, the config and the rates have it. */

import type { ClosedDays } from '../../hub/closing/closing.js';
import type { ClosingFacts, MissingRate, RecordingGaps } from '../../hub/closing/closing-facts.js';
import { discrepanciesOf, type RoleDay } from '../../hub/closing/discrepancies.js';
import { finalAt, PRELIMINARY_SOURCES } from '../../hub/final-bills.js';
import { staleRulesWarning } from '../../hub/stale-rules.js';
import type { MeterLine } from '../../hub/statement/meter-line.js';
import type { Coverage, Ledger } from '../../ledger/ledger.js';
import type { Presence } from '../../report/cell.js';
import { chooseRecordings } from '../../report/choose-recordings.js';
import { coveredDays } from '../../report/coverage-gaps.js';
import { daysOfSpan } from '../../report/day-text.js';
import { localDays } from '../../report/local-days.js';
import type { Window } from '../../report/query.js';
import { ROLES } from '../../usage/roles.js';
import type { RatesAsked } from './report-files.js';
import { hasRules, rulesOf, type Settings } from './settings.js';

/** A period that is to be closed. */
export interface PeriodToClose extends ClosedDays {
  readonly period: string;
  readonly window: Window;
}

interface Asked {
  readonly ledger: Ledger;
  readonly settings: Settings;
  readonly period: PeriodToClose;
  readonly lines: readonly MeterLine[];
  /** `null`: no rates are asked for. */
  readonly exchange: RatesAsked | null;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

export async function closingFacts({
  ledger,
  settings,
  period: asked,
  lines,
  exchange,
  now,
}: Asked): Promise<ClosingFacts> {
  const { window, ...period } = asked;
  const coverage = coveringIn(await ledger.coverage(window.timeZone), period);
  const applied = (await ledger.appliedRules())?.hash ?? null;
  const { config } = settings;
  return {
    ...period,
    lines,
    isEnded: now >= window.to!,
    gaps: gapsOf(coverage, period, localDays()(now, window.timeZone)),
    rejects: await ledger.incomplete(window),
    discrepancies: discrepanciesOf(roleDays(await ledger.presence(window, 'auto'))),
    preliminary: preliminaryOf(coverage, finalAt(Date.parse(period.lastDay)), now),
    rates: exchange === null ? null : { file: exchange.file, missing: missingRates(exchange, lines, period) },
    isStale: hasRules(config) && staleRulesWarning(rulesOf(config).hash, applied) !== null,
  };
}

/** Recordings that have events in the period. */
const coveringIn = (coverage: readonly Coverage[], { firstDay, lastDay }: ClosedDays): Coverage[] =>
  coverage.filter(({ days }) => days.some(({ day }) => day >= firstDay && day <= lastDay));

/** Days to come are no gaps. */
function gapsOf(coverage: readonly Coverage[], { firstDay, lastDay }: ClosedDays, today: string): RecordingGaps[] {
  const last = lastDay > today && firstDay <= today ? today : lastDay;
  return coverage
    .map(({ recording, days }) => ({ recording, runs: coveredDays(days, { first: firstDay, last }).gaps }))
    .filter(({ runs }) => runs.length > 0);
}

/** What each role would tell if it were the only one, so that views of the same tokens count once. */
const roleDays = (presence: readonly Presence[]): RoleDay[] =>
  ROLES.flatMap((role) => {
    const ofRole = presence.filter(({ recording, charge }) => recording.role === role && charge === 'usage');
    const { read } = chooseRecordings(ofRole, 'auto');
    return ofRole
      .filter((view) => read(view).tokens)
      .map(({ recording: { account }, day, tokens }) => ({ account, role, day, tokens }));
  });

/** @param final  when bills of the last month of the period are final */
const preliminaryOf = (coverage: readonly Coverage[], final: number, now: number): ClosingFacts['preliminary'] =>
  coverage
    .filter(({ recording: { role, source } }) => role === 'bill' && PRELIMINARY_SOURCES.has(source) && now < final)
    .map(({ recording }) => ({ recording, finalAt: new Date(final).toISOString() }));

/** Currencies of costs that reports read, and the days for which there is no rate of them. */
function missingRates(
  { currency: to, rates }: RatesAsked,
  lines: readonly MeterLine[],
  { firstDay, lastDay }: ClosedDays,
): MissingRate[] {
  const costs = lines.flatMap(({ cost, isReadForMoney }) => (cost === null || !isReadForMoney ? [] : [cost.currency]));
  const currencies = [...new Set(costs)].filter((currency) => currency !== to).sort();
  const isMissing = (from: string) => (day: string) =>
    !rates.find({ from, to, kind: 'daily', first: day, last: day }).known;
  return currencies
    .map((from) => ({ from, to, days: daysOfSpan({ first: firstDay, last: lastDay }).filter(isMissing(from)) }))
    .filter(({ days }) => days.length > 0);
}

import { resolve } from 'node:path';
import { otherZone, periodClosed } from '../../errors/closings.js';
import { badOption, usageError } from '../../errors/command-line.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { shellWord } from '../../errors/wording.js';
import { hashFile } from '../../files/hash-file.js';
import { CHECKS, type Check, type Finding, findingsOf } from '../../hub/closing/checklist.js';
import { type ClosingContent, contentText, type FrozenRates } from '../../hub/closing/closing-content.js';
import type { Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { nearest } from '../../nearest.js';
import { formatDecimal } from '../../pricing/decimal.js';
import { OLDEST_RATE_DAYS } from '../../pricing/exchange.js';
import { type CloseBody, closeBody } from '../../render/close-body.js';
import { closeSheet } from '../../render/close-sheet.js';
import { periodFrom } from '../../report/period.js';
import { periodName } from '../../report/period-names.js';
import type { Io } from '../io.js';
import type { ConfigOptions, LedgerOptions, OutputOptions } from '../options.js';
import { checkWritable, present } from '../output.js';
import { closingFacts, type PeriodToClose } from './closing-facts.js';
import { type Frozen, frozenPeriods, hashOf, overlap } from './closings.js';
import { correctionsIn, reachingInto } from './corrections.js';
import { envelope } from './envelope.js';
import { keepImportedFiles } from './imported-files.js';
import { periodLines } from './period-lines.js';
import { exchangeOf, type RatesAsked, ratesOf } from './report-files.js';
import { loadSettings, type Settings } from './settings.js';
import { sharedCostIn } from './shared-cost.js';
import { definedUnits } from './statement-unit.js';
import { unpricedUnits } from './unpriced-units.js';

export interface CloseOptions extends OutputOptions, ConfigOptions, LedgerOptions {
  readonly list?: boolean;
  readonly reopen?: string;
  readonly reason?: string;
  readonly accept?: readonly string[];
  readonly force?: boolean;
  readonly note?: string;
  readonly dryRun?: boolean;
  readonly currency?: string;
  readonly rates?: string;
}

/** Closes a period, opens one again, or lists them, as the flags say. */
export async function closeFlow(io: Io, period: string | undefined, options: CloseOptions): Promise<ExitCode> {
  const asked = [period, options.reopen, options.list].filter((given) => given !== undefined);
  if (asked.length > 1) throw usageError('a period, --reopen and --list exclude each other', 'close ');
  if (options.list) return (await import('./close-list.js')).listFlow(io, options);
  if (options.reopen !== undefined) return (await import('./close-reopen.js')).reopenFlow(io, options.reopen, options);
  if (period === undefined) throw usageError("missing required argument 'period'", 'close ');
  return closePeriod(io, period, options);
}

async function closePeriod(io: Io, text: string, options: CloseOptions): Promise<ExitCode> {
  checkWritable(io, options);
  const accepted = acceptedChecks(options);
  const settings = await loadSettings(io, options);
  const period = periodNamed(text, io.now(), settings.config.timeZone);
  const exchange = await exchangeOf(io, { ...options, rate: 'daily' });
  const rates = exchange === null ? null : await frozenRates(io, exchange, period);
  const mode = options.dryRun ? 'read' : 'write';
  await using ledger = await openSqliteLedger({ path: settings.ledger.path, mode });
  await keepImportedFiles(io, options, ledger);
  if (!options.dryRun) await ledger.begin();
  const work = { io, ledger, settings, period, exchange, rates, accepted, options };
  const body = await ledger.snapshot(() => closeIn(work));
  if (!options.dryRun) await (body.closed ? ledger.commit() : ledger.rollback());
  await present(io, options, {
    body: () => envelope('close', body),
    rows: () => body.findings,
    sheet: () => closeSheet(body, repeatedFlags(options)),
  });
  return body.findings.some((finding) => !finding.accepted) ? ExitCode.noHonestAnswer : ExitCode.ok;
}

/** What decides on what is frozen and kept, as it was typed. */
const repeatedFlags = ({ currency, rates, note }: CloseOptions): string =>
  Object.entries({ currency, rates, note })
    .flatMap(([flag, value]) => (value === undefined ? [] : [` --${flag} ${shellWord(value)}`]))
    .join('');

/**
 * The checks whose findings do not stop the closing.
 *
 * @throws BAD_OPTION
 */
function acceptedChecks({ accept = [], force }: CloseOptions): ReadonlySet<Check> {
  if (force) return new Set(CHECKS);
  return new Set(
    accept.map((name) => {
      const check = CHECKS.find((each) => each === name);
      if (check !== undefined) return check;
      const near = nearest(name, CHECKS);
      const hint = `${near === null ? '' : `did you mean ${near}? `}checks: ${CHECKS.join(', ')}`;
      throw badOption('--accept', name, 'is no check', hint);
    }),
  );
}

/** The days a user names, in the home zone. */
export function periodNamed(text: string, now: number, timeZone: string): PeriodToClose {
  const window = periodFrom({ period: text }, { now, timeZone });
  const [firstDay, lastDay] = [window.firstDay!, window.lastDay!];
  return { period: periodName({ firstDay, lastDay }), firstDay, lastDay, timeZone, window };
}

interface Work {
  readonly io: Io;
  readonly ledger: Ledger;
  readonly settings: Settings;
  readonly period: PeriodToClose;
  readonly exchange: RatesAsked | null;
  readonly rates: FrozenRates | null;
  readonly accepted: ReadonlySet<Check>;
  readonly options: CloseOptions;
}

/**
 * No day is closed twice, and all closings in force are of one zone, so that no hour between them is in none, or in two.
 *
 * @throws PERIOD_CLOSED, CLOSING_ZONE
 */
function refuseClosed(period: PeriodToClose, frozen: readonly Frozen[]): void {
  const closed = frozen.map(({ closing }) => closing).reverse();
  const same = closed.find((each) => overlap(each, period));
  if (same !== undefined) throw periodClosed(period.period, same.period);
  const other = closed.find(({ timeZone }) => timeZone !== period.timeZone);
  if (other !== undefined) throw otherZone(period.period, period.timeZone, other);
}

/** Checks, and closes where nothing stops it and no dry run was asked for; in a transaction then. */
async function closeIn(work: Work): Promise<CloseBody> {
  const { io, ledger, settings, period, exchange, accepted, options } = work;
  refuseClosed(period, await frozenPeriods(ledger));
  const lines = await periodLines(ledger, period.window, 'auto');
  const facts = await closingFacts({ ledger, settings, period, lines, exchange, now: io.now() });
  const findings = findingsOf(facts).map((finding) => ({ ...finding, accepted: accepted.has(finding.check) }));
  const content = await contentOf(work, facts.lines, findings);
  const text = contentText(content);
  const isClosed = findings.every((finding) => finding.accepted) && !options.dryRun;
  if (isClosed) {
    const { window: _, ...days } = period;
    const note = options.note ?? null;
    await ledger.addClosing({ ...days, content: text, hash: hashOf(text), note, closedAt: io.now() });
  }
  return closeBody(content, { closed: isClosed, dryRun: options.dryRun ?? false, hash: hashOf(text), findings });
}

async function contentOf(
  { ledger, settings: { config }, period, rates }: Work,
  lines: ClosingContent['lines'],
  findings: readonly (Finding & { readonly accepted: boolean })[],
): Promise<ClosingContent> {
  const { window, ...days } = period;
  return {
    ...days,
    lines,
    shared: await sharedCostIn(ledger, config, window, 'auto'),
    unpriced: await unpricedUnits(ledger, await definedUnits(ledger, config), window),
    rules: await ledger.appliedRules(),
    prices: await ledger.priceLists(window),
    rates,
    imports: await reachingInto(ledger, window),
    accepted: findings.flatMap(({ check, message, accepted }) => (accepted ? [{ check, message }] : [])),
    corrections: await correctionsIn(ledger, days),
  };
}

/** Rates of the days of a period, and of those before that may stand for its first ones. */
async function frozenRates(
  io: Io,
  { file, currency }: RatesAsked,
  { firstDay, lastDay }: PeriodToClose,
): Promise<FrozenRates> {
  const { sha256 } = await hashFile(resolve(io.cwd, file), file);
  const first = new Date(Date.parse(firstDay) - OLDEST_RATE_DAYS * 86_400_000).toISOString().slice(0, 10);
  const rates = (await ratesOf(io, file)).filter(({ date }) => date >= first && date <= lastDay);
  return { sha256, currency, rates: rates.map(({ rate, ...of }) => ({ ...of, rate: formatDecimal(rate) })) };
}

import { noAllocations } from '../../errors/config.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import type { RateKind } from '../../pricing/exchange.js';
import { lowestTierWarnings } from '../../render/lowest-tier.js';
import type { Page } from '../../render/page.js';
import { reportSheet, type SparkColumn } from '../../render/report-sheet.js';
import { withAllocation } from '../../report/allocated.js';
import { breakdown, type ReportFacts, reportLines } from '../../report/breakdown.js';
import { type Dimension, isTime } from '../../report/dimension.js';
import { lowestTiersRead } from '../../report/lowest-tiers-read.js';
import { periodFrom } from '../../report/period.js';
import { windowBefore } from '../../report/previous-period.js';
import type { CostChoice, ReportQuery } from '../../report/query.js';
import type { ReportBody } from '../../report/report-body.js';
import { dailyTokens } from '../../report/spark.js';
import type { Io } from '../io.js';
import {
  type ConfigOptions,
  type LedgerOptions,
  type OutputOptions,
  type PeriodOptions,
  periodOf,
} from '../options.js';
import { outputTargets, present } from '../output.js';
import { allocationsIn, type WindowAllocations } from './allocations.js';
import { warnIfEmpty } from './empty-report.js';
import { envelope } from './envelope.js';
import { keepImportedFiles } from './imported-files.js';
import { recordedModels } from './recorded-models.js';
import { allocatedOf, refuseBesideAllocate } from './report-allocations.js';
import { reportFacts } from './report-facts.js';
import { exchangeOf, kpiOf, warnOfNoRate, warnOfUnknownUnits } from './report-files.js';
import { dimensionOf, filterOf, sortOf, unitsOf } from './report-query.js';
import { hasRules, loadSettings, organisationOf, rulesOf } from './settings.js';

export interface ReportOptions extends OutputOptions, ConfigOptions, LedgerOptions, PeriodOptions {
  readonly by?: readonly string[];
  readonly unit?: readonly string[];
  readonly model?: readonly string[];
  readonly where?: readonly string[];
  readonly cost: CostChoice | 'all';
  readonly sort?: string;
  readonly top?: number;
  readonly compare?: string;
  readonly metrics?: string;
  readonly per?: string;
  readonly currency?: string;
  readonly rates?: string;
  readonly rate: RateKind;
  readonly latency?: boolean;
  /** `undefined`: where there is room for it. */
  readonly spark?: boolean;
  readonly allocate?: boolean;
  readonly strict?: boolean;
}

export async function reportFlow(io: Io, options: ReportOptions): Promise<ExitCode> {
  outputTargets(io, options);
  const asked = askedOf(options);
  if (options.allocate) refuseBesideAllocate(options);
  const { config, timeZone, ledger: at } = await loadSettings(io, options);
  if (options.allocate && config.allocations.length === 0) throw noAllocations(config.file);
  const kpi = await kpiOf(io, options);
  const exchange = await exchangeOf(io, options);
  const context = { now: io.now(), timeZone };
  const window = periodFrom(periodOf(options), context);
  const before =
    options.compare === undefined ? null : windowBefore(options.compare, window, periodOf(options), context);
  await using ledger = await openSqliteLedger({ path: at.path, mode: 'read' });
  await keepImportedFiles(io, options, ledger);
  const query: ReportQuery = {
    ...asked,
    by: asked.by ?? [hasRules(config) || options.allocate ? 'unit' : 'model'],
    units: unitsOf(options.unit, config.units),
    models: await recordedModels(ledger, options.model ?? null, config.models),
    organisation: organisationOf(config),
    window,
  };
  const rules = hasRules(config) ? rulesOf(config).hash : null;
  const isDaily = kpi !== null || exchange !== null || showsSpark(io, options, query.by);
  const days = isDaily ? 'each' : 'any';
  const { allocations, ...facts } = await ledger.snapshot(async () => ({
    ...(await reportFacts(ledger, { query, before, rules, accounts: config.accounts, days, byUnit: kpi !== null })),
    allocations: options.allocate ? await allocationsIn(ledger, config, query.window, query.cost) : null,
  }));
  if (kpi !== null)
    await warnOfUnknownUnits(
      io,
      kpi,
      ledger,
      config.units.map(({ id }) => id),
    );
  const whole: ReportFacts = { ...facts, kpi, exchange };
  const lines = reportLines(whole);
  const told = breakdown(whole, lines);
  const tiers = lowestTiersRead(told, facts.lowestTiers);
  const warnings = [...told.warnings, ...lowestTierWarnings(tiers), ...(allocations?.warnings ?? [])];
  const body = withAllocations({ ...told, warnings }, allocations);
  await warnIfEmpty(io, ledger, body, config);
  if (exchange !== null) warnOfNoRate(io, exchange, body);
  const spark = (page: Page | null): SparkColumn | null => {
    const show = page === null ? null : sparkShow(options.spark, query.by);
    return show === null ? null : { ...dailyTokens(lines, query.window), show };
  };
  await present(io, options, {
    body: () => envelope('report', body),
    rows: () => body.rows,
    sheet: (page) => reportSheet(body, spark(page)),
  });
  return options.strict && isDoubtful(body) ? ExitCode.noHonestAnswer : ExitCode.ok;
}

const withAllocations = (body: ReportBody, allocations: WindowAllocations | null): ReportBody =>
  allocations === null ? body : withAllocation(body, allocatedOf(allocations));

/** What the flags ask, checked before any file is read; `by`: `null` when the config decides. */
function askedOf(
  options: ReportOptions,
): Omit<ReportQuery, 'window' | 'by' | 'units' | 'models' | 'organisation'> & { by: readonly Dimension[] | null } {
  return {
    by: options.by?.map(dimensionOf) ?? null,
    cost: options.cost === 'all' ? 'auto' : options.cost,
    sideBySide: options.cost === 'all',
    filters: (options.where ?? []).map(filterOf),
    sort: options.sort === undefined ? null : sortOf(options.sort),
    top: options.top ?? null,
    latency: options.latency ?? false,
  };
}

/** Whether any chart is drawn. */
const showsSpark = (io: Io, options: ReportOptions, by: readonly Dimension[]): boolean =>
  io.columns !== null &&
  outputTargets(io, options).some(({ format, file }) => format === 'table' && file === null) &&
  sparkShow(options.spark, by) !== null;

/** Whether a terminal shows charts: as asked; else for rows of one dimension that is no time, where there is room. */
function sparkShow(asked: boolean | undefined, by: readonly Dimension[]): SparkColumn['show'] | null {
  if (asked !== undefined) return asked ? 'always' : null;
  return by.length === 1 && !by.some(isTime) ? 'wide' : null;
}

/**
 * Usage unpriced in the total, in a row or in the period compared with, costs without a rate, rejected rows, a line of an
 * invoice that the period cuts, shared cost that could not be split, or day buckets whose days are not the report's.
 */
const isDoubtful = ({ totals, unsplit, incomplete, straddling, allocation, query }: ReportBody): boolean =>
  totals.unpriced.events > 0n ||
  unsplit.events > 0n ||
  (totals.previous?.unpriced.events ?? 0n) > 0n ||
  Object.keys(totals.converted?.missing ?? {}).length > 0 ||
  incomplete.length > 0 ||
  straddling.length > 0 ||
  (allocation?.cut ?? []).length > 0 ||
  (allocation?.splits ?? []).some(
    ({ unknown, amount }) => unknown.length > 0 && Object.values(amount).some((text) => text !== '0'),
  ) ||
  query.foreignBuckets > 0n;

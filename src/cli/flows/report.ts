import { badOption, ExitCode, quoted } from '../../errors.js';
import { staleRulesWarning } from '../../hub/stale-rules.js';
import type { Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { nearest } from '../../nearest.js';
import { reportSheet } from '../../render/report-sheet.js';
import { breakdown } from '../../report/breakdown.js';
import { cellQueryOf } from '../../report/dimensions.js';
import { periodFrom } from '../../report/period.js';
import { type CostChoice, DIMENSIONS, type Dimension, type ReportQuery, UNASSIGNED } from '../../report/query.js';
import type { ReportBody } from '../../report/report-body.js';
import { cutWindows, type Straddling, straddlingOf } from '../../report/straddling.js';
import type { Io } from '../io.js';
import type { ConfigOptions, LedgerOptions, OutputOptions } from '../options.js';
import { outputTargets, present } from '../output.js';
import { warn } from '../say.js';
import { envelope } from './envelope.js';
import { hasRules, loadSettings, rulesOf } from './settings.js';

export interface ReportOptions extends OutputOptions, ConfigOptions, LedgerOptions {
  readonly by?: readonly string[];
  readonly from?: string;
  readonly since?: string;
  readonly to?: string;
  readonly until?: string;
  readonly period?: string;
  readonly tz?: string;
  readonly unit?: readonly string[];
  readonly model?: readonly string[];
  readonly cost: CostChoice;
  readonly strict?: boolean;
}

export async function reportFlow(io: Io, options: ReportOptions): Promise<ExitCode> {
  outputTargets(options);
  const asked = options.by?.map(dimensionNamed);
  const { config, timeZone, ledger: at } = await loadSettings(io, options);
  const by = asked ?? [hasRules(config) ? 'unit' : 'model'];
  const query = queryOf(options, by, { now: io.now(), timeZone });
  await using ledger = await openSqliteLedger({ path: at.path, mode: 'read' });
  const rules = hasRules(config) ? rulesOf(config).hash : null;
  const body = await ledger.snapshot(() => answer(ledger, query, rules));
  await warnIfEmpty(io, ledger, body);
  await present(io, options, {
    body: () => envelope('report', body),
    rows: () => body.rows,
    sheet: () => reportSheet(body),
  });
  return options.strict && isDoubtful(body) ? ExitCode.noHonestAnswer : ExitCode.ok;
}

/** Asks the ledger and folds its answers. `rulesHash`: of the config's rules; `null`: there is no config to compare with. */
async function answer(ledger: Ledger, query: ReportQuery, rulesHash: string | null): Promise<ReportBody> {
  const applied = await ledger.appliedRules();
  const stale = rulesHash === null ? null : staleRulesWarning(rulesHash, applied?.hash ?? null);
  return breakdown({
    query,
    cells: await ledger.cells(cellQueryOf(query)),
    presence: await ledger.presence(query.window, query.cost),
    prices: await ledger.priceLists(query.window),
    incomplete: await ledger.incomplete(query.window),
    straddling: await straddlingIn(ledger, query),
    warnings: stale === null ? [] : [stale],
  });
}

/** Daily buckets that an edge of the window cuts. */
async function straddlingIn(ledger: Ledger, query: ReportQuery): Promise<Straddling[]> {
  const found: Straddling[] = [];
  for (const window of cutWindows(query.window)) {
    const cells = await ledger.cells({ ...cellQueryOf(query), window, by: [] });
    const straddling = straddlingOf(window, cells, await ledger.presence(window, query.cost), query.cost);
    if (straddling !== null) found.push(straddling);
  }
  return found;
}

function queryOf(
  options: ReportOptions,
  by: readonly Dimension[],
  context: { readonly now: number; readonly timeZone: string },
): ReportQuery {
  const { from, since, to, until, period, unit, model, cost } = options;
  return {
    window: periodFrom({ from: from ?? since, to: to ?? until, period }, context),
    by,
    cost,
    units: unit?.map((name) => (name === UNASSIGNED ? null : name)) ?? null,
    models: model ?? null,
  };
}

function dimensionNamed(name: string): Dimension {
  const dimension = DIMENSIONS.find((each) => each === name);
  if (dimension !== undefined) return dimension;
  const near = nearest(name, DIMENSIONS);
  const hint = `${near === null ? '' : `did you mean ${near}? `}dimensions: ${DIMENSIONS.join(', ')}`;
  throw badOption('--by', name, 'is no dimension', hint);
}

/** Usage unpriced in the total or in a row, rejected rows, or day buckets whose days are not the report's. */
const isDoubtful = ({ totals, unsplit, incomplete, straddling, query }: ReportBody): boolean =>
  totals.unpriced.events > 0n ||
  unsplit.events > 0n ||
  incomplete.length > 0 ||
  straddling.length > 0 ||
  query.foreignBuckets > 0n;

async function warnIfEmpty(io: Io, ledger: Ledger, body: ReportBody): Promise<void> {
  if (body.rows.length > 0) return;
  const span = await ledger.span();
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  if (span === null) return warn(io, 'the ledger is empty; import usage first: tokenhub import <files...>');
  for (const { what, name, known } of await unknownFilters(ledger, body)) {
    const near = nearest(name, known);
    warn(io, `no usage of ${what} ${quoted(name)} was ever recorded${near === null ? '' : `; did you mean ${near}?`}`);
  }
  warn(io, `no usage matches; the ledger holds ${day(span.from)} to ${day(span.to)}`);
}

/** What was filtered by and no event ever had. */
async function unknownFilters(ledger: Ledger, { query }: ReportBody) {
  const [units, models] = [[UNASSIGNED, ...(await ledger.names('unit'))], await ledger.names('model')];
  return [
    ...(query.units ?? []).map((name) => ({ what: 'unit', name, known: units })),
    ...(query.models ?? []).map((name) => ({ what: 'model', name, known: models })),
  ].filter(({ name, known }) => !known.includes(name));
}

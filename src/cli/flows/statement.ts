import { statementNeeds } from '../../errors/statement.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import type { Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { statementCsvSheet } from '../../render/statement-csv-sheet.js';
import { isOnlyLeftOut } from '../../render/statement-notes.js';
import { type NumberedStatement, statementSheets } from '../../render/statement-sheets.js';
import { periodFrom } from '../../report/period.js';
import { windowBefore } from '../../report/previous-period.js';
import type { Window } from '../../report/query.js';
import type { Io } from '../io.js';
import {
  type ConfigOptions,
  type LedgerOptions,
  type OutputOptions,
  type PeriodOptions,
  periodOf,
} from '../options.js';
import { outputTargets, present } from '../output.js';
import { say, warn } from '../say.js';
import { EMPTY_LEDGER, noneMatches } from './empty-report.js';
import { envelope } from './envelope.js';
import { keepImportedFiles } from './imported-files.js';
import { exchangeOf } from './report-files.js';
import { loadSettings, type Settings } from './settings.js';
import { type StatementAsked, statementTold } from './statement-facts.js';
import { contentHash, statementNumber } from './statement-hashes.js';
import { refuseUnknownUnit, statementUnit } from './statement-unit.js';
import { verifyStatement } from './statement-verify.js';

export interface StatementOptions extends OutputOptions, ConfigOptions, LedgerOptions, PeriodOptions {
  readonly unit?: string;
  readonly cost: StatementAsked['cost'];
  readonly currency?: string;
  readonly rates?: string;
  readonly strict?: boolean;
  readonly verify?: string;
}

export async function statementFlow(io: Io, options: StatementOptions): Promise<ExitCode> {
  outputTargets(io, options);
  if (options.verify !== undefined) return verifyStatement(io, { ...options, verify: options.verify });
  const { unit } = options;
  if (unit === undefined) throw statementNeeds('a unit', 'say whose: --unit wukong');
  const settings = await loadSettings(io, options);
  const windows = windowsOf(io, options, settings);
  const exchange = await exchangeOf(io, { ...options, rate: 'daily' });
  await using ledger = await openSqliteLedger({ path: settings.ledger.path, mode: 'read' });
  await keepImportedFiles(io, options, ledger);
  await refuseUnknownUnit(ledger, settings.config, unit);
  const told = await ledger.snapshot(async () =>
    statementTold(ledger, settings.config, {
      ...{ unit: await statementUnit(ledger, settings.config, unit), cost: options.cost, exchange },
      ...windows,
    }),
  );
  const body = numbered(told);
  await warnOf(io, ledger, body, windows.window);
  await present(io, options, {
    body: () => envelope('statement', body),
    rows: () => body.lines,
    sheet: () => statementCsvSheet(body),
    sheets: () => statementSheets(body),
  });
  return options.strict && isDoubtful(body) ? ExitCode.noHonestAnswer : ExitCode.ok;
}

/** The period, which needs two ends, and the one before. */
function windowsOf(
  io: Io,
  options: StatementOptions,
  { timeZone }: Settings,
): { readonly window: Window; readonly before: Window } {
  const context = { now: io.now(), timeZone };
  const window = periodFrom(periodOf(options), context);
  if (window.from === null || window.to === null)
    throw statementNeeds('a period with two ends', 'add one: --period 2026-10');
  return { window, before: windowBefore('previous', window, periodOf(options), context) };
}

/** The statement with its hash, and the number it is called by. */
function numbered(told: Awaited<ReturnType<typeof statementTold>>): NumberedStatement {
  const hash = contentHash(told);
  return { number: statementNumber(hash), ...told, hashes: { ...told.hashes, statement: hash } };
}

/** Said beside the statement, as it depends on the clock, or on what else the ledger holds. */
async function warnOf(io: Io, ledger: Ledger, { readings, lines, query }: NumberedStatement, { to }: Window) {
  if (to !== null && to > io.now()) say(io, `preliminary: the period ends ${query.to}`);
  if (readings.length + lines.length > 0) return;
  const span = await ledger.span();
  warn(io, span === null ? EMPTY_LEDGER : noneMatches(span, query.tz));
}

const isDoubtful = (statement: NumberedStatement): boolean => isOnlyLeftOut(statement) || hasDoubts(statement);

const hasDoubts = ({ query, closing, total, sharedWarnings, straddling, context }: NumberedStatement): boolean =>
  total.isAtLeast ||
  (query.currency !== null && total.converted === null) ||
  Object.keys(total.converted?.missing ?? {}).length > 0 ||
  sharedWarnings.length > 0 ||
  (straddling ?? []).length > 0 ||
  (closing?.accepted ?? []).includes('rejects') ||
  (context.incomplete ?? []).length > 0;

import { ExitCode } from '../../errors/tokenhub-error.js';
import type { ImportRecord, Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { type CoverageBody, coverageRows, coverageSheet } from '../../render/imports-coverage-sheet.js';
import { type ImportBody, importsSheet } from '../../render/imports-sheet.js';
import { coveredDays } from '../../report/coverage-gaps.js';
import { localDays } from '../../report/local-days.js';
import { periodFrom } from '../../report/period.js';
import type { Window } from '../../report/query.js';
import type { Io } from '../io.js';
import type { ConfigOptions, LedgerOptions, OutputOptions } from '../options.js';
import { outputTargets, present } from '../output.js';
import { envelope } from './envelope.js';
import { optionsOf } from './import-key.js';
import { keepImportedFiles } from './imported-files.js';
import { loadSettings } from './settings.js';

export interface ImportsOptions extends OutputOptions, ConfigOptions, LedgerOptions {
  readonly coverage?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly period?: string;
  readonly tz?: string;
}

export async function importsFlow(io: Io, options: ImportsOptions): Promise<ExitCode> {
  outputTargets(io, options);
  const { timeZone, ledger: at } = await loadSettings(io, options);
  const { from, to, period } = options;
  const window = periodFrom({ from, to, period }, { now: io.now(), timeZone });
  await using ledger = await openSqliteLedger({ path: at.path, mode: 'read' });
  await keepImportedFiles(io, options, ledger);
  if (options.coverage || [from, to, period].some((given) => given !== undefined)) {
    const body = await coverageIn(ledger, window, io.now());
    await present(io, options, {
      body: () => envelope('coverage', body),
      rows: () => coverageRows(body),
      sheet: () => coverageSheet(body),
    });
  } else {
    const imports = (await ledger.imports()).map(bodyOf);
    await present(io, options, {
      body: () => envelope('imports', { imports }),
      rows: () => imports,
      sheet: () => importsSheet(imports, timeZone),
    });
  }
  return ExitCode.ok;
}

const bodyOf = ({ options, from, to, ...record }: ImportRecord): ImportBody => ({
  ...record,
  from: from === null ? null : new Date(from).toISOString(),
  to: to === null ? null : new Date(to).toISOString(),
  options: optionsOf(options),
});

/** Days of the window on which each recording has events; days to come are no gaps. */
async function coverageIn(ledger: Ledger, window: Window, now: number): Promise<CoverageBody> {
  const today = localDays()(now, window.timeZone);
  const { firstDay: first, lastDay } = window;
  const isToCome = first !== null && first > today;
  const last = lastDay !== null && lastDay > today && !isToCome ? today : lastDay;
  const recordings = (await ledger.coverage(window.timeZone)).map(({ recording, days }) => ({
    ...recording,
    ...coveredDays(days, isToCome ? { first, last: today } : { first, last }),
  }));
  return { query: { from: first, to: last, tz: window.timeZone }, recordings };
}

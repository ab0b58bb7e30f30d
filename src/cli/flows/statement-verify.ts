/** A statement that was written, computed again from the ledger and compared. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { badOption } from '../../errors/command-line.js';
import { notAStatement } from '../../errors/statement.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import { parseJsonLine } from '../../files/parse-json-line.js';
import { type Json, type StatementChanges, statementChanges } from '../../hub/statement/statement-changes.js';
import type { StatementTold } from '../../hub/statement/statement-told.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { compactJson } from '../../render/json.js';
import { statementVerifySheet } from '../../render/statement-verify-sheet.js';
import { checkTimeZone, window } from '../../report/period.js';
import type { Io } from '../io.js';
import type { ConfigOptions, LedgerOptions, OutputOptions } from '../options.js';
import { outputFiles, present, refuseOverwriting } from '../output.js';
import { envelope } from './envelope.js';
import { exchangeOf } from './report-files.js';
import { loadSettings } from './settings.js';
import { type StatementAsked, statementTold } from './statement-facts.js';
import { contentHash, statementNumber } from './statement-hashes.js';
import { statementUnit } from './statement-unit.js';

interface VerifyOptions extends OutputOptions, ConfigOptions, LedgerOptions {
  readonly verify: string;
  readonly rates?: string;
}

/** What came out of it. `isSame`: nothing of what the unit used or owes changed, and the file is as it was written. */
export interface StatementVerdict extends StatementChanges, Pick<StatementTold, 'query'> {
  readonly number: string;
  readonly unit: string;
  readonly isSame: boolean;
  /** Whether the file is not as it was written: its own hash is of something else. */
  readonly isEdited: boolean;
}

export async function verifyStatement(io: Io, options: VerifyOptions): Promise<ExitCode> {
  const path = resolve(io.cwd, options.verify);
  const stored = readStatement(path, options.verify);
  refuseOverwriting(io, outputFiles(io, options), [path]);
  const { config, ledger: at } = await loadSettings(io, options);
  const { query, unit, number, hashes } = stored;
  const exchange = await exchangeAgain(io, options, query.currency);
  await using ledger = await openSqliteLedger({ path: at.path, mode: 'read' });
  const now = await ledger.snapshot(async () =>
    statementTold(ledger, config, {
      ...{ unit: await statementUnit(ledger, config, unit.id), cost: query.cost, exchange },
      ...{ window: windowOf(query, query.tz), before: windowOf(query.compare, query.tz) },
    }),
  );
  const found = statementChanges(stored as unknown as Fields, parseJsonLine(compactJson(now)) as Fields);
  const isEdited = contentHash(stored) !== hashes.statement || statementNumber(hashes.statement) !== number;
  const verdict: StatementVerdict = {
    ...{ number, unit: unit.id, query, isSame: !isEdited && found.changes.length === 0, isEdited },
    ...found,
  };
  await present(io, options, {
    body: () => envelope('statement-verdict', verdict),
    rows: () => verdict.changes,
    sheet: () => statementVerifySheet(verdict),
  });
  return verdict.isSame ? ExitCode.ok : ExitCode.breached;
}

type Fields = { readonly [name: string]: Json };
type Stored = StatementTold & { readonly number: string; readonly hashes: { readonly statement: string } };

const windowOf = ({ from, to }: StatementTold['query']['compare'], tz: string): StatementAsked['window'] =>
  window(Date.parse(from), Date.parse(to), tz);

/** The file of rates is not kept in a statement. */
function exchangeAgain(io: Io, { rates }: VerifyOptions, currency: string | null) {
  if (currency === null) return null;
  if (rates === undefined)
    throw badOption('--verify', currency, 'is what costs were converted into', 'add the rates: --rates rates.csv');
  return exchangeOf(io, { currency, rates, rate: 'daily' });
}

/** @throws NOT_A_STATEMENT */
function readStatement(path: string, file: string): Stored {
  const value = parsed(path, file) as { readonly [name: string]: unknown };
  if (value.schema !== 'tokenhub.statement/v1') throw notAStatement(file, 'it has no schema tokenhub.statement/v1');
  const stored = value as unknown as Stored;
  const { query, unit, hashes } = stored;
  const instants = [query?.from, query?.to, query?.compare?.from, query?.compare?.to];
  const isWhole =
    typeof unit?.id === 'string' &&
    typeof hashes?.statement === 'string' &&
    ['auto', 'billed', 'computed'].includes(query.cost) &&
    instants.every((at) => typeof at === 'string' && !Number.isNaN(Date.parse(at)));
  if (!isWhole) throw notAStatement(file, 'its unit, query or hashes are missing');
  checkTimeZone(String(query.tz));
  return stored;
}

function parsed(path: string, file: string): object {
  try {
    return parseJsonLine(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw notAStatement(file, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

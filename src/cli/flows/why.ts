import { badOption } from '../../errors/command-line.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import type { Config } from '../../files/config-type.js';
import type { Ledger } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import type { WhyBody } from '../../render/why-body.js';
import { whySheet } from '../../render/why-sheet.js';
import { nameOfNone } from '../../report/filter.js';
import { UNASSIGNED } from '../../report/query.js';
import type { Io } from '../io.js';
import type { ConfigOptions, LedgerOptions, OutputOptions } from '../options.js';
import { outputTargets, present } from '../output.js';
import { EMPTY_LEDGER, noneMatches, unheardNames } from './empty-report.js';
import { envelope } from './envelope.js';
import { keepImportedFiles } from './imported-files.js';
import { isModelOfConfig, recordedModels } from './recorded-models.js';
import { loadSettings } from './settings.js';
import { whyBody } from './why-body.js';
import { whyFacts } from './why-facts.js';
import { listedPrices } from './why-prices.js';
import { figureOf, type WhyQuery, type WhySelection, whyQueryOf } from './why-query.js';

export interface WhyOptions extends OutputOptions, ConfigOptions, LedgerOptions, WhySelection {
  readonly rows: number;
}

export async function whyFlow(io: Io, text: string | undefined, options: WhyOptions): Promise<ExitCode> {
  outputTargets(io, options);
  const figure = figureOf(text, options);
  const tz = figure.kind === 'verdict' ? options.tz : figure.tz;
  const { config, timeZone, ledger: at } = await loadSettings(io, { ...options, ...(tz === undefined ? {} : { tz }) });
  const { budgets, units } = config;
  const typed = whyQueryOf(figure, { now: io.now(), timeZone, at: options.at, budgets, units });
  await using ledger = await openSqliteLedger({ path: at.path, mode: 'read' });
  await keepImportedFiles(io, options, ledger);
  // a statement has a line for each name as it was recorded
  const isLine = figure.kind === 'statement';
  const models = isLine ? typed.query.models : await recordedModels(ledger, typed.query.models, config.models);
  const asked = { ...typed, query: { ...typed.query, models } };
  await refuseUnknownNames(ledger, asked, config);
  const facts = await ledger.snapshot(() => whyFacts(ledger, asked, { config, rows: options.rows }));
  const listed = await listedPrices(config, facts.parts);
  const told = whyBody(asked, facts, { rows: options.rows, listed });
  const body: WhyBody = { ...told, notes: [...told.notes, ...(await emptyNotes(ledger, told))] };
  await present(io, options, {
    body: () => envelope('why', body),
    rows: () => body.rows,
    sheet: () => whySheet(body),
  });
  return ExitCode.ok;
}

/** A name that was mistyped must not pass for a figure of nothing; what the config names may have used nothing yet. */
async function refuseUnknownNames(ledger: Ledger, { query }: WhyQuery, config: Config): Promise<void> {
  const names = { units: query.units?.map((unit) => unit ?? UNASSIGNED) ?? null, models: query.models };
  const filters = query.filters.map(({ field, op, values }) => ({
    ...{ field, op },
    values: values.map((value) => value ?? nameOfNone(field)),
  }));
  const unheard = await unheardNames(ledger, { ...names, filters }, config);
  const unknown = unheard.find(({ field, name }) => !isOfConfig(field, name, config));
  if (unknown === undefined) return;
  const { field, name, hint } = unknown;
  const otherwise = `see which there are: tokenhub report --by ${field}`;
  throw badOption(
    `--${field}`,
    name,
    `is the ${field} of no event in the ledger`,
    hint.replace(/^; /, '') || otherwise,
  );
}

function isOfConfig(field: string, name: string, { units, rules, models }: Config): boolean {
  if (field === 'model') return isModelOfConfig(name, models);
  if (field !== 'unit') return false;
  return name === UNASSIGNED || units.some(({ id }) => id === name) || rules.some(({ unit }) => unit === name);
}

async function emptyNotes(ledger: Ledger, { total, query }: WhyBody): Promise<string[]> {
  if (total.events > 0n) return [];
  const span = await ledger.span();
  return [span === null ? EMPTY_LEDGER : noneMatches(span, query.tz)];
}

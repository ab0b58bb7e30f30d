import { setImmediate as nextTurn } from 'node:timers/promises';
import { badOption } from '../../errors/command-line.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import type { Config } from '../../files/config-type.js';
import type { Ledger, PriceSelection } from '../../ledger/ledger.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { nearest } from '../../nearest.js';
import { counted } from '../../render/counted.js';
import { type RepriceBody, repriceBody } from '../../render/reprice-body.js';
import { repriceSheet } from '../../render/reprice-sheet.js';
import { chooseRecordings } from '../../report/choose-recordings.js';
import { periodFrom } from '../../report/period.js';
import { type RepriceOutcome, repriceTally } from '../../report/reprice-tally.js';
import { accountLinks } from '../../usage/account-links.js';
import { eventCosts } from '../../usage/event-cost.js';
import type { Io } from '../io.js';
import {
  type ConfigOptions,
  type LedgerOptions,
  type OutputOptions,
  type PeriodOptions,
  periodOf,
} from '../options.js';
import { checkWritable, present } from '../output.js';
import { progressOn } from '../progress.js';
import { say, warn } from '../say.js';
import { frozenPeriods } from './closings.js';
import { EMPTY_LEDGER, noneMatches } from './empty-report.js';
import { envelope } from './envelope.js';
import { keepImportedFiles } from './imported-files.js';
import { openPriceBook } from './open-price-book.js';
import { loadSettings } from './settings.js';

export interface RepriceOptions extends OutputOptions, ConfigOptions, LedgerOptions, PeriodOptions {
  readonly apply?: boolean;
  readonly model?: readonly string[];
  readonly provider?: readonly string[];
  readonly account?: readonly string[];
}

export async function repriceFlow(io: Io, options: RepriceOptions): Promise<ExitCode> {
  checkWritable(io, options);
  const { config, timeZone, ledger: at } = await loadSettings(io, options);
  const selection = selectionOf(options, { now: io.now(), timeZone });
  await using ledger = await openSqliteLedger({ path: at.path, mode: options.apply ? 'write' : 'read' });
  await keepImportedFiles(io, options, ledger);
  if (options.apply) {
    await ledger.begin();
    await frozenPeriods(ledger); // events of a damaged one cannot be told from others
  }
  const outcome = await ledger.snapshot(() => repriceAll({ io, ledger, selection, config, apply: options.apply }));
  const kept = await ledger.closedEvents(selection);
  if (options.apply) await ledger.commit();
  const body = repriceBody(selection, outcome, options.apply ?? false);
  if (kept > 0) say(io, keptText(kept, body));
  await warnOf(io, ledger, body, kept);
  await present(io, options, {
    body: () => envelope('reprice', body),
    rows: () => body.rows,
    sheet: () => repriceSheet(body),
  });
  return ExitCode.ok;
}

function selectionOf(
  { model, provider, account, ...asked }: RepriceOptions,
  context: { readonly now: number; readonly timeZone: string },
): PriceSelection {
  return {
    window: periodFrom(periodOf(asked), context),
    models: model ?? null,
    providers: provider ?? null,
    accounts: account ?? null,
  };
}

interface Work {
  readonly io: Io;
  readonly ledger: Ledger;
  readonly selection: PriceSelection;
  readonly config: Config;
  readonly apply: boolean | undefined;
}

async function repriceAll({ io, ledger, selection, config, apply }: Work): Promise<RepriceOutcome> {
  await refuseUnknownNames(ledger, selection, accountLinks(config.accounts));
  const book = await openPriceBook(config);
  const costOf = eventCosts(book, config.plans);
  const { read } = chooseRecordings(await ledger.presence(selection.window, 'computed'), 'computed');
  const tally = repriceTally((view) => read(view).money);
  const progress = progressOn(io);
  let done = 0;
  await ledger.reprice(
    selection,
    async (batch) => {
      await book.prepare(new Set(batch.map(({ event }) => event.provider)));
      const costs = batch.map(({ event, view }) => costOf(event, view.recording));
      for (const [i, stored] of batch.entries()) tally.add(stored, costs[i]!);
      done += batch.length;
      progress.show(() => `pricing: ${counted(BigInt(done), 'event')}`);
      await nextTurn(); // so that it can be interrupted
      return costs;
    },
    apply ? 'apply' : 'preview',
  );
  progress.clear();
  return tally.outcome();
}

/** A name that was mistyped must not pass for usage that needed no change. */
async function refuseUnknownNames(
  ledger: Ledger,
  { models, providers, accounts }: PriceSelection,
  linked: (account: string) => string,
): Promise<void> {
  if (models !== null) refuseUnknown('model', models, await ledger.names('model'));
  if (providers !== null) refuseUnknown('provider', providers, await ledger.names('provider'));
  if (accounts !== null) refuseUnknown('account', accounts, await ledger.names('account'), linked);
}

function refuseUnknown(
  what: string,
  names: readonly string[],
  known: readonly string[],
  linked = (name: string): string => name,
): void {
  const name = names.find((each) => !known.includes(each));
  if (name === undefined) return;
  if (linked(name) !== name)
    throw badOption(`--${what}`, name, `is linked to ${linked(name)} by the config`, `write --${what} ${linked(name)}`);
  const near = nearest(name, known);
  const hint = near === null ? `see which there are: tokenhub report --by ${what}` : `did you mean ${near}?`;
  throw badOption(`--${what}`, name, `is the ${what} of no event in the ledger`, hint);
}

/** What the closed periods hold of the selection. */
function keptText(kept: number, { totals }: RepriceBody): string {
  const [isAll, events] = [totals.events === 0, counted(BigInt(kept), 'event')];
  const keeps = kept === 1 ? 'keeps its cost' : 'keep their cost';
  if (!isAll) return `${events} of closed periods ${keeps}: tokenhub close --list`;
  const match = kept === 1 ? 'matches, is of a closed period' : 'match, all of closed periods';
  return `${events} ${match}, and ${keeps}: tokenhub close --list`;
}

async function warnOf(io: Io, ledger: Ledger, { totals, applied, query }: RepriceBody, kept: number): Promise<void> {
  if (totals.newlyUnpriced > 0) {
    const lose = applied ? 'lost' : 'would lose';
    warn(io, `${counted(BigInt(totals.newlyUnpriced), 'event')} ${lose} the price or plan they had`);
  }
  if (totals.events > 0 || kept > 0) return;
  const span = await ledger.span();
  warn(io, span === null ? EMPTY_LEDGER : noneMatches(span, query.tz));
}

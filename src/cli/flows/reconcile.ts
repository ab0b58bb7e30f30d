import { resolve } from 'node:path';
import { badOption } from '../../errors/command-line.js';
import { noCommonTime, noSuchMoney } from '../../errors/reconcile.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import type { Recorded, Side } from '../../hub/reconcile/call-record.js';
import { spanOf } from '../../hub/reconcile/common-time.js';
import { comparedModels } from '../../hub/reconcile/compared-models.js';
import { finestGrid, gridOf } from '../../hub/reconcile/grid.js';
import { preliminaryAt } from '../../hub/reconcile/late-bill.js';
import { type Reconciled, reconcile } from '../../hub/reconcile/reconcile.js';
import { type JudgedOn, judgePair, type Threshold } from '../../hub/reconcile/threshold.js';
import { type ReadAs, type ReconcileBody, reconcileBody } from '../../render/reconcile-body.js';
import { reconcileSheet } from '../../render/reconcile-sheet.js';
import { periodFrom } from '../../report/period.js';
import type { Window } from '../../report/query.js';
import { isoText } from '../../report/query-echo.js';
import type { Io } from '../io.js';
import {
  type ConfigOptions,
  type LedgerOptions,
  type OutputOptions,
  type PeriodOptions,
  periodOf,
} from '../options.js';
import { outputFiles, present, refuseOverwriting } from '../output.js';
import { envelope } from './envelope.js';
import { keepFilesOfLedger } from './imported-files.js';
import { openPriceBook } from './open-price-book.js';
import type { FileReading } from './reconcile-file.js';
import { priceRules } from './reconcile-prices.js';
import { type Named, type NamedRecording, namedOf, readAll, refuseSame } from './reconcile-recordings.js';
import { type Selected, selected } from './reconcile-selected.js';
import { thresholdOf, tokenizersOf } from './reconcile-threshold.js';
import { unitsOf } from './report-query.js';
import { loadSettings, type Settings } from './settings.js';

export interface ReconcileOptions extends OutputOptions, ConfigOptions, LedgerOptions, PeriodOptions {
  readonly app?: string;
  readonly gateway?: string;
  readonly bill?: string;
  readonly unit?: readonly string[];
  readonly model?: readonly string[];
  readonly bucket?: 'hour' | 'day';
  readonly tokenizer?: readonly string[];
  readonly threshold?: string;
  readonly thresholdOn: JudgedOn;
}

export async function reconcileFlow(io: Io, options: ReconcileOptions): Promise<ExitCode> {
  const named = namedOf(options);
  refuseSame(io, named);
  const threshold = options.threshold === undefined ? null : thresholdOf(options.threshold);
  const tokenizers = tokenizersOf(
    options.tokenizer ?? [],
    named.map(({ side }) => side),
  );
  const settings = await loadSettings(io, options);
  refuseOverwriting(
    io,
    outputFiles(io, options),
    named.map(({ name }) => resolve(io.cwd, name)),
  );
  await keepFilesOfLedger(io, options, settings.ledger);
  const { timeZone, config } = settings;
  const window = periodFrom(periodOf(options), { now: io.now(), timeZone });
  const { thresholdOn } = options;
  const query = {
    ...selectionOf(options, window, config),
    tokenizers,
    threshold: threshold?.text ?? null,
    thresholdOn,
  };
  const book = await openPriceBook(config);
  const reading: FileReading = { config, timeZone, book, nameOf: comparedModels(config.models) };
  const read = await readAll(io, named, settings, window, reading);
  const recordings = read.map(({ recording, ...of }) => selected(of, recording, query, window, reading));
  const found = reconcile({
    recordings,
    asked: window,
    timeZone,
    bucket: query.bucket,
    declared: { tokenizers: new Set(Object.keys(tokenizers) as Side[]) },
    prices: await priceRules(book, { isBilled: isBilled(recordings) }),
    isPreliminary: preliminaryAt(io.now()),
  });
  if ('tooFine' in found) throw tooFine(query.bucket!, found.tooFine);
  if ('apart' in found) throw noCommonTime(spansOf(named, recordings, timeZone));
  const body = reconcileBody({
    query,
    read: read.map((each, i) => readAs(each, recordings[i]!)),
    ...found,
    pairs: judgedPairs(found, threshold, thresholdOn),
  });
  await present(io, options, {
    body: () => envelope('reconcile', body),
    rows: () => body.causes,
    sheet: () => reconcileSheet(body),
  });
  return exitCodeOf(body);
}

function exitCodeOf({ recordings, pairs }: ReconcileBody): ExitCode {
  if (recordings.some(({ rejected }) => rejected > 0)) return ExitCode.userError;
  if (pairs.some(({ over }) => over.length > 0)) return ExitCode.breached;
  return pairs.some(({ unknown }) => unknown.length > 0) ? ExitCode.noHonestAnswer : ExitCode.ok;
}

/** What of the recordings is compared. */
const selectionOf = (
  { unit, model, bucket }: ReconcileOptions,
  { from, to, timeZone }: Window,
  { units }: Settings['config'],
): Omit<ReconcileBody['query'], 'tokenizers' | 'threshold' | 'thresholdOn'> => ({
  ...{ from: isoText(from), to: isoText(to), tz: timeZone },
  ...{ units: unitsOf(unit, units), models: model ?? null, bucket: bucket ?? null },
});

const isBilled = (recordings: readonly Recorded[]): boolean =>
  recordings.some(({ side, records }) => side === 'bill' && records.some(({ cost }) => cost !== null));

const readAs = (
  { side, name, recording: { roles, sources, rejected } }: NamedRecording,
  { incomparable }: Selected,
): ReadAs => ({
  ...{ side, name, incomparable, rejected },
  role: side === 'bill' && roles.has('meter') && !roles.has('bill') ? 'meter' : side,
  source: [...sources].sort().join('+'),
  costKind: roles.has('bill') ? 'billed' : 'computed',
});

function judgedPairs(
  { pairs, compared }: Reconciled,
  threshold: Threshold | null,
  on: JudgedOn,
): { readonly pair: Reconciled['pairs'][number]; readonly judged: NonNullable<ReturnType<typeof judgePair>> }[] {
  return pairs.map((pair, i) => {
    const judged = judgePair({ pair, left: compared[i]!, right: compared[i + 1]! }, threshold, on);
    if (judged === null)
      throw noSuchMoney((threshold as { currency: string }).currency, `${pair.left} and ${pair.right}`);
    return { pair, judged };
  });
}

const tooFine = (bucket: string, finest: string) =>
  badOption(
    '--bucket',
    bucket,
    'is finer than what a recording tells',
    finest === 'day' ? 'write --bucket day' : 'leave --bucket out: it tells one period as a whole',
  );

function spansOf(named: readonly Named[], recordings: readonly Recorded[], timeZone: string): string[] {
  const all = recordings.flatMap(({ records }) => records);
  const grid = gridOf(finestGrid(all), all, timeZone);
  return recordings.map(({ records }, i) => {
    const span = spanOf(records, grid)!;
    return `${named[i]!.flag} from ${grid.textOf(span.from)} to before ${grid.textOf(span.to)}`;
  });
}

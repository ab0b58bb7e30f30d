import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { badOption } from '../../errors/command-line.js';
import {
  noCommonTime,
  noSuchMoney,
  nothingToReconcile,
  sameRecording,
  tooFewRecordings,
} from '../../errors/reconcile.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import type { CallRecord, Recorded, Side } from '../../hub/reconcile/call-record.js';
import { spanOf } from '../../hub/reconcile/common-time.js';
import { finestGrid, gridOf } from '../../hub/reconcile/grid.js';
import { preliminaryAt } from '../../hub/reconcile/late-bill.js';
import { modelNames } from '../../hub/reconcile/model-names.js';
import { type Reconciled, reconcile } from '../../hub/reconcile/reconcile.js';
import { type JudgedOn, judgePair, type Threshold } from '../../hub/reconcile/threshold.js';
import { openSqliteLedger } from '../../ledger/sqlite/open.js';
import { type ReadAs, type ReconcileBody, reconcileBody } from '../../render/reconcile-body.js';
import { reconcileSheet } from '../../render/reconcile-sheet.js';
import { periodFrom } from '../../report/period.js';
import type { Window } from '../../report/query.js';
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
import { type FileReading, type ReadRecording, readRecordingFile } from './reconcile-file.js';
import { readRecordingOfLedger } from './reconcile-ledger.js';
import { priceRules } from './reconcile-prices.js';
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

/** One of the recordings typed. */
interface Named {
  readonly side: Side;
  readonly flag: string;
  readonly name: string;
}

/** Buckets and requests named in each line of a table. */
const NAMED = 3;

export async function reconcileFlow(io: Io, options: ReconcileOptions): Promise<ExitCode> {
  const named = namedOf(options);
  refuseSame(io, named);
  const threshold = options.threshold === undefined ? null : thresholdOf(options.threshold);
  const tokenizers = tokenizersOf(options.tokenizer ?? []);
  const settings = await loadSettings(io, options);
  refuseOverwriting(
    io,
    outputFiles(options),
    named.map(({ name }) => resolve(io.cwd, name)),
  );
  await keepFilesOfLedger(io, options, settings.ledger);
  const { timeZone, config } = settings;
  const window = periodFrom(periodOf(options), { now: io.now(), timeZone });
  const query: ReconcileBody['query'] = {
    ...{ from: isoText(window.from), to: isoText(window.to), tz: timeZone },
    units: unitsOf(options.unit, config.units),
    models: options.model ?? null,
    bucket: options.bucket ?? null,
    tokenizers,
    threshold: threshold?.text ?? null,
    thresholdOn: options.thresholdOn,
  };
  const book = await openPriceBook(config);
  const reading: FileReading = { config, timeZone, book, nameOf: modelNames(config.models) };
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
    read: read.map(readAs),
    ...found,
    pairs: judgedPairs(found, threshold, options.thresholdOn),
  });
  await present(io, options, {
    body: () => envelope('reconcile', body),
    rows: () => body.causes,
    sheet: (page) => reconcileSheet(body, page === null ? null : NAMED),
  });
  if (body.recordings.some(({ rejected }) => rejected > 0)) return ExitCode.userError;
  return body.passed ? ExitCode.ok : ExitCode.breached;
}

const isBilled = (recordings: readonly Recorded[]): boolean =>
  recordings.some(({ side, records }) => side === 'bill' && records.some(({ cost }) => cost !== null));

const isoText = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** @throws TOO_FEW_RECORDINGS */
function namedOf({ app, gateway, bill }: ReconcileOptions): readonly Named[] {
  const named = Object.entries({ app, gateway, bill }).flatMap(([side, name]) =>
    name === undefined ? [] : [{ side: side as Side, flag: `--${side}`, name }],
  );
  if (named.length < 2) throw tooFewRecordings(named.map(({ flag }) => flag));
  return named;
}

/** @throws SAME_RECORDING for one file, or one part of the ledger, named twice */
function refuseSame(io: Io, named: readonly Named[]): void {
  const known = new Map<string, string>();
  for (const { flag, name } of named) {
    const path = resolve(io.cwd, name);
    const place = ledgerPart(name) === null && existsSync(path) ? realpathSync(path) : name;
    const other = known.get(place);
    if (other !== undefined) throw sameRecording(other, flag);
    known.set(place, flag);
  }
}

const ledgerPart = (name: string): string | null => (name.startsWith('ledger:') ? name.slice('ledger:'.length) : null);

interface NamedRecording extends Named {
  readonly recording: ReadRecording;
}

async function readAll(
  io: Io,
  named: readonly Named[],
  { ledger: at }: Settings,
  window: Window,
  reading: FileReading,
): Promise<NamedRecording[]> {
  const isInLedger = named.some(({ name }) => ledgerPart(name) !== null);
  await using ledger = isInLedger ? await openSqliteLedger({ path: at.path, mode: 'read' }) : null;
  const read: NamedRecording[] = [];
  for (const each of named) {
    const { side, flag, name } = each;
    const of = ledgerPart(name);
    const recording =
      of === null || ledger === null
        ? await readRecordingFile(io, side, name, reading)
        : await readRecordingOfLedger(ledger, { flag, of, window }, reading);
    read.push({ ...each, recording });
  }
  refuseSameSources(read);
  return read;
}

/** A role and a source of the ledger may be the same events. */
function refuseSameSources(read: readonly NamedRecording[]): void {
  const known = new Map<string, string>();
  for (const { flag, name, recording } of read) {
    if (ledgerPart(name) === null) continue;
    for (const source of recording.sources)
      for (const role of recording.roles) {
        const other = known.get(`${role} ${source}`);
        if (other !== undefined) throw sameRecording(other, flag);
        known.set(`${role} ${source}`, flag);
      }
  }
}

/** The records that were asked for. Throws NOTHING_TO_RECONCILE when there are none. */
function selected(
  { side, flag, name }: Named,
  { records }: ReadRecording,
  { units, models }: ReconcileBody['query'],
  window: Window,
  { nameOf }: FileReading,
): Recorded {
  if (records.length === 0)
    throw nothingToReconcile(
      flag,
      `${name} holds no usage to compare`,
      'name a log or export of calls: tokenhub sources',
    );
  const names = models === null ? null : new Set(models.flatMap((model) => [model, nameOf(model, '')]));
  const kept = records.filter(
    (record) =>
      isIn(window, record) &&
      (units === null || units.includes(record.unit)) &&
      (names === null || names.has(record.name) || names.has(record.model)),
  );
  if (kept.length === 0)
    throw nothingToReconcile(
      flag,
      `none of the ${records.length} records of ${name} is of what was asked for`,
      units === null
        ? 'widen the period, or leave --model out'
        : 'a recording without a unit column needs rules in the config: tokenhub units',
    );
  return { side, records: kept };
}

/** Calls and hours by their instant, days by their own date. */
const isIn = ({ from, to, firstDay, lastDay }: Window, { at, day }: CallRecord): boolean =>
  day === null
    ? (from === null || at >= from) && (to === null || at < to)
    : (firstDay === null || day >= firstDay) && (lastDay === null || day <= lastDay);

const readAs = ({ side, name, recording: { roles, sources, rejected } }: NamedRecording): ReadAs => ({
  ...{ side, name, rejected },
  role: side === 'bill' && roles.has('meter') && !roles.has('bill') ? 'meter' : side,
  source: [...sources].sort().join('+'),
});

function judgedPairs(
  { pairs, compared }: Reconciled,
  threshold: Threshold | null,
  on: JudgedOn,
): { readonly pair: Reconciled['pairs'][number]; readonly judged: NonNullable<ReturnType<typeof judgePair>> }[] {
  return pairs.map((pair, i) => {
    const judged = judgePair(pair, { left: compared[i]!, right: compared[i + 1]! }, threshold, on);
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

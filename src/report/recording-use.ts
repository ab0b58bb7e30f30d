import { groupBy } from '../group-by.js';
import type { Recording } from '../usage/recording.js';
import type { Holding, Presence } from './cell.js';
import { addCosts, costTexts } from './costs.js';
import { daySpan, daysOfSpan } from './day-text.js';
import type { Reading, ReadView } from './view.js';

/** What a report read of one recording over the window, and what it left out. Totals are before any filter. */
export interface RecordingUse extends Recording {
  /** Read on at least one day of the window for this. */
  readonly used: 'tokens' | 'money' | 'both' | 'none';
  /** Days of the window the recording has events on. */
  readonly days: number;
  /** All it holds in the window. */
  readonly tokens: bigint;
  /** Decimal text by currency. */
  readonly cost: Readonly<Record<string, string>>;
  readonly leftOut: LeftOut;
}

/** The part of a recording not read: tokens not read for tokens, cost not read for money. */
interface LeftOut extends PartUse {
  /** Days of which nothing was read, because another recording is: those of `buckets` not among them. */
  readonly days: number;
  /** Of it: buckets with a day of which finer records of the same recording were read. */
  readonly buckets: PartUse & { readonly days: number };
  /** Of it: requests, of days that were read, that another source of the same role and account recorded, too, and that count there. */
  readonly twins: PartUse & { readonly events: bigint };
}

interface PartUse {
  readonly tokens: bigint;
  /** Decimal text by currency. */
  readonly cost: Readonly<Record<string, string>>;
}

/** One entry per recording, by account, then role, then source. */
export function useOfRecordings(presence: readonly Presence[], read: ReadView): RecordingUse[] {
  const recordings = groupBy(presence, ({ recording: { account, role, source } }) =>
    JSON.stringify([account, role, source]),
  );
  return [...recordings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ofOne]) => useOf(ofOne, read));
}

interface ReadPresence {
  readonly view: Presence;
  readonly reading: Reading;
}

function useOf(presence: readonly Presence[], read: ReadView): RecordingUse {
  const { role, source, account } = presence[0]!.recording;
  const views = presence.map((view) => ({ view, reading: read(view) }));
  return {
    role,
    source,
    account,
    used: usedFor(views.map(({ reading }) => reading)),
    days: daysOf(views).size,
    ...partOf(views.flatMap(allOf), views.flatMap(allOf)),
    leftOut: leftOutOf(views),
  };
}

function leftOutOf(views: readonly ReadPresence[]): LeftOut {
  const usedDays = daysOf(views.filter(isUsed));
  const isOnUsedDay = ({ view }: ReadPresence) => daysOfSpan(daySpan(view.day)).some((day) => usedDays.has(day));
  const isBucket = (each: ReadPresence) => each.view.grain !== 'request' && !isUsed(each) && isOnUsedDay(each);
  const buckets = views.filter(isBucket);
  const elsewhere = daysOf(views.filter((each) => !isUsed(each) && !isOnUsedDay(each)));
  const twins = views.filter((each) => isOnUsedDay(each) && !isBucket(each)).map(({ view }) => view.twins);
  const lost = (what: keyof Reading) => views.flatMap((each) => (each.reading[what] ? [each.view.twins] : allOf(each)));
  return {
    days: elsewhere.size,
    ...partOf(lost('tokens'), lost('money')),
    buckets: { days: daysOf(buckets).size, ...partOf(buckets.flatMap(allOf), buckets.flatMap(allOf)) },
    twins: { events: twins.reduce((sum, { events }) => sum + events, 0n), ...partOf(twins, twins) },
  };
}

const isUsed = ({ reading }: ReadPresence): boolean => reading.tokens || reading.money;

const daysOf = (views: readonly ReadPresence[]): Set<string> =>
  new Set(views.flatMap(({ view }) => daysOfSpan(daySpan(view.day))));

const allOf = ({ view }: ReadPresence): Holding[] => [view, view.twins];

const partOf = (forTokens: readonly Holding[], forMoney: readonly Holding[]): PartUse => ({
  tokens: forTokens.reduce((sum, { tokens }) => sum + tokens, 0n),
  cost: costTexts(addCosts(forMoney.map(({ cost }) => cost))),
});

function usedFor(readings: readonly Reading[]): RecordingUse['used'] {
  const tokens = readings.some((reading) => reading.tokens);
  const money = readings.some((reading) => reading.money);
  if (tokens && money) return 'both';
  return tokens ? 'tokens' : money ? 'money' : 'none';
}

import type { Recording } from '../usage/recording.js';
import { addCosts, costTexts } from './costs.js';
import { groupBy } from './group-by.js';
import type { ReadDay, Reading, RecordingDay } from './recording-day.js';

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
  /** The part not read: days read for nothing, tokens of days not read for tokens, cost of days not read for money. */
  readonly leftOut: {
    readonly days: number;
    readonly tokens: bigint;
    readonly cost: Readonly<Record<string, string>>;
  };
}

/** One entry per recording, by account, then role, then source. */
export function useOfRecordings(days: readonly RecordingDay[], read: ReadDay): RecordingUse[] {
  const recordings = groupBy(days, ({ recording: { account, role, source } }) =>
    JSON.stringify([account, role, source]),
  );
  return [...recordings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ofOne]) => useOf(ofOne, read));
}

function useOf(days: readonly RecordingDay[], read: ReadDay): RecordingUse {
  const { role, source, account } = days[0]!.recording;
  const readings = days.map((view) => ({ view, reading: read(view.recording, view.day) }));
  const notRead = (what: keyof Reading) => readings.filter(({ reading }) => !reading[what]).map(({ view }) => view);
  return {
    role,
    source,
    account,
    used: usedFor(readings.map(({ reading }) => reading)),
    days: days.length,
    ...totalsOf(days, days),
    leftOut: {
      days: readings.filter(({ reading }) => !reading.tokens && !reading.money).length,
      ...totalsOf(notRead('tokens'), notRead('money')),
    },
  };
}

const totalsOf = (forTokens: readonly RecordingDay[], forMoney: readonly RecordingDay[]) => ({
  tokens: forTokens.reduce((sum, { tokens }) => sum + tokens, 0n),
  cost: costTexts(addCosts(forMoney.map(({ cost }) => cost))),
});

function usedFor(readings: readonly Reading[]): RecordingUse['used'] {
  const tokens = readings.some((reading) => reading.tokens);
  const money = readings.some((reading) => reading.money);
  if (tokens && money) return 'both';
  return tokens ? 'tokens' : money ? 'money' : 'none';
}

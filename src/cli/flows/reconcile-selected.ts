/** Which records of a recording are compared. */

import { type Held, nothingInPeriod, nothingToReconcile } from '../../errors/reconcile.js';
import { type CallRecord, isComparable, type Recorded } from '../../hub/reconcile/call-record.js';
import type { ReconcileBody } from '../../render/reconcile-body.js';
import { localDays } from '../../report/local-days.js';
import type { Window } from '../../report/query.js';
import type { FileReading, ReadRecording } from './reconcile-file.js';
import type { Named } from './reconcile-recordings.js';

export interface Selected extends Recorded {
  /** Records of what was asked for that have neither tokens nor a cost. */
  readonly incomparable: number;
}

/** The records that were asked for. Throws NOTHING_TO_RECONCILE when there are none. */
export function selected(
  { side, flag, name }: Named,
  { records }: ReadRecording,
  { units, models }: ReconcileBody['query'],
  window: Window,
  { nameOf }: FileReading,
): Selected {
  if (records.length === 0)
    throw nothingToReconcile(
      flag,
      `${name} holds no usage to compare`,
      'name a log or export of calls: tokenhub sources',
    );
  const inPeriod = records.filter((record) => isIn(window, record));
  if (inPeriod.length === 0) throw nothingInPeriod(flag, name, daysOf(records, window.timeZone));
  const names = models === null ? null : new Set(models.flatMap((model) => [model, nameOf(model, '')]));
  const kept = inPeriod.filter(
    (record) =>
      (units === null || units.includes(record.unit)) &&
      (names === null || names.has(record.name) || names.has(record.model)),
  );
  if (kept.length === 0)
    throw nothingToReconcile(
      flag,
      `none of the ${inPeriod.length} records of ${name} in the period is of what was asked for`,
      units === null
        ? `it has ${modelsOf(inPeriod)}: name one of them with --model`
        : 'a recording without a unit column needs rules in the config: tokenhub units',
    );
  const comparable = kept.filter(isComparable);
  if (comparable.length === 0)
    throw nothingToReconcile(
      flag,
      `none of the ${kept.length} records of ${name} has tokens or a cost`,
      'name a log or export of calls: tokenhub sources',
    );
  return { side, records: comparable, incomparable: kept.length - comparable.length };
}

/** Models that a hint names. */
const MOST_MODELS = 5;

function modelsOf(records: readonly CallRecord[]): string {
  const names = [...new Set(records.map(({ name }) => name))].sort();
  const more = names.length > MOST_MODELS ? [`${names.length - MOST_MODELS} more`] : [];
  return [...names.slice(0, MOST_MODELS), ...more].join(', ');
}

function daysOf(records: readonly CallRecord[], timeZone: string): Held {
  const dayOf = localDays();
  let [first, last] = ['9999-12-31', '0000-01-01'];
  for (const { at, day } of records) {
    const date = day ?? dayOf(at, timeZone);
    if (date < first) first = date;
    if (date > last) last = date;
  }
  return { first, last };
}

/** Calls and hours by their instant, days by their own date. */
const isIn = ({ from, to, firstDay, lastDay }: Window, { at, day }: CallRecord): boolean =>
  day === null
    ? (from === null || at >= from) && (to === null || at < to)
    : (firstDay === null || day >= firstDay) && (lastDay === null || day <= lastDay);

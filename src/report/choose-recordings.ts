/**
 * Which recordings a report reads. Recordings of one account in different roles are views of the same tokens, so per
 * account and day one role is read for tokens and one for money, and nothing is added twice.
 */

import type { Role } from '../usage/event.js';
import { accountSpans } from './account-spans.js';
import type { Presence } from './cell.js';
import { daySpan, daysOfSpan, isRange } from './day-text.js';
import type { Grain } from './grain.js';
import { groupBy } from './group-by.js';
import type { CostChoice } from './query.js';
import { type RecordingUse, useOfRecordings } from './recording-use.js';
import type { Reading, ReadView, View } from './view.js';

interface ChosenRecordings {
  readonly read: ReadView;
  /** Every recording of the window, read or not. */
  readonly recordings: readonly RecordingUse[];
}

/** Nearest to what the provider measures first. */
const ROLES_FOR_TOKENS: readonly Role[] = ['meter', 'bill', 'gateway', 'app', 'engine'];

/** Complete by nature: several sources of one account and day are alternatives. The others are partial and are added. */
const COMPLETE: ReadonlySet<Role> = new Set(['meter', 'bill']);

const NOT_READ: Reading = { tokens: false, money: false };

/**
 * Decides per account and day; a bucket of several days is decided on together with all the days it covers.
 *
 * Tokens: the first of meter, bill, gateway, app, engine that has any; where none has, the first present.
 * Money: a bill with billed amounts, else what is read for tokens. `computed` is always that of what is read for
 * tokens; `claimed` is too if it claims anything, else that of the first role that does.
 * Within meter and bill one source is read: single requests before daily buckets, then the first by name. A source of
 * another role that has both for a day holds the same tokens twice, so there, too, its single requests are read.
 */
export function chooseRecordings(presence: readonly Presence[], cost: CostChoice): ChosenRecordings {
  const readings = new Map<string, Reading>();
  const held = presence.filter(holdsAny);
  for (const views of groupBy(held, accountSpans(held)).values()) {
    const forTokens = readForTokens(views);
    const tokens = new Set(forTokens);
    const money = new Set(readForMoney(views, forTokens, cost));
    for (const view of views) readings.set(keyOf(view), { tokens: tokens.has(view), money: money.has(view) });
  }
  const read: ReadView = (view) => readings.get(keyOf(view)) ?? NOT_READ;
  return { read, recordings: useOfRecordings(presence, read) };
}

/** What it holds may all be counted in another source. */
const holdsAny = ({ events }: Presence): boolean => events > 0n;

const readForTokens = (views: readonly Presence[]): Presence[] =>
  chosen(views, (some) => {
    const withTokens = some.filter(({ tokens }) => tokens > 0n);
    return withTokens.length > 0 ? withTokens : some;
  });

function readForMoney(
  views: readonly Presence[],
  forTokens: readonly Presence[],
  cost: CostChoice,
): readonly Presence[] {
  if (cost === 'computed' || (cost === 'claimed' && forTokens.some(hasCost))) return forTokens;
  const isInstead = cost === 'claimed' ? hasCost : isBilled;
  const instead = chosen(views, (some) => some.filter(isInstead));
  if (instead.length === 0) return forTokens;
  if ([...instead, ...forTokens].some(({ day }) => isRange(day))) return instead;
  const days = new Set(instead.map(({ day }) => day));
  return [...instead, ...forTokens.filter(({ day }) => !days.has(day))];
}

const hasCost = ({ cost }: Presence): boolean => Object.keys(cost).length > 0;

const isBilled = ({ recording, billedEvents }: Presence): boolean => recording.role === 'bill' && billedEvents > 0n;

/**
 * The views to read of a part of time. Where a bucket of several days is among them, they are so for the whole part;
 * else day by day, each from the first role it has.
 */
function chosen(
  views: readonly Presence[],
  candidates: (views: readonly Presence[]) => readonly Presence[],
): Presence[] {
  const ofAll = firstRole(candidates(views));
  if (ofAll.some(({ day }) => isRange(day)) || !views.some(({ day }) => isRange(day))) return ofAll;
  const days = groupBy(
    views.filter(({ day }) => !isRange(day)),
    ({ day }) => day,
  );
  return [...days.values()].flatMap((ofDay) => firstRole(candidates(ofDay)));
}

/** The views of the first role present: of a complete role those of the best source, of a partial role those of each source. */
function firstRole(views: readonly Presence[]): Presence[] {
  const role = ROLES_FOR_TOKENS.find((each) => views.some(({ recording }) => recording.role === each));
  const ofRole = views.filter(({ recording }) => recording.role === role).sort(byGrainThenName);
  const sources = [...groupBy(ofRole, ({ recording }) => recording.source).values()];
  const read = role !== undefined && COMPLETE.has(role) ? sources.slice(0, 1) : sources;
  return read.flatMap(finest);
}

/** Of one source, in order of grain: each day in the finest grain; buckets of several days only where there is nothing finer. */
function finest(views: readonly Presence[]): Presence[] {
  const ofDays = views.filter(({ day }) => !isRange(day));
  if (ofDays.length === 0) return apart(views);
  return [...groupBy(ofDays, ({ day }) => day).values()].map(([best]) => best!);
}

/** Buckets of several days of one source that do not overlap, the shorter before the longer. */
function apart(ranges: readonly Presence[]): Presence[] {
  const kept: Presence[] = [];
  const byLength = ranges
    .map((view) => ({ view, ...daySpan(view.day) }))
    .sort((a, b) => daysOfSpan(a).length - daysOfSpan(b).length || (a.first < b.first ? -1 : 1));
  for (const { view, first, last } of byLength) {
    const overlaps = kept.map(({ day }) => daySpan(day)).some((span) => span.first <= last && first <= span.last);
    if (!overlaps) kept.push(view);
  }
  return kept;
}

const byGrainThenName = (a: Presence, b: Presence): number =>
  FINEST_FIRST.indexOf(a.grain) - FINEST_FIRST.indexOf(b.grain) || (a.recording.source < b.recording.source ? -1 : 1);

const FINEST_FIRST: readonly Grain[] = ['request', 'minute', 'hour', 'day', 'range'];

const keyOf = ({ recording: { role, source, account }, day, grain }: View): string =>
  JSON.stringify([role, source, account, day, grain]);

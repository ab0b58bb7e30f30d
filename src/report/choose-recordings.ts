/**
 * Which recordings a report reads. Recordings of one account in different roles are views of the same tokens, so per
 * account and day one role is read for tokens and one for money, and nothing is added twice.
 */

import type { Role } from '../usage/event.js';
import type { Recording } from '../usage/recording.js';
import type { Presence } from './cell.js';
import { addCosts } from './costs.js';
import { groupBy } from './group-by.js';
import type { CostChoice } from './query.js';
import type { ReadDay, Reading, RecordingDay } from './recording-day.js';
import { type RecordingUse, useOfRecordings } from './recording-use.js';

export interface ChosenRecordings {
  readonly read: ReadDay;
  /** Every recording of the window, read or not. */
  readonly recordings: readonly RecordingUse[];
}

/** Nearest to what the provider measures first. */
const ROLES_FOR_TOKENS: readonly Role[] = ['meter', 'bill', 'gateway', 'app', 'engine'];

/** Complete by nature: several sources of one account and day are alternatives. The others are partial and are added. */
const COMPLETE: ReadonlySet<Role> = new Set(['meter', 'bill']);

const NOT_READ: Reading = { tokens: false, money: false };

/**
 * Decides per account and day.
 *
 * Tokens: the first of meter, bill, gateway, app, engine that has any; where none has, the first present.
 * Money: a bill with billed amounts, else what is read for tokens. `computed` is always that of what is read for
 * tokens; `claimed` is too if it claims anything, else that of the first role that does.
 * Within meter and bill one source is read: single requests before daily buckets, then the first by name.
 */
export function chooseRecordings(presence: readonly Presence[], cost: CostChoice): ChosenRecordings {
  const days = mergeGrains(presence);
  const readings = new Map<string, Reading>();
  for (const views of groupBy(days, ({ recording, day }) => JSON.stringify([recording.account, day])).values()) {
    const tokens = new Set(readForTokens(views));
    const money = new Set(readForMoney(views, [...tokens], cost));
    for (const view of views) {
      readings.set(keyOf(view.recording, view.day), { tokens: tokens.has(view), money: money.has(view) });
    }
  }
  const read = (recording: Recording, day: string): Reading => readings.get(keyOf(recording, day)) ?? NOT_READ;
  return { read, recordings: useOfRecordings(days, read) };
}

function readForTokens(views: readonly RecordingDay[]): RecordingDay[] {
  const withTokens = views.filter(({ tokens }) => tokens > 0n);
  return firstRole(withTokens.length > 0 ? withTokens : views);
}

function readForMoney(
  views: readonly RecordingDay[],
  forTokens: readonly RecordingDay[],
  cost: CostChoice,
): readonly RecordingDay[] {
  if (cost === 'computed') return forTokens;
  const instead =
    cost === 'claimed'
      ? forTokens.some(hasCost)
        ? []
        : views.filter(hasCost)
      : views.filter(({ recording, billedEvents }) => recording.role === 'bill' && billedEvents > 0n);
  return instead.length > 0 ? firstRole(instead) : forTokens;
}

const hasCost = ({ cost }: RecordingDay): boolean => Object.keys(cost).length > 0;

/** The views of the first role present; of a complete role, the best one. */
function firstRole(views: readonly RecordingDay[]): RecordingDay[] {
  const role = ROLES_FOR_TOKENS.find((each) => views.some(({ recording }) => recording.role === each));
  const ofRole = views.filter(({ recording }) => recording.role === role);
  return role !== undefined && COMPLETE.has(role) ? ofRole.sort(byGrainThenName).slice(0, 1) : ofRole;
}

const byGrainThenName = (a: RecordingDay, b: RecordingDay): number =>
  Number(b.hasRequests) - Number(a.hasRequests) || (a.recording.source < b.recording.source ? -1 : 1);

/** One entry per recording and day from one per recording, day and grain. */
function mergeGrains(presence: readonly Presence[]): RecordingDay[] {
  const grains = groupBy(presence, ({ recording, day }) => keyOf(recording, day));
  return [...grains.values()].map((parts) => ({
    recording: parts[0]!.recording,
    day: parts[0]!.day,
    hasRequests: parts.some(({ grain }) => grain === 'request'),
    tokens: parts.reduce((sum, { tokens }) => sum + tokens, 0n),
    billedEvents: parts.reduce((sum, { billedEvents }) => sum + billedEvents, 0n),
    cost: addCosts(parts.map(({ cost }) => cost)),
  }));
}

const keyOf = ({ role, source, account }: Recording, day: string): string =>
  JSON.stringify([role, source, account, day]);

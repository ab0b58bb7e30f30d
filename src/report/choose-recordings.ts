/**
 * Which recordings a report reads. Recordings of one account in different roles are views of the same tokens, so per
 * account and day one role is read for tokens and one for money, and nothing is added twice.
 */

import type { Role } from '../usage/event.js';
import type { Grain, Presence } from './cell.js';
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
 * Decides per account and day.
 *
 * Tokens: the first of meter, bill, gateway, app, engine that has any; where none has, the first present.
 * Money: a bill with billed amounts, else what is read for tokens. `computed` is always that of what is read for
 * tokens; `claimed` is too if it claims anything, else that of the first role that does.
 * Within meter and bill one source is read: single requests before daily buckets, then the first by name. A source of
 * another role that has both for a day holds the same tokens twice, so there, too, its single requests are read.
 */
export function chooseRecordings(presence: readonly Presence[], cost: CostChoice): ChosenRecordings {
  const readings = new Map<string, Reading>();
  for (const views of groupBy(presence.filter(holdsAny), accountDayOf).values()) {
    const tokens = new Set(readForTokens(views));
    const money = new Set(readForMoney(views, [...tokens], cost));
    for (const view of views) readings.set(keyOf(view), { tokens: tokens.has(view), money: money.has(view) });
  }
  const read: ReadView = (view) => readings.get(keyOf(view)) ?? NOT_READ;
  return { read, recordings: useOfRecordings(presence, read) };
}

/** What it holds may all be counted in another source. */
const holdsAny = ({ events }: Presence): boolean => events > 0n;

/** What decisions are made for. */
export const accountDayOf = ({ recording, day }: Pick<View, 'recording' | 'day'>): string =>
  JSON.stringify([recording.account, day]);

function readForTokens(views: readonly Presence[]): Presence[] {
  const withTokens = views.filter(({ tokens }) => tokens > 0n);
  return firstRole(withTokens.length > 0 ? withTokens : views);
}

function readForMoney(
  views: readonly Presence[],
  forTokens: readonly Presence[],
  cost: CostChoice,
): readonly Presence[] {
  if (cost === 'computed') return forTokens;
  const instead =
    cost === 'claimed'
      ? forTokens.some(hasCost)
        ? []
        : views.filter(hasCost)
      : views.filter(({ recording, billedEvents }) => recording.role === 'bill' && billedEvents > 0n);
  return instead.length > 0 ? firstRole(instead) : forTokens;
}

const hasCost = ({ cost }: Presence): boolean => Object.keys(cost).length > 0;

/** The views of the first role present: of a complete role the best one, of a partial role the best one of each source. */
function firstRole(views: readonly Presence[]): Presence[] {
  const role = ROLES_FOR_TOKENS.find((each) => views.some(({ recording }) => recording.role === each));
  const ofRole = views.filter(({ recording }) => recording.role === role).sort(byGrainThenName);
  if (role !== undefined && COMPLETE.has(role)) return ofRole.slice(0, 1);
  return [...groupBy(ofRole, ({ recording }) => recording.source).values()].map(([best]) => best!);
}

const byGrainThenName = (a: Presence, b: Presence): number =>
  FINEST_FIRST.indexOf(a.grain) - FINEST_FIRST.indexOf(b.grain) || (a.recording.source < b.recording.source ? -1 : 1);

const FINEST_FIRST: readonly Grain[] = ['request', 'minute', 'hour', 'day', 'range'];

const keyOf = ({ recording: { role, source, account }, day, grain }: View): string =>
  JSON.stringify([role, source, account, day, grain]);

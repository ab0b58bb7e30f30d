/**
 * Which recordings a report reads. Recordings of one account in different roles are views of the same tokens, so are the
 * forms in which one system exports its calls, and the grains of one export: of any day one of them is read for tokens and
 * one for money, and nothing is added twice.
 */

import { isAcrossAccounts } from '../usage/families.js';
import type { Presence } from './cell.js';
import { daySpan, daysOfSpan, isRange } from './day-text.js';
import { GRAINS } from './grain.js';
import { Picked } from './picked.js';
import type { CostChoice } from './query.js';
import { type RecordingUse, useOfRecordings } from './recording-use.js';
import { areAlternatives, ROLES_FOR_TOKENS, shareDay } from './same-tokens.js';
import type { Reading, ReadView, View } from './view.js';

interface ChosenRecordings {
  readonly read: ReadView;
  /** Of a cell: also of days added together, all of them or those of a month, where all are read alike (`days-asked.ts`). */
  readonly readCell: ReadView;
  /** Every recording of the window, read or not. */
  readonly recordings: readonly RecordingUse[];
}

const NOT_READ: Reading = { tokens: false, money: false };

/**
 * Decides per account and day.
 *
 * Tokens: the first of meter, bill, gateway, app, engine that has any; where none has, the first present. Within meter
 * and bill one source is read, of the others one of each family: the finest grain, then the first by name. A bucket of
 * several days is read where nothing finer of its account was on any of its days; of two that overlap the first by role,
 * then the shorter.
 *
 * Money: a bill with billed amounts, the finest first, and a bucket of several days where no finer bill is on any of its
 * days; else what is read for tokens. `computed` is always that of what is read for tokens; `claimed` is too if it claims
 * anything, else that of the first role that does. What a bill lists beside usage is read with it, each kind of charge in
 * the finest grain it has.
 */
export function chooseRecordings(presence: readonly Presence[], cost: CostChoice): ChosenRecordings {
  const before = chosenBefore.get(presence)?.get(cost);
  if (before !== undefined) return before;
  const chosen = choose(presence, cost);
  const ofPresence = chosenBefore.get(presence) ?? new Map<CostChoice, ChosenRecordings>();
  chosenBefore.set(presence, ofPresence.set(cost, chosen));
  return chosen;
}

/** A report asks several times of the same answer of the ledger. */
const chosenBefore = new WeakMap<readonly Presence[], Map<CostChoice, ChosenRecordings>>();

function choose(presence: readonly Presence[], cost: CostChoice): ChosenRecordings {
  const held = presence.filter(holdsAny);
  const usage = held.filter(isUsage);
  const tokens = readForTokens(usage);
  const money = cost === 'computed' ? tokens : readForMoney(usage, tokens, cost);
  const beside = cost === 'computed' ? [] : readBeside(held, money);
  const readingOf = (view: Presence): Reading => ({ tokens: tokens.has(view), money: money.has(view) });
  const ofView = new Map<View, Reading>(held.map((view) => [view, readingOf(view)]));
  for (const view of beside) ofView.set(view, { tokens: false, money: true });
  const ofKey = readingsByKey(ofView);
  const read: ReadView = (view) => ofView.get(view) ?? ofKey().get(keyOf(view)) ?? NOT_READ;
  const readCell: ReadView = (cell) => ofKey().get(keyOf(cell)) ?? ofKey().get(keyOf(cell, ANY_DAY)) ?? NOT_READ;
  return { read, readCell, recordings: useOfRecordings(presence, read) };
}

/**
 * The readings by the keys of views, which cells and copies of a view have too; made when they are first needed. Of days
 * added together where all are read alike (`days-asked.ts`), so that any of them tells.
 */
function readingsByKey(ofView: ReadonlyMap<View, Reading>): () => ReadonlyMap<string, Reading> {
  let readings: Map<string, Reading> | null = null;
  return () => {
    if (readings !== null) return readings;
    readings = new Map<string, Reading>();
    for (const [view, reading] of ofView) readings.set(keyOf(view), reading).set(keyOf(view, ANY_DAY), reading);
    return readings;
  };
}

/** What it holds may all be counted in another source. */
const holdsAny = ({ events }: Presence): boolean => events > 0n;

const isUsage = ({ charge }: View): boolean => charge === 'usage';

function readForTokens(usage: readonly Presence[]): Picked<Presence> {
  const picked = new Picked<Presence>();
  const hasTokens = ({ tokens }: Presence) => tokens > 0n;
  for (const views of byAcross(usage)) {
    picked.pick(bestFirst(views.filter(hasTokens)));
    picked.pick(bestFirst(views.filter((view) => !hasTokens(view))));
  }
  return picked;
}

/** What is read for tokens, but where a bill, or another view that claims a cost, is to be read instead. */
function readForMoney(
  usage: readonly Presence[],
  tokens: Picked<Presence>,
  cost: Exclude<CostChoice, 'computed'>,
): Picked<Presence> {
  const picked = new Picked<Presence>();
  if (cost === 'claimed') picked.pick([...tokens].filter(hasCost));
  const isInstead = cost === 'claimed' ? hasCost : isBilled;
  for (const views of byAcross(usage.filter(isInstead)))
    picked.pick(bestFirst(views.filter((view) => !picked.has(view))));
  if (picked.size === 0) return tokens;
  const others = [...tokens].filter((view) => !picked.has(view) && !picked.tells(view));
  for (const view of others) picked.add(view);
  return picked;
}

const hasCost = ({ cost }: Presence): boolean => Object.keys(cost).length > 0;

const isBilled = ({ recording, billedEvents }: Presence): boolean => recording.role === 'bill' && billedEvents > 0n;

/** Lines beside usage of the bills, or logs, read for money; of bills also where usage has no amount on any bill. */
function readBeside(held: readonly Presence[], money: Picked<Presence>): Picked<Presence> {
  const picked = new Picked<Presence>();
  for (const view of bestFirst(held.filter((each) => !isUsage(each)))) {
    const isElsewhere = money.tells(view, (usage, line) => isReadInstead(usage, line) && shareDay(usage, line));
    if (!isElsewhere && !picked.tells(view, areSameLines)) picked.add(view);
  }
  return picked;
}

const isReadInstead = ({ recording: usage }: View, { recording: line }: View): boolean =>
  usage.source !== line.source && areAlternatives(usage, line) && (usage.role === 'bill' || line.role !== 'bill');

/** Lines of one source are the same in another grain only if they are of one kind. */
const areSameLines = (a: View, b: View): boolean =>
  areAlternatives(a.recording, b.recording) &&
  (a.recording.source !== b.recording.source || a.charge === b.charge) &&
  shareDay(a, b);

// --- order ------------------------------------------------------------------------------------------------------

/** Sources that tell of every account come last. */
const byAcross = (views: readonly Presence[]): readonly (readonly Presence[])[] => [
  views.filter(({ recording }) => !isAcrossAccounts(recording.source)),
  views.filter(({ recording }) => isAcrossAccounts(recording.source)),
];

/** Single days before buckets of several; then by role; the finer and the shorter first; then by name. */
function bestFirst(views: readonly Presence[]): Presence[] {
  const ranked = views.map((view) => ({ view, rank: rankOf(view), name: keyOf(view) }));
  return ranked.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1)).map(({ view }) => view);
}

/** Days of a bucket of several are less than 10^5, as times are within a century. */
const rankOf = ({ recording: { role }, day, grain }: View): number => {
  const place = ROLES_FOR_TOKENS.indexOf(role) * 10 + GRAINS.indexOf(grain);
  return isRange(day) ? (100 + place) * 10 ** 5 + daysOfSpan(daySpan(day)).length : place;
};

/** Of days added together. */
const ANY_DAY = '';

const keyOf = ({ recording: { role, source, account }, day: own, grain, charge }: View, day = own): string =>
  `${source}\n${day}\n${role}\n${grain}\n${charge}\n${account}`;

import { createHash } from 'node:crypto';
import { compileRules } from '../../hub/rules.js';
import type { RuleBook } from '../../hub/rules-identity.js';
import type { Entry } from '../../ledger/ledger.js';
import { localDays } from '../../report/local-days.js';
import { bucketKeyOf, isBucketWithoutId } from '../../usage/bucket.js';
import { contentOf } from '../../usage/content-key.js';
import type { Origin, UsageEvent } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import type { Marks } from '../../usage/source.js';

/**
 * Which unit an event of a recording belongs to by the rules; `null`: unassigned. Asked once for all events that a rule
 * cannot tell apart; one object of origin stands for many events.
 */
export function assignWith({ rules, timeZone }: RuleBook): Assign {
  if (rules.length === 0) return statedUnits();
  const assign = compileRules(rules);
  const localDay = localDays();
  const isDated = rules.some(({ from, to }) => from !== null || to !== null);
  const known = new WeakMap<Origin, Map<string, string | null>>();
  return (event, recording) => {
    const { model, provider, origin } = event;
    const day = isDated ? (event.day ?? localDay(event.at, timeZone)) : '';
    const key = `${recording.account}\n${recording.source}\n${provider}\n${model}\n${day}`;
    const ofOrigin = known.get(origin) ?? new Map<string, string | null>();
    known.set(origin, ofOrigin);
    const before = ofOrigin.get(key);
    if (before !== undefined) return before;
    const unit = assign({ recording, model, provider, origin, day });
    ofOrigin.set(key, unit);
    return unit;
  };
}

/** @param marks  of the event; see `Marks` */
type Assign = (event: UsageEvent, recording: Recording, marks?: Marks) => string | null;

/** The units that origins state; kept by their mark, too, as it takes longer to look into the origin. */
function statedUnits(): Assign {
  const units: (string | null | undefined)[] = [];
  return ({ origin }, _, marks) => {
    if (marks === undefined || marks.origin === -1 || marks.origin >= MARKS_REMEMBERED) return origin.unit;
    const known = units[marks.origin];
    if (known !== undefined) return known;
    while (units.length < marks.origin) units.push(undefined);
    units[marks.origin] = origin.unit;
    return origin.unit;
  };
}

const MARKS_REMEMBERED = 1_000_000;

/**
 * Ids for the events of one file: the request's own; for a daily bucket a key of its dimensions, so that the bucket is
 * found again when it has grown; else a key of the event's content and of which occurrence of that content in the file
 * it is. Two equal lines of one file are two calls; the same line in a longer copy of the file is the same call.
 *
 * Memory: some 61 bytes per record without an id (a million of them on Node 20), for as long as the file is read.
 */
export function idsOfFile(): (event: UsageEvent) => string {
  const occurrences = new Map<string, number>();
  return (event) => {
    if (event.id !== null) return event.id;
    if (isBucketWithoutId(event)) return bucketIdOf(event);
    const hash = keyOf(contentOf(event));
    const key = hash.toString('latin1');
    const occurrence = (occurrences.get(key) ?? 0) + 1;
    occurrences.set(key, occurrence);
    return `~${hash.toString('hex')}-${occurrence}`;
  };
}

/** Id of a daily bucket that has none of its own. */
export const bucketIdOf = (event: UsageEvent): string => `~${keyOf(bucketKeyOf(event)).toString('hex')}-day`;

/** 16 bytes. */
const keyOf = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, 16);

/** What an event becomes in the ledger, but for its price, which needs the price lists of its provider first. */
export type Unpriced = Omit<Entry, 'computed'> & { readonly marks?: Marks | undefined };

/**
 * The order in which merging makes tokens: the ranks of the engine, which must make every token after its parts.
 *
 * Mostly that is the order of the merges themselves. But a token may be made late, by a merge that comes earlier in the list than the merge
 * that makes one of its parts: then it follows that part at once. (Llama 3 has 82: its later tokens were added to a finished vocabulary.)
 */

import { badEncodingFile } from '../errors/models.js';
import type { LastMerges } from './last-merges.js';

/** Places of the merges that a token waits for, falling, and its own: `[place]`, or `[place of its late part, own place]`, and so on. */
type Key = readonly number[];

/**
 * Ids of the tokens that merging makes, in that order; single bytes first.
 * @throws BAD_ENCODING_FILE when the order depends on the text (`assertOneOrder`)
 */
export function mergeOrder(merges: LastMerges): readonly number[] {
  const keys = keysOf(merges);
  assertOneOrder(keys, merges);
  return [...keys.keys()].sort((a, b) => compare(keys.get(a)!, keys.get(b)!) || a - b);
}

function keysOf({ left, right, place }: LastMerges): ReadonlyMap<number, Key> {
  const keys = new Map<number, Key>();
  const keyOf = (id: number): Key => {
    const known = keys.get(id);
    if (known !== undefined) return known;
    const key = left[id] === id ? [-1] : extended(later(keyOf(left[id]!), keyOf(right[id]!)), place[id]!);
    keys.set(id, key);
    return key;
  };
  for (const [id, first] of left.entries()) if (first >= 0) keyOf(id);
  return keys;
}

const later = (a: Key, b: Key): Key => (compare(a, b) >= 0 ? a : b);

/** Waits only for what comes later in the list than the token's own merge. */
const extended = (waited: Key, place: number): Key => [...waited.filter((each) => each > place), place];

/** In order of places; what waits comes right behind what it waits for. */
function compare(a: Key, b: Key): number {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** What the tokens that wait for one late part take beside it. */
interface Followers {
  readonly behind: Set<number>;
  readonly before: Set<number>;
  /** Tokens that wait, and how many of them are made of two parts that wait, or are the late part, themselves. */
  count: number;
  doubled: number;
}

/**
 * The engine does a merge everywhere before it does the next in order. The file's own order lets what follows a late part come before that
 * part is made a second time, further right in the text. Both end alike unless that second time takes what the first one's followers
 * take: the token behind them, as its first part or as something that one of its own followers joins in front; or the late part itself,
 * when one follower joins two of them and there is another to choose from.
 */
function assertOneOrder(keys: ReadonlyMap<number, Key>, merges: LastMerges): void {
  for (const [late, { behind, before, count, doubled }] of followersOf(keys, merges))
    if (behind.has(merges.left[late]!) || (doubled > 0 && count > 1) || [...behind].some((id) => before.has(id)))
      throw badEncodingFile(
        `the order of its merges around token ${late} depends on the text`,
        'tokenhub would merge otherwise than this file says, so it does not count with it',
      );
}

function followersOf(keys: ReadonlyMap<number, Key>, { left, right, place }: LastMerges): Map<number, Followers> {
  const byPlace = new Map([...keys.keys()].map((id) => [place[id]!, id]));
  const all = new Map<number, Followers>();
  for (const [id, key] of keys)
    for (const waited of key.slice(0, -1)) {
      const late = byPlace.get(waited)!;
      const followers = all.get(late) ?? { behind: new Set(), before: new Set(), count: 0, doubled: 0 };
      const [first, second] = [keys.get(left[id]!)!, keys.get(right[id]!)!];
      if (compare(first, second) >= 0) followers.behind.add(right[id]!);
      else followers.before.add(left[id]!);
      followers.count++;
      if (first.includes(waited) && second.includes(waited)) followers.doubled++;
      all.set(late, followers);
    }
  return all;
}

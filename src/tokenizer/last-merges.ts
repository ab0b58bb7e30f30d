import { badEncodingFile } from '../errors/models.js';
import { ID_LIMIT, type TokenList } from './compile.js';

/** Merges as a file lists them: pairs of ids, the first is done first; `null`: any two tokens that make a token, the lowest id first. */
export type ListedMerges = readonly (readonly [left: number, right: number])[] | null;

/** The merge each token is made by; shape of each: [ids]. */
export interface LastMerges {
  /** Both are the token itself for a single byte, −1 when merging its bytes does not end with it. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** The merge's place: lower is done first. */
  readonly place: Int32Array;
}

const NONE = 0x7fffffff;

/**
 * Merges the bytes of every token as the file says: again and again the leftmost of the neighbours that are first in the list.
 *
 * Inside any text, the bytes of a token that is made there have been merged just like this, since nothing was joined across their
 * ends; so a token is only ever made by the merge found here, however many merges are listed for it.
 *
 * @throws BAD_ENCODING_FILE when a byte has no token or a token is there twice
 *
 * Time O(sum of squares of token lengths).
 */
export function lastMerges(tokens: TokenList, listed: ListedMerges): LastMerges {
  const placeOf = placesOf(listed);
  const idOf = idsByBytes(tokens);
  const left = new Int32Array(tokens.length).fill(-1);
  const right = new Int32Array(tokens.length).fill(-1);
  const place = new Int32Array(tokens.length).fill(NONE);
  const byteIds = Array.from({ length: 256 }, (_, byte) => idOf.get(String.fromCharCode(byte)) ?? -1);
  const missing = byteIds.indexOf(-1);
  if (missing >= 0) throw badEncodingFile(`byte ${missing} has no token`, 'name the vocabulary of a byte-level model');

  for (const [text, id] of idOf) {
    const last = text.length === 1 ? { left: id, right: id, place: -1 } : lastMergeOf(text);
    if (last === null) continue;
    left[id] = last.left;
    right[id] = last.right;
    place[id] = last.place;
  }
  return { left, right, place };

  function lastMergeOf(text: string): { left: number; right: number; place: number } | null {
    const ids = Array.from(text, (byte) => byteIds[byte.charCodeAt(0)]!);
    const ends = Array.from(ids.keys(), (i) => i + 1);
    const joinAt = (i: number): number => {
      const joined = idOf.get(text.slice(i === 0 ? 0 : ends[i - 1]!, ends[i + 1]!));
      return joined === undefined ? NONE : placeOf(ids[i]!, ids[i + 1]!, joined);
    };
    const places = Array.from({ length: ids.length - 1 }, (_, i) => joinAt(i));
    for (;;) {
      const first = lowest(places);
      if (places[first] === NONE) return null;
      if (ids.length === 2) return { left: ids[0]!, right: ids[1]!, place: places[0]! };
      ids[first] = idOf.get(text.slice(first === 0 ? 0 : ends[first - 1]!, ends[first + 1]!))!;
      ids.splice(first + 1, 1);
      ends.splice(first, 1);
      places.splice(first, 1);
      if (first > 0) places[first - 1] = joinAt(first - 1);
      if (first < places.length) places[first] = joinAt(first);
    }
  }
}

/** Where two neighbours that make a token stand in the list; NONE: nowhere. */
function placesOf(listed: ListedMerges): (left: number, right: number, joined: number) => number {
  if (listed === null) return (_left, _right, joined) => joined;
  const places = new Map(listed.map(([left, right], i) => [left * ID_LIMIT + right, i]));
  return (left, right) => places.get(left * ID_LIMIT + right) ?? NONE;
}

function idsByBytes(tokens: TokenList): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  for (const [id, token] of tokens.entries()) {
    if (token === null) continue;
    const key = String.fromCharCode(...token);
    const before = ids.get(key);
    if (before !== undefined)
      throw badEncodingFile(`tokens ${before} and ${id} are the same`, 'download the vocabulary of the model again');
    ids.set(key, id);
  }
  return ids;
}

/** Index of the lowest number, the first of equals. */
function lowest(numbers: readonly number[]): number {
  let found = 0;
  for (let i = 1; i < numbers.length; i++) if (numbers[i]! < numbers[found]!) found = i;
  return found;
}

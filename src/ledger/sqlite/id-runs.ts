/**
 * Which request ids a ledger has seen, without an index on them.
 *
 * The events' key begins with their time, so that a log is appended and never scattered. A request sent again at another
 * time would slip past that key. Therefore hashes of the ids of each recording are kept in sorted runs, 8 bytes an id, and
 * what an import adds is compared with them by merging, at its end. A hash in common is a suspicion; the ids decide.
 *
 * Problem: given new ids, find those known, at the cost of sorting the new ones. An index over random ids would double
 * the time of an import and a third of the file (log-structured merge trees keep sorted runs for the same reason).
 */

import type { Database } from '../../load-driver.js';
import { UUID_BYTES } from '../../usage/uuid.js';
import type { IdColumn } from '../id-column.js';
import type { StoredId } from './stored-id.js';

/** New ids compared at a time. */
const SEGMENT = 1_000_000;
/** Runs of less are merged, so that many small imports do not leave as many runs. */
const SMALL_RUN = 100_000;
const MOST_SMALL_RUNS = 16;

/** 53 bits of a stored id. */
export const hashOfId = (id: StoredId): number => (typeof id === 'string' ? hashOfText(id) : hashOfBytes(id, 0));

/** The same of a row of a batch. */
export const hashAt = ({ bytes, texts }: IdColumn, row: number): number =>
  texts[row] === undefined ? hashOfBytes(bytes, row * UUID_BYTES) : hashOfText(texts[row]);

/** A UUID may be made of time and so be alike at one end, therefore all of its bytes are mixed. */
function hashOfBytes(bytes: Uint8Array, start: number): number {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let at = start; at < start + UUID_BYTES; at += 4) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    a = Math.imul(a ^ word, 0x85ebca6b);
    a ^= a >>> 13;
    b = Math.imul(b ^ word, 0xc2b2ae35);
    b ^= b >>> 15;
  }
  return hashOf(a, b);
}

/** FNV-1a with different primes. */
function hashOfText(id: string): number {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let i = 0; i < id.length; i++) {
    const code = id.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995);
    b ^= b >>> 15;
  }
  return hashOf(a ^ (a >>> 13), b);
}

/** The first 32 bits, and 21 of the second. */
const hashOf = (a: number, b: number): number => (a >>> 0) * 2 ** 21 + ((b >>> 0) >>> 11);

export interface IdRuns {
  /** Remembers an id that was added as a new event. */
  readonly add: (recording: number, hash: number) => void;
  readonly isFull: () => boolean;
  /** Compares the ids added since the last time with all known, then keeps them. Returns the hashes in common, by recording. */
  readonly settle: () => ReadonlyMap<number, ReadonlySet<number>>;
  readonly forget: () => void;
}

export function idRuns(db: Database): IdRuns {
  let added = new Map<number, Hashes>();
  let count = 0;
  const runs = db
    .prepare<unknown[], { id: number; hashes: Buffer }>('SELECT id, hashes FROM id_run WHERE recording = ?')
    .safeIntegers(false);
  const keep = db.prepare('INSERT INTO id_run (recording, count, hashes) VALUES (?, ?, ?)');

  function settleOne(recording: number, hashes: Float64Array): ReadonlySet<number> {
    const common = new Set<number>();
    for (let i = 1; i < hashes.length; i++) if (hashes[i] === hashes[i - 1]) common.add(hashes[i]!);
    for (const { hashes: known } of runs.iterate(recording)) addCommon(common, hashes, valuesOf(known));
    keep.run(recording, hashes.length, bytesOf(hashes));
    mergeSmall(db, recording);
    return common;
  }

  return {
    add: (recording, hash) => {
      let hashes = added.get(recording);
      if (hashes === undefined) {
        hashes = new Hashes();
        added.set(recording, hashes);
      }
      hashes.push(hash);
      count += 1;
    },
    isFull: () => count >= SEGMENT,
    settle: () => {
      const found = new Map<number, ReadonlySet<number>>();
      for (const [recording, hashes] of added) {
        const common = settleOne(recording, hashes.sorted());
        if (common.size > 0) found.set(recording, common);
      }
      added = new Map();
      count = 0;
      return found;
    },
    forget: () => {
      added = new Map();
      count = 0;
    },
  };
}

/** Remembers the ids of all events of a ledger that has no runs yet. Memory: 8 bytes an id. */
export function keepIdsOfEvents(db: Database): void {
  const runs = idRuns(db);
  const events = db.prepare<unknown[], [number, StoredId]>('SELECT recording, id FROM event').raw().safeIntegers(false);
  for (const [recording, id] of events.iterate()) {
    if (typeof id !== 'string' || !id.startsWith('~')) runs.add(recording, hashOfId(id));
  }
  runs.settle();
}

/** Hashes gathered, growing. */
class Hashes {
  #values = new Float64Array(1024);
  #size = 0;

  push(hash: number): void {
    if (this.#size === this.#values.length) {
      const larger = new Float64Array(this.#size * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#size++] = hash;
  }

  sorted(): Float64Array {
    return sortHashes(this.#values.subarray(0, this.#size));
  }
}

/** In place, by their bits as whole numbers: these sort as the numbers do, since none is negative, and faster. */
function sortHashes(hashes: Float64Array): Float64Array {
  new BigUint64Array(hashes.buffer, hashes.byteOffset, hashes.length).sort();
  return hashes;
}

/** Adds what two sorted lists have in common: by search when one is much shorter, else by merging. */
function addCommon(common: Set<number>, few: Float64Array, many: Float64Array): void {
  if (few.length * 32 < many.length) {
    for (const hash of few) if (has(many, hash)) common.add(hash);
    return;
  }
  for (let i = 0, k = 0; i < few.length && k < many.length; ) {
    const difference = few[i]! - many[k]!;
    if (difference === 0) common.add(few[i]!);
    if (difference <= 0) i++;
    if (difference >= 0) k++;
  }
}

function has(sorted: Float64Array, hash: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < hash) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === hash;
}

const bytesOf = (hashes: Float64Array): Buffer => Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength);

/** A copy, since eight bytes of a number must lie at a multiple of eight. */
const valuesOf = (bytes: Buffer): Float64Array => new Float64Array(new Uint8Array(bytes).buffer);

function mergeSmall(db: Database, recording: number): void {
  const small = db
    .prepare<unknown[], { id: number; hashes: Buffer }>(
      'SELECT id, hashes FROM id_run WHERE recording = ? AND count < ?',
    )
    .safeIntegers(false)
    .all(recording, SMALL_RUN);
  if (small.length <= MOST_SMALL_RUNS) return;
  const all = new Float64Array(Buffer.concat(small.map(({ hashes }) => hashes)).length / 8);
  let at = 0;
  for (const { hashes } of small) {
    all.set(valuesOf(hashes), at);
    at += hashes.length / 8;
  }
  db.prepare(`DELETE FROM id_run WHERE id IN (${small.map(({ id }) => id)})`).run();
  db.prepare('INSERT INTO id_run (recording, count, hashes) VALUES (?, ?, ?)').run(
    recording,
    all.length,
    bytesOf(sortHashes(all)),
  );
}

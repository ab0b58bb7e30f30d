/**
 * What was made of texts, found by their UTF-16 code units where they stand, so that no text is cut out only to be looked
 * up: a hash table with open addressing over one piece of memory that holds every key.
 */
export class UnitTable<Made> {
  readonly #limit: number;
  /** Two numbers a slot: the hash of a key, and the place of its entry in `#entries`, 0 where there is none. */
  #slots = new Int32Array(2048);
  /** Number and length of an entry in two units each, then its key. The first is of none. */
  #entries: Uint16Array = new Uint16Array(8192);
  #end = HEAD;
  #made: Made[] = [];
  /** Of the key last looked for. */
  #hash = 0;
  #slot = 0;

  /** @param limit  keys remembered; with one more all are forgotten */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** What was made of the units `[start, end)`; `undefined`: nothing yet. */
  find(units: Uint16Array, start: number, end: number): Made | undefined {
    const hash = hashOf(units, start, end);
    const [slots, mask] = [this.#slots, this.#slots.length - 1];
    let slot = (hash << 1) & mask;
    for (let entry = slots[slot + 1]!; entry !== 0; entry = slots[slot + 1]!) {
      if (slots[slot] === hash && this.#isKey(entry, units, start, end)) return this.#made[this.#numberAt(entry)];
      slot = (slot + 2) & mask;
    }
    this.#hash = hash;
    this.#slot = slot;
    return undefined;
  }

  /** Remembers what was made of units that `find` has just not found. */
  add(units: Uint16Array, start: number, end: number, made: Made): Made {
    if (this.#made.length === this.#limit) this.#forget();
    const [entry, length] = [this.#end, end - start];
    while (entry + HEAD + length > this.#entries.length) this.#entries = doubled(this.#entries);
    const number = this.#made.push(made) - 1;
    this.#entries.set([number & 0xffff, number >>> 16, length & 0xffff, length >>> 16], entry);
    this.#entries.set(units.subarray(start, end), entry + HEAD);
    this.#end += HEAD + length;
    this.#slots[this.#slot] = this.#hash;
    this.#slots[this.#slot + 1] = entry;
    if (this.#made.length * 4 > this.#slots.length) this.#widen();
    return made;
  }

  #numberAt(entry: number): number {
    return this.#entries[entry]! | (this.#entries[entry + 1]! << 16);
  }

  #isKey(entry: number, units: Uint16Array, start: number, end: number): boolean {
    const entries = this.#entries;
    if ((entries[entry + 2]! | (entries[entry + 3]! << 16)) !== end - start) return false;
    for (let i = entry + HEAD, k = start; k < end; i++, k++) if (entries[i] !== units[k]) return false;
    return true;
  }

  #widen(): void {
    const narrow = this.#slots;
    const slots = new Int32Array(narrow.length * 2);
    const mask = slots.length - 1;
    for (let old = 0; old < narrow.length; old += 2) {
      if (narrow[old + 1] === 0) continue;
      let slot = (narrow[old]! << 1) & mask;
      while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
      slots[slot] = narrow[old]!;
      slots[slot + 1] = narrow[old + 1]!;
    }
    this.#slots = slots;
  }

  #forget(): void {
    this.#made = [];
    this.#end = HEAD;
    this.#slots.fill(0);
    this.#slot = (this.#hash << 1) & (this.#slots.length - 1);
  }
}

/** Units of an entry before its key. */
const HEAD = 4;

/** FNV-1a over code units, then mixed, as its lowest bits alone choose a slot. */
function hashOf(units: Uint16Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ units[i]!, 0x01000193);
  return hash ^ (hash >>> 15);
}

function doubled(units: Uint16Array): Uint16Array {
  const larger = new Uint16Array(units.length * 2);
  larger.set(units);
  return larger;
}

/** What the extra fields of a member add to its entry in the directory of a zip archive. */
export interface Extra {
  /** Size, packed size, offset, where their own fields were too small (zip64). */
  readonly wide: readonly (number | undefined)[];
  /** Name in UTF-8 (Info-ZIP). */
  readonly unicodeName: Buffer | null;
  /** Milliseconds since 1970 UTC. */
  readonly modified: number | null;
}

const ZIP64 = 0x0001;
const TIMESTAMP = 0x5455;
const UNICODE_NAME = 0x7075;

/** @param isWide  of size, packed size, offset: whether the zip64 field holds it */
export function parseExtra(extra: Buffer, isWide: readonly boolean[]): Extra {
  const found = {
    wide: [] as (number | undefined)[],
    unicodeName: null as Buffer | null,
    modified: null as number | null,
  };
  for (let at = 0; at + 4 <= extra.length; ) {
    const [id, size] = [extra.readUInt16LE(at), extra.readUInt16LE(at + 2)];
    const field = extra.subarray(at + 4, at + 4 + size);
    if (id === ZIP64) found.wide = wideValues(field, isWide);
    else if (id === UNICODE_NAME && field.length > 5) found.unicodeName = field.subarray(5);
    else if (id === TIMESTAMP && field.length >= 5 && (field[0]! & 1) !== 0)
      found.modified = field.readInt32LE(1) * 1000;
    at += 4 + size;
  }
  return found;
}

function wideValues(field: Buffer, isWide: readonly boolean[]): (number | undefined)[] {
  let at = 0;
  return isWide.map((wide) => {
    if (!wide || at + 8 > field.length) return undefined;
    at += 8;
    return Number(field.readBigUInt64LE(at - 8));
  });
}

/** Zip archives of the tests, made by hand so that they may be wrong on purpose. */

import { crc32, deflateRawSync } from 'node:zlib';

export interface Member {
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  /** 0: stored; 8, by default: deflated; any other is only stated. */
  readonly method?: number;
  /** General purpose bits: 1 encrypted, 8 sizes after the content, 0x800 name in UTF-8. */
  readonly flags?: number;
  /** What the directory says instead of the truth. */
  readonly bytes?: number;
  readonly crc?: number;
  /** Extra fields of the directory. */
  readonly extra?: Uint8Array;
  /** Sizes and offset in a zip64 field. */
  readonly isWide?: boolean;
  /** Lies where this one does, by its place in the list. */
  readonly over?: number;
}

export interface ZipOptions {
  /** Bytes before the archive, as in one that unpacks itself. */
  readonly before?: Uint8Array;
  readonly isZip64?: boolean;
  readonly comment?: string;
}

const bytesOf = (content: string | Uint8Array): Buffer => Buffer.from(content as string);

/** Little endian numbers: pairs of value and width in bytes. */
function packed(...fields: readonly (readonly [value: number | bigint, width: 2 | 4 | 8])[]): Buffer {
  return Buffer.concat(
    fields.map(([value, width]) => {
      const field = Buffer.alloc(8);
      field.writeBigUInt64LE(BigInt(value));
      return field.subarray(0, width);
    }),
  );
}

export function zipOf(members: readonly Member[], { before, isZip64 = false, comment = '' }: ZipOptions = {}): Buffer {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  const add = (part: Buffer): void => {
    parts.push(part);
    at += part.length;
  };
  for (const member of members) {
    const { content = '', method = 8, flags = 0, extra = new Uint8Array(0), isWide = false } = member;
    const [name, raw] = [bytesOf(member.name), bytesOf(content)];
    const stored = method === 8 ? deflateRawSync(raw) : raw;
    const [crc, bytes] = [member.crc ?? crc32(raw), member.bytes ?? raw.length];
    const offset = member.over === undefined ? at : offsets[member.over]!;
    offsets.push(offset);
    if (member.over === undefined) {
      const isAfter = (flags & 8) !== 0;
      const sizes = isAfter ? [0, 0, 0] : [crc, stored.length, raw.length];
      const times = [0, 0x5b45] as const; // 2025-10-05
      add(
        Buffer.concat([
          packed([0x04034b50, 4], [20, 2], [flags, 2], [method, 2], [times[0], 2], [times[1], 2]),
          packed([sizes[0]!, 4], [sizes[1]!, 4], [sizes[2]!, 4], [name.length, 2], [0, 2]),
          ...[name, stored],
          ...(isAfter ? [packed([0x08074b50, 4], [crc, 4], [stored.length, 4], [raw.length, 4])] : []),
        ]),
      );
    }
    const wide = isWide ? packed([1, 2], [24, 2], [bytes, 8], [stored.length, 8], [offset, 8]) : Buffer.alloc(0);
    const fields = Buffer.concat([wide, extra]);
    const [size, packedSize, place] = isWide ? [0xffffffff, 0xffffffff, 0xffffffff] : [bytes, stored.length, offset];
    entries.push(
      Buffer.concat([
        packed([0x02014b50, 4], [20, 2], [20, 2], [flags, 2], [method, 2], [0, 2], [0x5b45, 2], [crc, 4]),
        packed([packedSize!, 4], [size!, 4], [name.length, 2], [fields.length, 2], [0, 2], [0, 2], [0, 2], [0, 4]),
        ...[packed([place!, 4]), name, fields],
      ]),
    );
  }
  const [start, directory] = [at, Buffer.concat(entries)];
  add(directory);
  if (isZip64) {
    const end = at;
    add(packed([0x06064b50, 4], [44, 8], [45, 2], [45, 2], [0, 4], [0, 4]));
    add(packed([entries.length, 8], [entries.length, 8], [directory.length, 8], [start, 8]));
    add(packed([0x07064b50, 4], [0, 4], [end, 8], [1, 4]));
  }
  const [count, size, place] = isZip64 ? [0xffff, 0xffffffff, 0xffffffff] : [entries.length, directory.length, start];
  add(packed([0x06054b50, 4], [0, 2], [0, 2], [count!, 2], [count!, 2], [size!, 4], [place!, 4], [comment.length, 2]));
  add(Buffer.from(comment));
  return Buffer.concat([...(before === undefined ? [] : [Buffer.from(before)]), ...parts]);
}

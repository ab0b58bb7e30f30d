import { unknownToken } from '../errors/models.js';
import { type Encoding, joined } from './encoding.js';
import type { EncodingFacts } from './encodings.js';
import { utf8 } from './utf8.js';

/**
 * An encoding over ranks as one over ids, for vocabularies whose ids are not in the order of merging.
 *
 * @param ids  id of each rank; the encoding below knows no special tokens
 */
export function renumbered(encoding: Encoding, ids: Uint32Array, special: EncodingFacts['special']): Encoding {
  let rankOf: ReadonlyMap<number, number> | null = null;
  const textOf = new Map(Object.entries(special).map(([text, id]) => [id, utf8(text)]));

  const bytesOf = (id: number): Uint8Array => {
    rankOf ??= new Map(Array.from(ids, (each, rank) => [each, rank]));
    const rank = rankOf.get(id);
    const bytes = textOf.get(id) ?? (rank === undefined ? undefined : encoding.decode([rank]));
    if (bytes === undefined) throw unknownToken(id, encoding.name);
    return bytes;
  };

  return {
    ...encoding,
    special,
    encode: (text) => encoding.encode(text).map((rank) => ids[rank]!),
    decode: (wanted) => joined(Array.from(wanted, bytesOf)),
  };
}

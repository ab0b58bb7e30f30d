/**
 * A compiled encoding as one block of bytes: a line of JSON with the facts, padded so that the tables behind it lie at a multiple of four;
 * then the tables of `vocabulary.ts`; then ids, where they are not the ranks.
 */

import { encodingDamaged } from '../errors/models.js';
import type { CompiledEncoding } from './compile-encoding.js';
import type { EncodingFacts } from './encodings.js';
import { packVocabulary } from './vocabulary.js';

/** Goes up whenever the same file would compile to something else: a new layout, or a mended reader or compiler. */
export const PACKED_FORMAT = 1;

export interface PackedEncoding {
  readonly facts: EncodingFacts;
  /** For `openVocabulary`. */
  readonly tables: Uint8Array;
  readonly ids: Uint32Array | null;
}

interface Header {
  readonly tokenhub: 'encoding';
  readonly format: number;
  readonly tables: number;
  readonly ids: number;
  readonly facts: EncodingFacts;
}

const LINE_END = 0x0a;

export function packEncoding({ facts, vocabulary, ids }: CompiledEncoding): Uint8Array {
  const tables = packVocabulary(vocabulary);
  const padding = -tables.length & 3;
  const header: Header = {
    tokenhub: 'encoding',
    format: PACKED_FORMAT,
    tables: tables.length,
    ids: ids?.length ?? 0,
    facts,
  };
  const line = new TextEncoder().encode(JSON.stringify(header));
  const start = (line.length + 4) & ~3;
  const block = new Uint8Array(start + tables.length + padding + header.ids * 4).fill(0x20, line.length, start);
  block.set(line);
  block[start - 1] = LINE_END;
  block.set(tables, start);
  if (ids !== null)
    block.set(new Uint8Array(ids.buffer, ids.byteOffset, ids.byteLength), start + tables.length + padding);
  return block;
}

/**
 * Views into a packed block that starts at a multiple of four. Whether its bytes are the ones that were written is for the keeper to know.
 * @throws ENCODING_DAMAGED when it is of another format or not whole
 */
export function openPackedEncoding(block: Uint8Array): PackedEncoding {
  const end = block.indexOf(LINE_END);
  const header = headerOf(block.subarray(0, Math.max(end, 0)));
  const start = end + 1;
  const idsAt = start + header.tables + (-header.tables & 3);
  if (block.length !== idsAt + header.ids * 4) throw encodingDamaged(`it has ${block.length} bytes`);
  return {
    facts: header.facts,
    tables: block.subarray(start, start + header.tables),
    ids: header.ids === 0 ? null : new Uint32Array(Uint8Array.from(block.subarray(idsAt)).buffer),
  };
}

function headerOf(line: Uint8Array): Header {
  try {
    const header = JSON.parse(new TextDecoder().decode(line)) as Partial<Header> | null;
    if (header?.tokenhub === 'encoding' && header.format === PACKED_FORMAT) return header as Header;
  } catch (cause) {
    throw encodingDamaged('it begins with no facts', cause);
  }
  throw encodingDamaged('it is of another format');
}

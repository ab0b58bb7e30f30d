import type { EncodingParts } from './encoding.js';
import type { PatternName } from './patterns/all.js';
import { openVocabulary } from './vocabulary.js';

/** Order of the numbers in `assembly/patterns.ts`. */
const PATTERN_NUMBERS: readonly PatternName[] = ['r50k', 'cl100k', 'qwen', 'qwen35', 'o200k', 'tekken', 'deepseek'];

/** Whether the compiled engine has the pattern; the rarer ones are for the script engine. */
export const isCompiled = (pattern: PatternName): boolean => PATTERN_NUMBERS.includes(pattern);

/** Address of the packed vocabulary: `assembly/layout.ts`. */
const TABLES = 0x510000;
const PAGE = 0x10000;
/** First room for texts and scratch, bytes; the memory grows when one needs more. */
const FIRST_ROOM = 1 << 18;
/** The engine's count stops at this limit; a text has fewer tokens, since it has fewer bytes. */
const NO_LIMIT = 0x7fffffff;

interface EngineExports {
  readonly openTables: () => void;
  readonly count: (pattern: number, text: number, length: number, limit: number) => number;
  readonly encode: (pattern: number, text: number, length: number) => number;
  readonly tokensAt: (text: number, length: number) => number;
}

/**
 * The compiled engine over a packed vocabulary.
 *
 * @param module  of `assembly/index.ts`
 * @param size    bytes of the packed vocabulary
 * @param fill    writes them into the room it is given, so that a file is read into place
 * @throws ENCODING_DAMAGED when the bytes are not a packed vocabulary
 */
export function openWasmEngine(
  module: WebAssembly.Module,
  pattern: PatternName,
  size: number,
  fill: (room: Uint8Array<ArrayBuffer>) => void,
): EncodingParts {
  const text = align(TABLES + size, 64);
  const memory = new WebAssembly.Memory({ initial: Math.ceil((text + FIRST_ROOM) / PAGE) });
  fill(new Uint8Array(memory.buffer, TABLES, size));
  /** A memory that grows detaches its views, so they are made anew when asked for. */
  const vocabulary = () => openVocabulary(new Uint8Array(memory.buffer, TABLES, size));
  vocabulary();
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const { openTables, count, encode, tokensAt } = exports as unknown as EngineExports;
  openTables();
  const number = PATTERN_NUMBERS.indexOf(pattern);

  const room = (bytes: number): Uint8Array<ArrayBuffer> => {
    const missing = tokensAt(text, bytes) - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return new Uint8Array(memory.buffer, text, bytes);
  };

  /** Puts a text in place, unless it was written there. */
  const place = (source: Uint8Array): void => {
    if (source.buffer === memory.buffer && source.byteOffset === text) return;
    room(source.length).set(source);
  };

  return {
    engine: {
      count: (source, limit) => {
        place(source);
        return count(number, text, source.length, Math.min(limit, NO_LIMIT));
      },
      encode: (source) => {
        const { length } = source; // 0 once the memory has grown, when the text was written in place
        place(source);
        const tokens = encode(number, text, length);
        return new Uint32Array(memory.buffer, tokensAt(text, length), tokens);
      },
      room,
    },
    vocabulary,
  };
}

const align = (address: number, to: number): number => Math.ceil(address / to) * to;

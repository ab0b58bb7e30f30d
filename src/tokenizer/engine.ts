/**
 * What splits and merges a text. Two implementations give the same ids: `script-engine.ts`, which says in TypeScript what
 * is done, and `wasm-engine.ts`, which does it fast.
 */
export interface Engine {
  /**
   * Tokens of a text, counted no further than just beyond the limit: a result above it only says that there are more than it.
   *
   * @param text   valid UTF-8; other bytes do no harm, but their count means nothing
   * @param limit  whole number >= 0, or Infinity
   */
  readonly count: (text: Uint8Array, limit: number) => number;
  /** Token ids of a text, in order; a view that is valid until the next call. */
  readonly encode: (text: Uint8Array) => Uint32Array;
  /**
   * Room for a text of this many bytes. A text that is written there, and given to `count` or `encode` as `room.subarray(0, length)`
   * before anything else is asked of the engine, is not copied.
   */
  readonly room: (bytes: number) => Uint8Array;
}

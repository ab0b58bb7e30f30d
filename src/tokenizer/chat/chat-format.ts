/** How a model's chat format is counted: what a format is given, and what it answers. */

import type { ChatRequest, ImagePart } from './request.js';

export interface ChatCounter {
  /** `null`: an encoding was asked for by name. */
  readonly model: string | null;
  /** Its name, or the file's. */
  readonly encoding: string;
  /** Tokens of a text in the encoding, not scaled. */
  readonly count: (text: string) => number;
  /** Tokens of an image; `null`: its size or its formula is not known. */
  readonly imageTokens: (image: ImagePart) => number | null;
}

/** A line of the count; text, images and overhead add up to its tokens. */
export interface ChatRow {
  readonly part: 'message' | 'tools' | 'answer schema' | 'reply';
  /** Of a message: its number from 1. */
  readonly index: number | null;
  readonly role: string | null;
  /** Tokens of what was written. */
  readonly text: number;
  readonly images: number;
  /** Tokens of the format around it. */
  readonly overhead: number;
  /** Images and other parts that could not be counted. */
  readonly uncounted: number;
}

/** Of a row to fill in. */
export const NO_TOKENS = { index: null, role: null, text: 0, images: 0, overhead: 0, uncounted: 0 } as const;

export interface ChatCount {
  readonly rows: readonly ChatRow[];
  /** Why the count is not exact; empty: it is, as far as the encoding is. */
  readonly doubts: readonly string[];
}

export interface ChatFormat {
  readonly name: string;
  readonly count: (request: ChatRequest, counter: ChatCounter) => ChatCount;
}

/** Tokens of a message's images, and how many parts could not be counted. */
export function imagesOf(
  parts: ChatRequest['messages'][number]['parts'],
  { imageTokens }: ChatCounter,
): { images: number; uncounted: number } {
  const counted = parts.flatMap((part) =>
    part.kind === 'text' ? [] : [part.kind === 'image' ? imageTokens(part) : null],
  );
  return {
    images: counted.reduce<number>((sum, tokens) => sum + (tokens ?? 0), 0),
    uncounted: counted.filter((tokens) => tokens === null).length,
  };
}

export const argumentsText = (given: unknown): string => (typeof given === 'string' ? given : JSON.stringify(given));

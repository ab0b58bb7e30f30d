/** Counts of one text, each as it is asked for: with which encoding, how far, and of its sections or not. */

import type { Encoding } from '../tokenizer/encoding.js';
import { type Section, sectionsOf } from '../tokenizer/markdown/sections.js';
import type { CountedWith } from './count-file.js';
import { loadEncoding } from './encoding-store.js';

/** Plain data, so that it can be sent to a thread. */
export interface CountAsked {
  /** Its place in the encodings. */
  readonly encoding: number;
  /** Tokens above which counting may stop; `null`: none. */
  readonly most: number | null;
  /** Whether the sections of Markdown are counted, too. */
  readonly sections: boolean;
}

export interface SectionCount extends Pick<Section, 'titles' | 'line'> {
  readonly tokens: number;
}

interface AskedCounts {
  /** One for each count asked for; above its `most`, the text has at least so many. */
  readonly tokens: readonly number[];
  /** `null`: not asked for, or the text has no headings. */
  readonly sections: readonly (readonly SectionCount[] | null)[];
}

/** @param utf8  not where an encoding counts, when sections are asked for */
export function countAsked(utf8: Uint8Array, asked: readonly CountAsked[], by: CountedWith): AskedCounts {
  const encodings = asked.map(({ encoding }) => loadEncoding(by.encodings[encoding]!, by));
  const parts = asked.some(({ sections }) => sections) ? headedSections(utf8) : null;
  return {
    tokens: asked.map(({ most }, i) => encodings[i]!.countUpTo(utf8, most ?? Number.POSITIVE_INFINITY)),
    sections: asked.map(({ sections }, i) =>
      sections && parts !== null ? countSections(utf8, parts, encodings[i]!) : null,
    ),
  };
}

function headedSections(utf8: Uint8Array): readonly Section[] | null {
  const sections = sectionsOf(utf8);
  return sections.every(({ titles }) => titles.length === 0) ? null : sections;
}

const countSections = (utf8: Uint8Array, sections: readonly Section[], { count }: Encoding): SectionCount[] =>
  sections.map(({ titles, line, from, to }) => ({ titles, line, tokens: count(utf8.subarray(from, to)) }));

import { type Heading, headingsOf } from './headings.js';

/** A part of a Markdown text: a heading and what follows it up to the next heading of any level. */
export interface Section {
  /** Titles of the headings it stands beneath, outermost first, its own last; empty: what comes before the first heading. */
  readonly titles: readonly string[];
  /** Line it begins at, from 1. */
  readonly line: number;
  /** Its bytes: from `from`, included, to `to`, not included. */
  readonly from: number;
  readonly to: number;
}

/**
 * A Markdown text in sections that make up all of it, in order. A text without headings is one section.
 *
 * @example sectionsOf(utf8('a\n# b\n## c\n')) // titles [], ['b'], ['b', 'c']
 *
 * Time is linear in the length of the text.
 */
export function sectionsOf(utf8: Uint8Array): Section[] {
  const headings = headingsOf(utf8);
  const open: Heading[] = [];
  const sections = headings.map((heading, i): Section => {
    while (open.length > 0 && open.at(-1)!.level >= heading.level) open.pop();
    open.push(heading);
    const { line, from } = heading;
    return { titles: open.map(({ title }) => title), line, from, to: headings[i + 1]?.from ?? utf8.length };
  });
  const first = sections[0]?.from ?? utf8.length;
  return first === 0 && sections.length > 0 ? sections : [{ titles: [], line: 1, from: 0, to: first }, ...sections];
}

/** What sections of Markdown files are called. */

import type { Section } from '../../tokenizer/markdown/sections.js';

const BEFORE = '(before the first heading)';
const UNTITLED = '(untitled)';
/** Characters of a title that are shown. */
const LONGEST_TITLE = 80;

/** Whether a file is Markdown, by its name. */
export const isMarkdown = (path: string): boolean => /\.(?:md|markdown|mdx)$/i.test(path);

/** Titles as they are shown; of equal ones, the later are numbered: `Example (2)`. */
export function namesOf(sections: readonly Pick<Section, 'titles'>[]): (readonly string[])[] {
  const times = new Map<string, number>();
  return sections.map(({ titles }) => {
    const names = titles.length === 0 ? [BEFORE] : titles.map(shownTitle);
    const key = names.join('\n');
    const time = (times.get(key) ?? 0) + 1;
    times.set(key, time);
    return time === 1 ? names : [...names.slice(0, -1), `${names.at(-1)} (${time})`];
  });
}

function shownTitle(title: string): string {
  const text = title.slice(0, 4 * LONGEST_TITLE).replace(/\s+/g, ' ');
  if (text === '') return UNTITLED;
  const characters = [...text];
  return characters.length > LONGEST_TITLE ? `${characters.slice(0, LONGEST_TITLE - 1).join('')}…` : text;
}

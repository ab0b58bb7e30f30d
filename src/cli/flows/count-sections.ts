import { type CountedBy, countText } from '../../files/count-files.js';
import { readTextFile } from '../../files/read-text.js';
import { type Section, sectionsOf } from '../../tokenizer/markdown/sections.js';
import { type Amount, type CountLine, fileLines, sumOf } from './count-lines.js';
import type { CountedText } from './count-tally.js';
import { type Counter, tokensPerCounter } from './counters.js';

/** Whether a file is split at its headings. */
export const isMarkdown = (path: string): boolean => /\.(?:md|markdown|mdx)$/i.test(path);

const BEFORE = '(before the first heading)';
const JOINS = '(joins between sections)';
const UNTITLED = '(untitled)';
/** Characters of a title that are shown. */
const LONGEST_TITLE = 80;

/**
 * The lines of each text: one per section and one for the joins between them when it is Markdown with headings, else one.
 * A token may span the end of a section, so sections need not add up to their file; the joins are the difference.
 */
export const sectionLines = (texts: readonly CountedText[], counters: readonly Counter[], by: CountedBy): CountLine[] =>
  fileLines(texts, counters).flatMap((whole, i) => {
    const { absolute } = texts[i]!;
    if (absolute === null || !isMarkdown(whole.path)) return [whole];
    const read = readTextFile(absolute);
    return 'skipped' in read ? [whole] : splitLine(whole, read.utf8, { counters, by });
  });

interface Counting {
  readonly counters: readonly Counter[];
  readonly by: CountedBy;
}

function splitLine(whole: CountLine, utf8: Uint8Array, counting: Counting): CountLine[] {
  const sections = sectionsOf(utf8);
  if (sections.every(({ titles }) => titles.length === 0)) return [whole];
  const amounts = sections.map((section) => amountOf(section, utf8, counting));
  const named = namesOf(sections);
  const lines = sections.map(({ line }, i) => sectionLine(whole, named[i]!, line, amounts[i]!));
  const joins = differenceOf(whole, sumOf(amounts, counting.counters.length));
  const isNothing = joins.bytes === 0 && joins.tokens.every((count) => count === 0);
  return isNothing ? lines : [...lines, { ...sectionLine(whole, [JOINS], null, joins), kind: 'joins' }];
}

function amountOf({ from, to }: Section, utf8: Uint8Array, { counters, by }: Counting): Amount {
  const tokens = countText(utf8.subarray(from, to), by);
  return { bytes: to - from, tokens: tokensPerCounter(counters, tokens) };
}

const differenceOf = (a: Amount, b: Amount): Amount => ({
  bytes: a.bytes - b.bytes,
  tokens: a.tokens.map((count, i) => count - b.tokens[i]!),
});

/** `file#Heading › Sub`. */
const sectionLine = (
  { file }: CountLine,
  titles: readonly string[],
  line: number | null,
  { bytes, tokens }: Amount,
): CountLine => ({ path: `${file}#${titles.join(' › ')}`, kind: 'section', file, titles, line, bytes, tokens });

/** Titles as they are shown; of equal ones, the later are numbered: `Example (2)`. */
export function namesOf(sections: readonly Section[]): (readonly string[])[] {
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

import { type CountedBy, countText } from '../../files/count-files.js';
import { readTextFile } from '../../files/read-text.js';
import { type Section, sectionsOf } from '../../tokenizer/markdown/sections.js';
import { type Amount, type CountLine, fileLines, sumOf } from './count-lines.js';
import type { CountedText } from './count-tally.js';
import { type Counter, tokensPerCounter } from './counters.js';
import { isMarkdown, namesOf } from './section-names.js';

const JOINS = '(joins between sections)';

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

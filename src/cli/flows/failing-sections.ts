import { resolve } from 'node:path';
import type { FileTokens, SectionTokens } from '../../budget/file-measure.js';
import type { CountedBy } from '../../files/count-files.js';
import { countText } from '../../files/count-files.js';
import { readTextFile } from '../../files/read-text.js';
import { sectionsOf } from '../../tokenizer/markdown/sections.js';
import type { CountedBudget } from './counted-budget.js';
import { gateOver } from './file-tokens.js';
import { isMarkdown, namesOf } from './section-names.js';

/** Files of a budget that are read once more; a check with more has enough to show. */
const MOST_FILES = 20;
/** Larger files are not looked into. */
const LARGEST = 500_000;

/**
 * The files of a budget, with the sections of those Markdown files among `wrong` that were counted whole. The same list,
 * where there is none.
 *
 * @param wrong  paths about which something is wrong
 */
export function withSections(counted: CountedBudget, wrong: ReadonlySet<string>): readonly FileTokens[] {
  const { budget, files, counter } = counted;
  if (budget.scope !== 'file' || budget.content !== 'text') return files;
  const asked = files.filter((file) => wrong.has(file.path) && isExplained(file)).slice(0, MOST_FILES);
  if (asked.length === 0) return files;
  const by = gateOver(budget.root, counter);
  const sections = new Map(
    asked.map(({ path }) => [path, countSections(resolve(budget.root, path), by, counter.factor)]),
  );
  return files.map((file) => ({ ...file, sections: sections.get(file.path) ?? file.sections }));
}

const isExplained = ({ path, tokens, sections, atLeast }: FileTokens): boolean =>
  sections === null && !atLeast && tokens <= LARGEST && isMarkdown(path);

/** `null`: it has no headings, or cannot be read any more, which only leaves the verdict without its parts. */
function countSections(absolute: string, by: CountedBy, factor: number): readonly SectionTokens[] | null {
  const read = readTextFile(absolute);
  if ('skipped' in read) return null;
  const sections = sectionsOf(read.utf8);
  if (sections.every(({ titles }) => titles.length === 0)) return null;
  const names = namesOf(sections);
  return sections.map(({ from, to, line }, i) => ({
    titles: names[i]!,
    line,
    tokens: Math.round(countText(read.utf8.subarray(from, to), by)[0]! * factor),
  }));
}

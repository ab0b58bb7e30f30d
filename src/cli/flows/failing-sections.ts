import { dirname } from 'node:path';
import type { FileTokens } from '../../budget/files/file-measure.js';
import { readRegularFile } from '../../files/read-text.js';
import { absoluteOf } from './budget-paths.js';
import type { CountedBudget } from './counted-budget.js';
import { fileTokensOf } from './file-tokens.js';
import { isMarkdown } from './section-names.js';

/** Files of a budget that are read once more; a check with more has enough to show. */
const MOST_FILES = 20;
/** Tokens; larger files are not looked into. */
const LARGEST = 500_000;

/**
 * The files of a budget, with the sections of those Markdown files among `wrong` that were counted whole. The same list,
 * where there is none.
 *
 * @param wrong  paths about which something is wrong
 */
export function withSections(counted: CountedBudget, wrong: ReadonlySet<string>): readonly FileTokens[] {
  const { budget, files } = counted;
  if (budget.scope !== 'file' || budget.content !== 'text') return files;
  const asked = files.filter((file) => wrong.has(file.path) && isExplained(file)).slice(0, MOST_FILES);
  if (asked.length === 0) return files;
  const sections = new Map(asked.map(({ path }) => [path, sectionsOf(path, counted)]));
  return files.map((file) => ({ ...file, sections: sections.get(file.path) ?? file.sections }));
}

const isExplained = ({ path, tokens, sections, atLeast }: FileTokens): boolean =>
  sections === null && !atLeast && tokens <= LARGEST && isMarkdown(path);

/** `null`: it has no headings, or cannot be read any more, which only leaves the verdict without its parts. */
function sectionsOf(path: string, { budget, counter }: CountedBudget): FileTokens['sections'] {
  const absolute = absoluteOf(budget, path);
  const bytes = bytesOf(absolute);
  if (bytes === null) return null;
  const file = fileTokensOf({ path, bytes, folder: dirname(absolute), sections: true }, budget, counter);
  return 'reason' in file ? null : file.sections;
}

function bytesOf(absolute: string): Uint8Array | null {
  try {
    const bytes = readRegularFile(absolute);
    return bytes instanceof Uint8Array ? bytes : null;
  } catch {
    return null; // it was counted a moment ago, and is judged by that
  }
}

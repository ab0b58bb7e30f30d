/** One finding explained, as people read it. */

import type { ExplainedFinding } from '../budget/explanations.js';
import type { Page } from './page.js';

/** Columns that text is wrapped at; longer lines are hard to read. */
const WIDEST = 100;
const INDENT = '  ';

export function explainText(finding: ExplainedFinding, { columns }: Pick<Page, 'columns'>): string {
  const width = Math.max(40, Math.min(columns ?? WIDEST, WIDEST));
  const blocks = headedBlocks(finding).map(([head, text]) => `${head}\n${indented(wrap(text, width - INDENT.length))}`);
  const example = `For example\n${indented(finding.example.trimEnd())}`;
  return `${finding.code} (${finding.level}): ${finding.title}\n\n${[...blocks, example].join('\n\n')}\n`;
}

/** The same as Markdown, whose text may hold code between backticks. */
export function explainMarkdown(finding: ExplainedFinding): string {
  const blocks = headedBlocks(finding).map(([head, text]) => `**${head}.** ${bracketed(text)}`);
  const example = `\`\`\`yaml\n${finding.example}\`\`\``;
  return [`### ${finding.code}: ${finding.title}`, `Level: ${finding.level}`, ...blocks, example]
    .join('\n\n')
    .concat('\n');
}

const headedBlocks = ({ meaning, why, lower, accept }: ExplainedFinding): [head: string, text: string][] =>
  (
    [
      ['What it means', meaning],
      ['Why', why],
      ['How to get rid of it', lower],
      ['How to accept it', accept],
    ] as const
  ).flatMap(([head, text]) => (text === null ? [] : [[head, text]]));

/** Lines of at most `width` columns, broken at blanks; the texts are plain ASCII. */
function wrap(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, INDENT);

/** `<file>` would be an element. */
const bracketed = (text: string): string => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');

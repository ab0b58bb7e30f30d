/**
 * What a line of Markdown begins or ends. Every function takes the line without its line end and without the blanks before it,
 * of which there are at most three. Source: CommonMark 0.31.2, chapters 4 and 5.
 */

/** Level and text of an ATX heading: `## Text ##`. */
export function atxHeading(line: string): { readonly level: number; readonly title: string } | null {
  const [marks] = /^#{1,6}(?=[ \t]|$)/.exec(line) ?? [];
  return marks === undefined
    ? null
    : { level: marks.length, title: withoutClosing(trimBlanks(line.slice(marks.length))) };
}

/** A closing run of `#` goes when a blank, or nothing, stands before it. */
function withoutClosing(title: string): string {
  let end = title.length;
  while (title[end - 1] === '#') end -= 1;
  return end === 0 || isBlank(title[end - 1]) ? trimBlanks(title.slice(0, end)) : title;
}

function trimBlanks(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && isBlank(text[from])) from += 1;
  while (to > from && isBlank(text[to - 1])) to -= 1;
  return text.slice(from, to);
}

const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

/** Level of the heading that a line of `===` or `---` makes of the paragraph above it. */
export const setextLevel = (line: string): 1 | 2 | null =>
  /^=+[ \t]*$/.test(line) ? 1 : /^-+[ \t]*$/.test(line) ? 2 : null;

/** `***`, `- - -`, `___`. */
export const isThematicBreak = (line: string): boolean =>
  /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/.test(line);

/** The run of backticks or tildes that opens a fenced code block. */
export const openingFence = (line: string): string | null => /^(?:`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[0] ?? null;

/** At least as long a run of the same character, and nothing after it. */
export function closesFence(line: string, fence: string): boolean {
  const [run = ''] = /^(?:`+|~+)(?=[ \t]*$)/.exec(line) ?? [];
  return run[0] === fence[0] && run.length >= fence.length;
}

/** The marker of a list item, the blanks after it, and its text. */
export function listItem(
  line: string,
): { readonly marker: string; readonly blanks: string; readonly text: string } | null {
  const [, marker = '', blanks = '', text = ''] = /^([-+*]|\d{1,9}[.)])(?:([ \t]+)(.*))?$/s.exec(line) ?? [];
  return marker === '' ? null : { marker, blanks, text };
}

/** A list interrupts a paragraph only when its first item has a text and, if numbered, the number 1. */
export function interruptsParagraph({ marker, text }: { readonly marker: string; readonly text: string }): boolean {
  return text !== '' && (/^[-+*]/.test(marker) || /^1[.)]/.test(marker));
}

/** Quotes and list items within each other; more are not looked through, so that time stays linear. */
const DEEPEST = 100;

/** A line without the quote and list markers it begins with. */
export function withoutMarkers(line: string): string {
  let rest = line;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const inner = rest.startsWith('>')
      ? trimBlanks(rest.slice(1))
      : isThematicBreak(rest)
        ? null
        : listItem(rest)?.text;
    if (inner === null || inner === undefined) break;
    rest = inner;
  }
  return rest;
}

/** Whether a line is, or goes on with, a paragraph. */
export const isText = (line: string): boolean =>
  line !== '' && atxHeading(line) === null && !isThematicBreak(line) && openingFence(line) === null;

const BLOCK_NAMES =
  'address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption ' +
  'figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol ' +
  'optgroup option p param search section summary table tbody td tfoot th thead title tr track ul';

const ATTRIBUTE = `[ \\t]+[a-z_:][\\w.:-]*(?:[ \\t]*=[ \\t]*(?:[^\\s"'=<>\`]+|'[^']*'|"[^"]*"))?`;
const LONE_TAG = new RegExp(`^(?:<[a-z][a-z0-9-]*(?:${ATTRIBUTE})*[ \\t]*/?>|</[a-z][a-z0-9-]*[ \\t]*>)[ \\t]*$`, 'i');
/** Characters; no line with a single tag is longer. */
const LONGEST_TAG = 4096;

/** What ends an HTML block; a blank line ends the last two kinds. */
const BLANK_LINE = /^$/;
const HTML_BLOCKS: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/^<(?:pre|script|style|textarea)(?:[\s>]|$)/i, /<\/(?:pre|script|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![a-z]/i, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
  [new RegExp(`^</?(?:${BLOCK_NAMES.replaceAll(' ', '|')})(?:\\s|/?>|$)`, 'i'), BLANK_LINE],
];

/** The pattern of the line that ends the HTML block that begins here; `null`: none does. */
export function htmlEnd(line: string, isInParagraph: boolean): RegExp | null {
  const found = HTML_BLOCKS.find(([start]) => start.test(line));
  if (found !== undefined) return found[1];
  return !isInParagraph && line.length <= LONGEST_TAG && LONE_TAG.test(line) ? BLANK_LINE : null;
}

/**
 * The headings of a Markdown text. A line may be one only where it stands in no other block: not in code, HTML, a quote or a
 * list item. So these are followed, as far as it takes to know where they end. Source: CommonMark 0.31.2.
 */

import {
  atxHeading,
  closesFence,
  htmlEnd,
  interruptsParagraph,
  isText,
  isThematicBreak,
  listItem,
  openingFence,
  setextLevel,
  withoutMarkers,
} from './block-starts.js';
import { linesOf, type TextLine, textOf, widthOfBlanks } from './lines.js';

export interface Heading {
  /** 1 to 6. */
  readonly level: number;
  /** As written, with its own markup. */
  readonly title: string;
  /** Line, from 1, and byte it begins at. */
  readonly line: number;
  readonly from: number;
}

/** In order. Front matter between lines of `---` is skipped. Time is linear in the length of the text. */
export function headingsOf(utf8: Uint8Array): Heading[] {
  const reader = new BlockReader(utf8);
  const afterFrontMatter = endOfFrontMatter(utf8);
  for (const line of linesOf(utf8)) if (line.number > afterFrontMatter) reader.read(line);
  return reader.headings;
}

/** The number of the line that ends the front matter; 0: there is none. */
function endOfFrontMatter(utf8: Uint8Array): number {
  for (const line of linesOf(utf8)) {
    const isMark = line.indent === 0 && line.first === DASH && /^---[ \t]*$/.test(line.text());
    if (line.number === 1 ? !isMark : isMark) return line.number === 1 ? 0 : line.number;
  }
  return 0;
}

const DASH = 0x2d;
/** First characters of lines that can be more than text. */
const MARKS = new Set([...'#=-_*+~`><0123456789'].map((mark) => mark.charCodeAt(0)));

class BlockReader {
  readonly headings: Heading[] = [];
  readonly #utf8: Uint8Array;
  /** The open paragraph: where it began; `inner`: it is in a quote or list item, where nothing makes it a heading of ours. */
  #paragraph: { readonly line: number; readonly from: number } | 'inner' | null = null;
  /** Lines indented by so many columns belong to the open list item; 0: none is open. */
  #item = 0;
  #fence: string | null = null;
  #htmlEnd: RegExp | null = null;

  constructor(utf8: Uint8Array) {
    this.#utf8 = utf8;
  }

  read(line: TextLine): void {
    if (this.#isInHtml(line) || this.#isInFence(line)) return;
    if (line.isBlank) this.#paragraph = null;
    else if (this.#item > 0 && line.indent >= this.#item) this.#readInner(line.text());
    else if (line.indent > 3 || !MARKS.has(line.first) || !this.#beginsBlock(line)) this.#readText(line);
  }

  #isInHtml(line: TextLine): boolean {
    if (this.#htmlEnd === null) return false;
    if (this.#htmlEnd.test(line.text())) this.#htmlEnd = null;
    return true;
  }

  /** A fence in a list item ends with it, whether it is closed or not. */
  #isInFence(line: TextLine): boolean {
    if (this.#fence === null) return false;
    const isOutside = !line.isBlank && line.indent < this.#item;
    const canClose = line.first === this.#fence.charCodeAt(0) && line.indent < this.#item + 4;
    if (isOutside || (canClose && closesFence(line.text(), this.#fence))) this.#fence = null;
    return !isOutside;
  }

  /** A line of text goes on with the paragraph above it, even with one in a quote or list item; else it begins one. */
  #readText({ indent, number, from }: TextLine): void {
    if (this.#paragraph !== null) return;
    this.#item = 0;
    if (indent <= 3) this.#paragraph = { line: number, from };
  }

  #readInner(text: string): void {
    const rest = withoutMarkers(text);
    this.#fence = openingFence(rest);
    this.#paragraph = isText(rest) ? 'inner' : null;
  }

  #beginsBlock(line: TextLine): boolean {
    const text = line.text();
    return (
      this.#beginsHeading(line, text) ||
      this.#beginsBreakOrCode(text) ||
      this.#beginsQuote(text) ||
      this.#beginsItem(line, text) ||
      this.#beginsHtml(text)
    );
  }

  #beginsHeading({ number, from }: TextLine, text: string): boolean {
    const heading = atxHeading(text);
    const level = setextLevel(text);
    const above = this.#paragraph;
    if (heading !== null) this.headings.push({ ...heading, line: number, from });
    else if (level !== null && above !== null && above !== 'inner')
      this.headings.push({ level, title: textOf(this.#utf8, above.from, from).trim(), ...above });
    else return false;
    return this.#endAll();
  }

  #beginsBreakOrCode(text: string): boolean {
    const fence = openingFence(text);
    if (fence === null && !isThematicBreak(text)) return false;
    this.#endAll();
    this.#fence = fence;
    return true;
  }

  /** Code in a quote hides nothing: every line of it begins with `>`. */
  #beginsQuote(text: string): boolean {
    if (!text.startsWith('>')) return false;
    this.#endAll();
    if (isText(withoutMarkers(text))) this.#paragraph = 'inner';
    return true;
  }

  #beginsItem({ indent }: TextLine, text: string): boolean {
    const opened = listItem(text);
    const isInParagraph = this.#paragraph !== null && this.#paragraph !== 'inner';
    if (opened === null || (isInParagraph && !interruptsParagraph(opened))) return false;
    this.#endAll();
    const column = indent + opened.marker.length;
    const width = widthOfBlanks(opened.blanks, column);
    this.#item = column + (opened.text === '' || width > 4 ? 1 : width);
    this.#readInner(opened.text);
    return true;
  }

  #beginsHtml(text: string): boolean {
    const end = htmlEnd(text, this.#paragraph !== null);
    if (end === null) return false;
    this.#endAll();
    this.#htmlEnd = end.test(text) ? null : end;
    return true;
  }

  #endAll(): true {
    this.#paragraph = null;
    this.#item = 0;
    return true;
  }
}

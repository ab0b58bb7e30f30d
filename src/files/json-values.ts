/** JSON text cut into records: the elements of a top-level array, and documents one after another, over any lines. */

import { LONGEST_RECORD } from './read-lines.js';

/** Characters; a document of more is refused. */
export const LONGEST_DOCUMENT = 256 * 1024 * 1024;

/** A record's text, not yet parsed: it may be anything. */
export interface JsonText {
  /** Line it starts on, from 1. */
  readonly line: number;
  /** `null`: longer than its kind may be, or not there at all, see `problem`. */
  readonly text: string | null;
  readonly kind: 'element' | 'document';
  /** What is wrong beside the text; `null`: nothing that is known here. */
  readonly problem: string | null;
}

const NEVER_CLOSED = 'the array is never closed, as if the file were cut off';
const NOT_READ = 'what follows it was not read';

const [NEWLINE, QUOTE, COMMA, BACKSLASH] = [0x0a, 0x22, 0x2c, 0x5c];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
const isBlank = (code: number): boolean => code === 0x20 || code === 0x0d || code === 0x09 || code === NEWLINE;

/** Cuts text, given in any pieces, by its brackets alone. Memory is bounded by the longest record. */
export class JsonValues {
  /** Brackets open, that of a top-level array included. */
  #depth = 0;
  #isArray = false;
  #isString = false;
  /** The character before was a backslash in a string. */
  #isEscaped = false;
  /** Line and pieces of the record begun; `null`: none is. */
  #begun: { readonly line: number; readonly parts: string[]; length: number } | null = null;
  #chunk = '';
  /** Offset in the chunk from which on the record begun is not kept yet. */
  #from = 0;
  #found: JsonText[] = [];
  /** Line of all that comes before `#newline`, the offset in the chunk of the next line end, -1 for none. */
  #line = 1;
  #newline = -1;

  push(chunk: string): JsonText[] {
    this.#chunk = chunk;
    this.#from = 0;
    this.#found = [];
    this.#newline = chunk.indexOf('\n');
    for (let at = 0; at < chunk.length; at++) {
      if (this.#isString) at = this.#skipString(chunk, at);
      else this.#take(chunk.charCodeAt(at), at);
    }
    if (this.#begun !== null) this.#keep(chunk.slice(this.#from));
    this.#lineAt(chunk.length);
    return this.#found;
  }

  end(): JsonText[] {
    const last = this.#begun === null ? [] : [this.#finish()];
    const isCut = this.#isArray && this.#depth === 1 && !this.#isString;
    return isCut ? [...last, { line: this.#line, text: null, kind: 'element', problem: NEVER_CLOSED }] : last;
  }

  /** One character outside of strings. */
  #take(code: number, at: number): void {
    const isBetween = this.#depth === (this.#isArray ? 1 : 0);
    if (isBlank(code)) {
      // outside of all brackets a line end ends what is no value, so that one bad line is one bad record
      if (code === NEWLINE && this.#depth === 0 && this.#begun !== null) this.#endRecord(at);
    } else if (code === OPEN_ARRAY && this.#depth === 0 && this.#begun === null) {
      this.#isArray = true;
      this.#depth = 1;
    } else if (isBetween && this.#isArray && code === COMMA) this.#endRecord(at);
    else if (isBetween && this.#isArray && code === CLOSE_ARRAY) {
      if (this.#begun !== null) this.#endRecord(at);
      this.#isArray = false;
      this.#depth = 0;
    } else this.#takePart(code, at, isBetween);
  }

  /** One character of a record. */
  #takePart(code: number, at: number, isBetween: boolean): void {
    this.#begin(at);
    if (code === QUOTE) this.#isString = true;
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) this.#depth++;
    else if ((code === CLOSE_OBJECT || code === CLOSE_ARRAY) && !isBetween) {
      this.#depth--;
      if (this.#depth === 0) this.#endRecord(at + 1);
    }
  }

  #begin(at: number): void {
    if (this.#begun !== null) return;
    this.#begun = { line: this.#lineAt(at), parts: [], length: 0 };
    this.#from = at;
  }

  #endRecord(at: number): void {
    this.#begin(at);
    this.#keep(this.#chunk.slice(this.#from, at));
    this.#found.push(this.#finish());
  }

  #lineAt(at: number): number {
    for (; this.#newline !== -1 && this.#newline < at; this.#newline = this.#chunk.indexOf('\n', this.#newline + 1))
      this.#line++;
    return this.#line;
  }

  /** Offset of the quote that ends the string, or of the last character when it does not end here. */
  #skipString(chunk: string, start: number): number {
    let at = start;
    if (this.#isEscaped) {
      this.#isEscaped = false;
      at++;
    }
    for (;;) {
      const quote = chunk.indexOf('"', at);
      let backslashes = 0;
      for (let before = (quote === -1 ? chunk.length : quote) - 1; before >= at; before--) {
        if (chunk.charCodeAt(before) !== BACKSLASH) break;
        backslashes++;
      }
      const isOdd = backslashes % 2 === 1;
      if (quote === -1) {
        this.#isEscaped = isOdd;
        return chunk.length - 1;
      }
      if (!isOdd) {
        this.#isString = false;
        return quote;
      }
      at = quote + 1;
    }
  }

  #keep(piece: string): void {
    const begun = this.#begun!;
    begun.length += piece.length;
    if (begun.length <= (this.#isArray ? LONGEST_RECORD : LONGEST_DOCUMENT)) begun.parts.push(piece);
    else begun.parts.length = 0;
  }

  #finish(): JsonText {
    const { line, parts, length } = this.#begun!;
    this.#begun = null;
    const kind = this.#isArray ? 'element' : 'document';
    const isOpen = this.#depth > (this.#isArray ? 1 : 0) || this.#isString;
    if (length <= (this.#isArray ? LONGEST_RECORD : LONGEST_DOCUMENT))
      return { line, text: parts.join(''), kind, problem: null };
    const tooLong = `${kind} is longer than ${kind === 'element' ? '16' : '256'} MiB`;
    return { line, text: null, kind, problem: isOpen ? `${tooLong}; ${NOT_READ}` : tooLong };
  }
}

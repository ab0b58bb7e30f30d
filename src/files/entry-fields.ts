/** The fields of one entry of a YAML or JSON file, each read from its text and with its line at hand. */

import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { type Place, TokenhubError } from '../errors/tokenhub-error.js';
import { quoted } from '../errors/wording.js';
import { nearestNames } from '../nearest.js';

/** A file of entries being read. */
export interface EntryFile {
  /** As the user named it. */
  readonly file: string;
  /** Line, from 1, of an offset in the text. */
  readonly lineOf: (offset: number) => number;
  /** What an entry is: `price`. */
  readonly noun: string;
  /** How one is written, as a hint. */
  readonly example: string;
  /** Makes the errors of the file. */
  readonly bad: (place: Place, message: string, hint: string, cause?: unknown) => TokenhubError;
}

/** Turns a field's text into its value; `null`, or an error without a place: the text is wrong. */
type Read<T> = (text: string) => T | null;

/** One mapping. Every method throws the error of the file at the file, line and field. */
export class Fields {
  readonly place: { readonly file: string; readonly line: number };
  readonly #values = new Map<string, unknown>();
  readonly #file: EntryFile;

  /** @throws when the node is no mapping, or has a key twice or one that is not among `names` */
  constructor(node: unknown, file: EntryFile, names: readonly string[]) {
    this.#file = file;
    this.place = { file: file.file, line: this.#lineOf(node) ?? 1 };
    if (!isMap(node)) throw file.bad(this.place, `is no ${file.noun}`, `write it as ${file.example}`);
    for (const { key, value } of node.items) {
      const place = { file: file.file, line: this.#lineOf(key) ?? this.place.line };
      const name = knownName(key, place, names, file);
      if (this.#values.has(name)) throw file.bad({ ...place, field: name }, 'stands twice', 'keep one of the two');
      this.#values.set(name, value);
    }
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** `null`: the field is absent. */
  optional<T>(name: string, read: Read<T>, hint: string): T | null {
    if (!this.has(name)) return null;
    const text = textOf(this.#values.get(name));
    if (text === null) throw this.wrong(name, 'is no single value', hint);
    const value = placed(() => read(text), this.#placeOf(name), this.#file);
    if (value === null) throw this.wrong(name, `${quoted(text)} is not understood`, hint);
    return value;
  }

  required<T>(name: string, read: Read<T>, hint: string): T {
    const value = this.optional(name, read, hint);
    if (value === null) throw this.wrong(name, 'is missing', hint);
    return value;
  }

  /** One text or a list of at least one. */
  texts(name: string): string[] {
    if (!this.has(name)) throw this.wrong(name, 'is missing', 'write one name, or a list of names');
    const value = this.#values.get(name);
    const texts = (isScalar(value) ? [value] : this.list(name)).map((node) => textOf(node)?.trim() ?? '');
    if (texts.includes('')) throw this.wrong(name, 'is no name', 'write one name, or a list of names');
    return texts;
  }

  /** Nodes of a list of at least one. */
  list(name: string): unknown[] {
    const value = this.#values.get(name);
    if (isSeq(value) && value.items.length > 0) return value.items;
    throw this.wrong(name, 'is no list, or an empty one', `write ${name} as a list`);
  }

  /** The error that says what is wrong with a field. */
  wrong(name: string, why: string, hint: string): TokenhubError {
    return this.#file.bad(this.#placeOf(name), why, hint);
  }

  #placeOf(field: string): Place {
    return { file: this.place.file, line: this.#lineOf(this.#values.get(field)) ?? this.place.line, field };
  }

  #lineOf(node: unknown): number | null {
    const range = (node as Node | null | undefined)?.range;
    return range === undefined || range === null ? null : this.#file.lineOf(range[0]);
  }
}

function knownName(key: unknown, place: Place, names: readonly string[], { bad, noun }: EntryFile): string {
  const name = textOf(key) ?? '';
  if (names.includes(name)) return name;
  const [meant] = nearestNames(name, names, 1);
  const hint = meant === undefined ? `known: ${names.join(', ')}` : `did you mean ${meant}?`;
  throw bad(place, `${quoted(name)} is no field of a ${noun}`, hint);
}

/** The text of a scalar; a number's as it is written, so that no digit is lost. `null` for anything else. */
function textOf(node: unknown): string | null {
  if (!isScalar(node)) return null;
  if (typeof node.value === 'string') return node.value;
  return typeof node.value === 'number' || typeof node.value === 'bigint' ? (node.source ?? null) : null;
}

function placed<T>(read: () => T, place: Place, { bad }: EntryFile): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof TokenhubError)) throw cause;
    throw bad(place, cause.message, cause.hint, cause);
  }
}

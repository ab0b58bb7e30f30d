/** The fields of one YAML mapping of a price file, each read from its text and with its line at hand. */

import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { badPrice, type Place, quoted, TokenhubError } from '../errors.js';
import { closestNames } from '../tokenizer/closest-names.js';

/** A price file being read. */
export interface PriceFileText {
  /** As the user named it. */
  readonly file: string;
  /** Its last part, shown as the source of the price. */
  readonly name: string;
  readonly version: string;
  /** Line, from 1, of an offset in the text. */
  readonly lineOf: (offset: number) => number;
}

/** Turns a field's text into its value; `null`, or an error without a place: the text is wrong. */
type Read<T> = (text: string) => T | null;

export interface Fields {
  readonly line: number;
  readonly place: Place;
  readonly has: (name: string) => boolean;
  readonly required: <T>(name: string, read: Read<T>, hint: string) => T;
  /** `null`: the field is absent. */
  readonly optional: <T>(name: string, read: Read<T>, hint: string) => T | null;
  /** One text or a list of at least one. */
  readonly texts: (name: string) => string[];
  /** Nodes of a list of at least one. */
  readonly list: (name: string) => unknown[];
  /** The error that says what is wrong with a field. */
  readonly wrong: (name: string, why: string, hint: string) => TokenhubError;
}

/** @throws BAD_PRICE when the node is no mapping or has a key that is not among `names` */
export function fieldsOf(node: unknown, file: PriceFileText, names: readonly string[]): Fields {
  const line = lineOf(node, file);
  const place = { file: file.file, line };
  if (!isMap(node)) throw badPrice(place, 'is no price', 'write it as `- model: NAME` and indented fields below');
  const values = new Map(node.items.map((pair) => [keyOf(pair, file, names), pair.value]));
  const placeOf = (name: string): Place => ({
    file: file.file,
    line: values.has(name) ? lineOf(values.get(name), file, line) : line,
    field: name,
  });
  const wrong = (name: string, why: string, hint: string) => badPrice(placeOf(name), why, hint);

  const optional = <T>(name: string, read: Read<T>, hint: string): T | null => {
    if (!values.has(name)) return null;
    const text = textOf(values.get(name));
    if (text === null) throw wrong(name, 'is no single value', hint);
    const value = placed(() => read(text), placeOf(name));
    if (value === null) throw wrong(name, `${quoted(text)} is not understood`, hint);
    return value;
  };
  const required = <T>(name: string, read: Read<T>, hint: string): T => {
    const value = optional(name, read, hint);
    if (value === null) throw wrong(name, 'is missing', hint);
    return value;
  };
  const list = (name: string): unknown[] => {
    const value = values.get(name);
    if (isSeq(value) && value.items.length > 0) return value.items;
    throw wrong(name, 'is no list, or an empty one', `write ${name} as a list`);
  };
  const texts = (name: string): string[] => {
    const single = values.has(name) ? textOf(values.get(name)) : null;
    const all = single === null && values.has(name) ? list(name).map(textOf) : [single];
    if (all.every((text) => text !== null && text.trim() !== '')) return all as string[];
    throw wrong(name, values.has(name) ? 'is no name' : 'is missing', `write one name, or a list of names`);
  };
  return { line, place, has: (name) => values.has(name), required, optional, texts, list, wrong };
}

function keyOf({ key }: Pair, file: PriceFileText, names: readonly string[]): string {
  const name = textOf(key) ?? '';
  if (names.includes(name)) return name;
  const [meant] = closestNames(name, names, 1);
  const hint = meant === undefined ? `known: ${names.join(', ')}` : `did you mean ${meant}?`;
  throw badPrice({ file: file.file, line: lineOf(key, file) }, `${quoted(name)} is no field of a price`, hint);
}

/** The text of a scalar; a number's as it is written, so that no digit is lost. `null` for anything else. */
function textOf(node: unknown): string | null {
  if (!isScalar(node)) return null;
  if (typeof node.value === 'string') return node.value;
  return typeof node.value === 'number' || typeof node.value === 'bigint' ? (node.source ?? null) : null;
}

const lineOf = (node: unknown, file: PriceFileText, otherwise = 1): number => {
  const range = (node as Node | null | undefined)?.range;
  return range === undefined || range === null ? otherwise : file.lineOf(range[0]);
};

function placed<T>(read: () => T, place: Place): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof TokenhubError)) throw cause;
    throw badPrice(place, cause.message, cause.hint, cause);
  }
}

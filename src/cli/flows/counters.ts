import type { EncodingName } from '../../tokenizer/encodings.js';
import { type ModelEncoding, resolveEncodingName, resolveModel } from '../../tokenizer/models.js';

/** The options that choose what to count with. */
export interface CounterOptions {
  readonly model?: readonly string[];
  readonly encoding?: readonly string[];
}

/** A model or encoding to count with; `model` null: an encoding was asked for by name, or by default. */
export interface Counter extends Omit<ModelEncoding, 'model'> {
  readonly model: string | null;
  readonly isDefault: boolean;
}

/** What a count was made with; `encoding` null: a provider counted, `source` says which and how. */
export interface CountedWith extends Omit<Counter, 'encoding' | 'factor'> {
  readonly encoding: Counter['encoding'] | null;
}

/** What is counted with, in the order asked for; o200k_base when nothing is. */
export function countersOf({ model = [], encoding = [] }: CounterOptions): Counter[] {
  const byEncoding = (name: string, isDefault: boolean): Counter => ({
    model: null,
    isDefault,
    encoding: resolveEncodingName(name),
    method: 'exact',
    factor: 1,
    band: null,
    source: 'asked for by name',
  });
  const counters = [
    ...model.map((name) => ({ ...resolveModel(name), isDefault: false })),
    ...encoding.map((name) => byEncoding(name, false)),
  ];
  return counters.length > 0 ? counters : [byEncoding('o200k_base', true)];
}

/** The encodings to count with, each once. */
export const encodingsOf = (counters: readonly Counter[]): EncodingName[] => [
  ...new Set(counters.map(({ encoding }) => encoding)),
];

/** @param tokens  one count per encoding of `encodingsOf`; @returns one per counter, scaled and rounded */
export function tokensPerCounter(counters: readonly Counter[], tokens: readonly number[]): number[] {
  const encodings = encodingsOf(counters);
  return counters.map(({ encoding, factor }) => Math.round(tokens[encodings.indexOf(encoding)]! * factor));
}

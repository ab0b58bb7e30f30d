import { resolve } from 'node:path';
import { badOption } from '../../errors/command-line.js';
import { asInstalled, packageOf } from '../../files/data-package.js';
import { type EncodingRef, encodingKey, encodingTitle } from '../../files/encoding-ref.js';
import { type ModelEncoding, resolveEncodingName, resolveModel } from '../../tokenizer/models.js';
import type { PatternName } from '../../tokenizer/patterns/all.js';

/** The options that choose what to count with. */
export interface CounterOptions {
  readonly model?: readonly string[];
  readonly encoding?: readonly string[];
  readonly encodingFile?: readonly string[];
  readonly pattern?: PatternName;
}

/** A model or encoding to count with; `model` null: an encoding was asked for by name or file, or by default. */
export interface Counter extends Omit<ModelEncoding, 'model' | 'encoding'> {
  readonly model: string | null;
  readonly encoding: EncodingRef;
  readonly isDefault: boolean;
}

/**
 * What is counted with: models, encodings, files, each in the order asked for; o200k_base when nothing is.
 * @param cwd  absolute; files are relative to it, data packages are looked for from it upwards
 */
export function countersOf(options: CounterOptions, cwd: string): Counter[] {
  const { model = [], encoding = [], encodingFile = [], pattern = null } = options;
  if (pattern !== null && encodingFile.length === 0)
    throw badOption('--pattern', pattern, 'goes with --encoding-file, and none is named', 'add --encoding-file <file>');
  const counters = [
    ...model.map((name) => ({ ...asInstalled(resolveModel(name), cwd), isDefault: false })),
    ...encoding.map((name) => exactly(resolveEncodingName(name), 'asked for by name')),
    ...encodingFile.map((shown) => exactly({ path: resolve(cwd, shown), shown, pattern }, 'asked for by file')),
  ];
  if (counters.length === 0) return [{ ...exactly('o200k_base', 'asked for by name'), isDefault: true }];
  const once = new Map(counters.map((counter) => [`${counter.model} ${encodingKey(counter.encoding)}`, counter]));
  return [...once.values()];
}

const exactly = (encoding: EncodingRef, source: string): Counter => ({
  model: null,
  isDefault: false,
  encoding,
  method: 'exact',
  factor: 1,
  band: null,
  source,
  exactWith: null,
});

/** What a count was made with, as results say it; `encoding` null: a provider counted, `source` says which and how. */
export interface CounterFacts extends Omit<Counter, 'encoding' | 'factor' | 'exactWith'> {
  readonly encoding: string | null;
  /** npm package with which the count would be exact; `null`: it is, or none is known. */
  readonly exactWith: string | null;
}

export const counterFacts = ({ factor, encoding, exactWith, ...counter }: Counter): CounterFacts => ({
  ...counter,
  encoding: encodingTitle(encoding),
  exactWith: counter.method === 'approximate' ? packageOf(exactWith) : null,
});

/** The encodings to count with, each once. */
export const encodingsOf = (counters: readonly Counter[]): EncodingRef[] => [
  ...new Map(counters.map(({ encoding }) => [encodingKey(encoding), encoding])).values(),
];

/** @param tokens  one count per encoding of `encodingsOf`; @returns one per counter, scaled and rounded */
export function tokensPerCounter(counters: readonly Counter[], tokens: readonly number[]): number[] {
  const keys = encodingsOf(counters).map(encodingKey);
  return counters.map(({ encoding, factor }) => Math.round(tokens[keys.indexOf(encodingKey(encoding))]! * factor));
}

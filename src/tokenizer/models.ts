/** From a model's name to the encoding that counts for it, and how far that count can be trusted. */

import { unknownEncoding, unknownModel } from '../errors/models.js';
import { nearestNames } from '../nearest.js';
import { type ApproximateModels, approximateModels } from './approximate-models.js';
import { ENCODING_NAMES, type EncodingName, SHIPPED_ENCODINGS } from './encodings.js';
import { type ExactModels, exactModels, WEIGHTS_ENDING } from './exact-models.js';
import { normalName } from './model-names.js';

export interface ModelEncoding {
  /** The name as it was asked for. */
  readonly model: string;
  readonly encoding: EncodingName;
  readonly method: 'exact' | 'approximate';
  /** The model's tokens for one token of the encoding; 1 when exact. Counts are rounded after scaling. */
  readonly factor: number;
  /** The true count is expected between printed count × low and printed count × high; `null`: it is the printed count. */
  readonly band: readonly [low: number, high: number] | null;
  /** Where encoding, factor and band come from. */
  readonly source: string;
  /** The model's own encoding, which does not ship but would count exactly where its data package is installed. */
  readonly exactWith: EncodingName | null;
}

const exactByName = new Map(exactModels.flatMap((models) => models.names.map((name) => [name, models] as const)));

const stems = approximateModels
  .flatMap((models) => models.stems.map((stem) => ({ stem, models })))
  .sort((a, b) => b.stem.length - a.stem.length);

/** Names to suggest to somebody who mistyped one. */
const knownNames = [...exactByName.keys(), ...approximateModels.flatMap(({ examples }) => examples)];

/**
 * The encoding that counts for a model.
 *
 * The name is brought to its normal form (`normalName`). Exact: only when that is a listed name, whole. Approximate: when it begins
 * with the stem of a listed family, and neither a letter nor a dot follows it (`qwen3` is not the stem of `qwen3.9`). A model
 * whose own encoding must be installed is approximate here, and `exactWith` names it: what is installed is not this room's to know.
 *
 * @throws UNKNOWN_MODEL with the closest known names
 * @example resolveModel('azure/gpt-4o-2024-08-06').encoding // 'o200k_base'
 */
export function resolveModel(model: string): ModelEncoding {
  const name = normalName(model);
  if (/\p{Cc}/u.test(model)) refuse(model); // no name has such, and it would be printed
  const exact = exactOf(name);
  const isShipped = exact !== undefined && SHIPPED_ENCODINGS.includes(exact.encoding);
  if (isShipped)
    return {
      model,
      encoding: exact.encoding,
      method: 'exact',
      factor: 1,
      band: null,
      source: exact.source,
      exactWith: null,
    };
  const { encoding = 'o200k_base', factor, band, source } = familyOf(name) ?? refuse(model);
  return { model, encoding, method: 'approximate', factor, band, source, exactWith: exact?.encoding ?? null };
}

function exactOf(name: string): ExactModels | undefined {
  const listed = exactByName.get(name);
  if (listed !== undefined) return listed;
  const weights = exactByName.get(name.replace(WEIGHTS_ENDING, ''));
  return weights?.endings === 'weights' ? weights : undefined;
}

const familyOf = (name: string): ApproximateModels | undefined =>
  stems.find(({ stem }) => name.startsWith(stem) && !/^[a-z.]/.test(name.slice(stem.length)))?.models;

function refuse(model: string): never {
  throw unknownModel(model, nearestModels(model));
}

/** Known names that a mistyped one may mean, nearest first. */
export const nearestModels = (model: string): readonly string[] => nearestNames(normalName(model), knownNames, 3);

/**
 * The encoding of this name, letter case aside.
 * @throws UNKNOWN_ENCODING with the closest name
 */
export function resolveEncodingName(name: string): EncodingName {
  const wanted = name.trim().toLowerCase();
  const found = ENCODING_NAMES.find((known) => known === wanted);
  if (found !== undefined) return found;
  throw unknownEncoding(name, nearestNames(wanted, ENCODING_NAMES, 1), ENCODING_NAMES);
}

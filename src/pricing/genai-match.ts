/** Which model of the genai-prices list an event's model is. The list's own matching is loose; this accepts little of it. */

import type * as GenaiPrices from '@pydantic/genai-prices';
import { isFloating, modelName, withoutDate } from './model-name.js';
import type { ListedName } from './price.js';

export type Library = Pick<typeof GenaiPrices, 'calcPrice' | 'findProvider'>;
export interface ListedModel {
  readonly model: GenaiPrices.ModelInfo;
  readonly provider: GenaiPrices.Provider;
}

/**
 * Canonical provider name (`usage/providers.ts`) → id in the list. Providers not named here are never asked for: Alibaba
 * is not in the list, and Zhipu is twice in it, as a mainland and an international platform with different prices.
 */
const LIST_IDS: Readonly<Record<string, string>> = {
  anthropic: 'anthropic',
  aws: 'aws',
  azure: 'azure',
  cerebras: 'cerebras',
  cohere: 'cohere',
  deepseek: 'deepseek',
  fireworks: 'fireworks',
  google: 'google',
  groq: 'groq',
  minimax: 'minimax',
  mistral: 'mistral',
  moonshot: 'moonshotai',
  novita: 'novita',
  openai: 'openai',
  openrouter: 'openrouter',
  perplexity: 'perplexity',
  together: 'together',
  voyageai: 'voyageai',
  xai: 'x-ai',
};

/** True when the list may know prices of the provider. */
export const isListed = (provider: string): boolean => Object.hasOwn(LIST_IDS, provider);

/**
 * The listed model an event's model is, or `null`.
 *
 * After the normalisation of `model-name.ts` the list's own match must be a model of the provider asked for (not of one
 * it falls back to), and the name must stand in that entry: as its id, as an `equals` or as the whole of a `starts_with`;
 * or do so without the date of a snapshot (`claude-sonnet-4-5-20250929`), which the entry's own match then covers.
 * A Bedrock name stands for the regional price (`us.anthropic.…`, and no prefix) or the global one (`global.…`).
 * Names that end in `latest` are never priced: they mean another model tomorrow.
 */
export function listedModel(library: Library, model: string, provider: string): ListedModel | null {
  const name = modelName(model, provider);
  const found = isFloating(name) ? null : matchedModel(library, name, provider);
  if (found === null) return null;
  const names = namesIn(found.model);
  return spellings(name, found.provider.id).some((spelling) => names.has(spelling)) ? found : null;
}

/** What the list itself takes the name for, among the provider's own models; looser than what prices it. */
export function matchedModel(library: Library, name: string, provider: string): ListedModel | null {
  if (!isListed(provider)) return null;
  const providerId = LIST_IDS[provider]!;
  const found = library.calcPrice({}, name, { providerId, timestamp: new Date(0) });
  return found !== null && found.provider.id === providerId && found.provider.models.includes(found.model)
    ? found
    : null;
}

const spellings = (name: string, providerId: string): string[] =>
  [name, ...(providerId === 'aws' ? [regional(name)] : [])].flatMap((one) => {
    const stem = withoutDate(one);
    return stem === null ? [one] : [one, dashedDate(one), stem];
  });

/** Bedrock: a region prefix, or none, is the regional price where the list keeps it apart from the global one. */
const regional = (name: string): string => `regional.${name.replace(/^(us-gov|us|eu|apac|au|jp|in|ca)\./, '')}`;

const dashedDate = (name: string): string => name.replace(/(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');

function namesIn({ id, match }: GenaiPrices.ModelInfo): Set<string> {
  return new Set([id, ...literalsOf(match)].map((name) => name.toLowerCase()));
}

/** Names an entry states whole. `contains`, `ends_with`, `regex` and `and` state none. */
function literalsOf(match: GenaiPrices.MatchLogic): string[] {
  if ('or' in match) return match.or.flatMap(literalsOf);
  if ('equals' in match) return [match.equals];
  return 'starts_with' in match ? [match.starts_with] : [];
}

/** The id of every model of the providers asked for, but for floating names. */
export const namesListed = (library: Library): ListedName[] =>
  Object.entries(LIST_IDS).flatMap(([provider, providerId]) =>
    (library.findProvider({ providerId })?.models ?? []).flatMap(({ id }) =>
      isFloating(id) ? [] : [{ provider, model: id }],
    ),
  );

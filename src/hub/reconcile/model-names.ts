import { modelName } from '../../pricing/model-name.js';
import { compileWildcard } from '../../pricing/wildcard.js';

/**
 * The one name a model is compared by: that of the config which it is listed under, else its own without the prefix of
 * its provider.
 *
 * @param listed  names to show, and the others of the same model, in which `*` is any run of characters
 */
export function modelNames(
  listed: Readonly<Record<string, readonly string[]>>,
): (model: string, provider: string) => string {
  const aliases = Object.entries(listed).map(([name, others]) => ({ name, tests: others.map(compileWildcard) }));
  const known = new Map<string, string>();
  return (model, provider) => {
    const key = `${provider}\n${model}`;
    const met = known.get(key);
    if (met !== undefined) return met;
    const plain = modelName(model, provider);
    const alias = aliases.find(({ tests }) => tests.some((matches) => matches(model) || matches(plain)));
    known.set(key, alias?.name ?? plain);
    return alias?.name ?? plain;
  };
}

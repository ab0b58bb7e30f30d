import { modelName } from '../../pricing/model-name.js';
import { modelNames } from '../model-names.js';

/**
 * The one name a model is compared by: that of the config which it is listed under, else its own without the prefix of
 * its provider.
 *
 * @param listed  names to show, and the others of the same model, in which `*` is any run of characters
 */
export function comparedModels(
  listed: Readonly<Record<string, readonly string[]>>,
): (model: string, provider: string) => string {
  const named = modelNames(listed);
  const known = new Map<string, string>();
  return (model, provider) => {
    const key = `${provider}\n${model}`;
    const name = known.get(key) ?? nameOf(model, provider);
    known.set(key, name);
    return name;
  };

  function nameOf(model: string, provider: string): string {
    const shown = named(model);
    return shown !== model || Object.hasOwn(listed, model) ? shown : named(modelName(model, provider));
  }
}

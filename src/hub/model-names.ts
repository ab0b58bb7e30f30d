/** Models that go by several names: an engine, a gateway and a bill rarely call one model alike. */

import { compileWildcard } from '../pricing/wildcard.js';

/**
 * The one name of a model, whichever name it was recorded by.
 *
 * A name listed exactly goes before one that a pattern matches; of several the first of the config counts. A name that is
 * in no list is its own.
 *
 * @param models  the name to use, and what else the model is called; `*` is any run of characters
 * @example modelNames({ 'qwen3-32b': ['Qwen/Qwen3-32B*'] })('Qwen/Qwen3-32B-FP8') // 'qwen3-32b'
 */
export function modelNames(models: Readonly<Record<string, readonly string[]>>): (name: string) => string {
  const aliases = Object.entries(models).flatMap(([name, others]) => others.map((alias) => ({ name, alias })));
  const exact = new Map<string, string>();
  for (const { name, alias } of [...Object.keys(models).map((name) => ({ name, alias: name })), ...aliases])
    if (!exact.has(alias)) exact.set(alias, name);
  const patterns = aliases
    .filter(({ alias }) => alias.includes('*'))
    .map(({ name, alias }) => ({ name, matches: compileWildcard(alias) }));
  return (name) => exact.get(name) ?? patterns.find(({ matches }) => matches(name))?.name ?? name;
}

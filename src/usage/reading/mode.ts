import { badField } from '../../errors/usage-records.js';
import type { Mode } from '../../pricing/price.js';
import { textOf } from './fields.js';

/**
 * Words of `service_tier` and the mode each is billed under. `auto` and `default` leave the choice to the project, which
 * is standard; `scale` is capacity bought beforehand, whose list price is the standard one; `on_demand` is Groq's word.
 */
const MODES: ReadonlyMap<string, Mode> = new Map([
  ['standard', 'standard'],
  ['default', 'standard'],
  ['auto', 'standard'],
  ['scale', 'standard'],
  ['on_demand', 'standard'],
  ['batch', 'batch'],
  ['flex', 'flex'],
  ['priority', 'priority'],
  ['fast', 'fast'],
]);

/**
 * The mode a response states, `null` when it states none. Speed `fast` decides where both are given.
 *
 * @param serviceTier  `service_tier` of OpenAI or Anthropic
 * @param speed        `speed` of Anthropic: `standard` or `fast`
 * @throws BAD_FIELD for any other word: a mode not known must not be priced as standard
 */
export function modeOf(serviceTier: unknown, speed: unknown): Mode | null {
  const stated = wordAt('speed', speed, ['standard', 'fast']);
  return stated === 'fast' ? stated : (wordAt('service_tier', serviceTier, [...MODES.keys()]) ?? stated);
}

function wordAt(field: string, value: unknown, words: readonly string[]): Mode | null {
  const word = textOf(value, field)?.toLowerCase();
  if (word === undefined) return null;
  const mode = words.includes(word) ? MODES.get(word) : undefined;
  if (mode === undefined) throw badField(field, word, 'is not known', `known are ${words.join(', ')}`);
  return mode;
}

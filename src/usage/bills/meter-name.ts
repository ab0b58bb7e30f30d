/**
 * What the name of a meter says: Azure's `gpt 4o Input Global 1M Tokens`, and the like of FOCUS exports. Clouds put model,
 * class of tokens, mode and place into one text, abbreviated in many ways.
 */

import type { Mode } from '../../pricing/price.js';
import { NO_TOKENS, type TokenClasses } from '../../pricing/token-classes.js';
import { millionthsOfCount } from '../reading/count.js';
import { NO_MODEL } from '../reading/model-name.js';
import { remembered } from '../reading/remembered.js';

export type MeteredClass = 'input' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h' | 'output';

export interface MeterName {
  /** The words before the first one that is known, joined by hyphens; the whole text where that leaves nothing. */
  readonly model: string;
  /** `null`: the text names no class. */
  readonly class: MeteredClass | null;
  readonly mode: Mode;
  /** What of the class is not text. */
  readonly medium: 'audio' | 'image' | null;
  /** True when the text says that tokens are metered. */
  readonly saysTokens: boolean;
}

const CACHED = ['cached', 'cchd', 'cache', 'cch', 'cd'];
const WRITTEN = ['write', 'writes', 'wrt', 'creation'];
const INPUT = ['input', 'inp', 'inpt', 'in', 'prompt'];
const OUTPUT = ['output', 'outp', 'outpt', 'opt', 'out', 'completion', 'generated'];
const MODES: ReadonlyMap<string, Mode> = new Map([
  ['batch', 'batch'],
  ['pp', 'priority'],
  ['priority', 'priority'],
  ['flex', 'flex'],
]);
/** Where the tokens are made, for how long they are kept, and the unit: none of it is part of the model's name. */
const PLACES = [
  ...['global', 'glbl', 'gl', 'regional', 'regnl', 'rgnl', 'regn', 'dz', 'dzone', 'dzn', 'data', 'datazone', 'zone'],
  ...['read', 'hit', 'miss', '5m', '1h', 'longco', 'shortco', '1m', '1k', 'tokens', 'token', 'ft', 'training', 'trng'],
];
const KNOWN: ReadonlySet<string> = new Set([...CACHED, ...WRITTEN, ...INPUT, ...OUTPUT, ...MODES.keys(), ...PLACES]);
/** UTF-16 units of a name that are read. */
const LONGEST = 300;

/**
 * Reads the name of a meter. Nothing is looked up: a word is known or it is not.
 *
 * The name of a model that begins with a digit gets `gpt-` before it where `family` speaks of GPT, because Azure left it
 * out when GPT-5 came (`5.1 codex mini cd inp Gl 1M Tokens`).
 *
 * @param family  where the meter is filed, such as `Azure OpenAI GPT5`
 * @example meterName('gpt 4o Input Global 1M Tokens', '') // model gpt-4o, class input
 */
export const meterName = remembered(readMeter);

function readMeter(text: string, family: string): MeterName {
  const words = wordsOf(text.slice(0, LONGEST));
  const has = (known: readonly string[]) => words.some((word) => known.includes(word));
  return {
    model: modelIn(words, text, family),
    class: classOf(has, words),
    mode: words.map((word) => MODES.get(word)).find((mode) => mode !== undefined) ?? 'standard',
    medium: mediumOf(has),
    saysTokens: has(['tokens', 'token']),
  };
}

/** Words end at blanks, hyphens and underscores, and where a small letter is followed by a capital one: `BatchOutp`. */
const wordsOf = (text: string): readonly string[] =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter((word) => word !== '');

function modelIn(words: readonly string[], text: string, family: string): string {
  const end = words.findIndex((word) => KNOWN.has(word));
  const name = words.slice(0, end < 0 ? words.length : end).join('-');
  if (name === '') return text.trim() === '' ? NO_MODEL : text.trim();
  return /^\d/.test(name) && /gpt/i.test(family) ? `gpt-${name}` : name;
}

/** Embeddings have input alone, so their meters do not say so. */
function classOf(has: (known: readonly string[]) => boolean, words: readonly string[]): MeteredClass | null {
  if (has(['training', 'trng'])) return null;
  if (has(CACHED) && has(WRITTEN)) return has(['1h']) ? 'cacheWrite1h' : 'cacheWrite5m';
  if (has(CACHED)) return 'cacheRead';
  if (has(INPUT)) return 'input';
  if (has(OUTPUT)) return 'output';
  return words.some((word) => word.startsWith('embed')) ? 'input' : null;
}

function mediumOf(has: (known: readonly string[]) => boolean): MeterName['medium'] {
  if (has(['txt', 'text'])) return null;
  if (has(['aud', 'audio'])) return 'audio';
  return has(['img', 'image']) ? 'image' : null;
}

/** Tokens of one line of a bill, which has one class. */
export interface MeteredTokens {
  readonly tokens: TokenClasses;
  readonly quantities: Readonly<Record<string, bigint>>;
}

/**
 * Tokens of one class. Audio and images among them are quantities too; tokens of no known class are a quantity
 * `unclassed_token` alone, because they can be added to no class.
 */
export function meteredTokens(count: number, meter: Pick<MeterName, 'class' | 'medium'>, field: string): MeteredTokens {
  if (meter.class === null)
    return { tokens: NO_TOKENS, quantities: count === 0 ? {} : { unclassed_token: millionthsOfCount(count, field) } };
  const part = meter.medium === null ? undefined : PARTS[`${meter.medium} ${meter.class}`];
  return {
    tokens: { ...NO_TOKENS, [meter.class]: count },
    quantities: part === undefined || count === 0 ? {} : { [part]: millionthsOfCount(count, field) },
  };
}

const PARTS: Readonly<Record<string, string>> = {
  'audio input': 'audio_input_tokens',
  'audio output': 'audio_output_tokens',
  'image input': 'image_input_tokens',
};

/** Which part of an event is billed at which rate of its tier. */

import { quoted } from '../errors/wording.js';
import { type Decimal, parseDecimal } from './decimal.js';
import type { Rate, Rates } from './price.js';
import { isActivity, type Priceable } from './priceable.js';
import type { TokenClasses } from './token-classes.js';

/** What the thinking rate of a request that reasoned covers: all of its output, or its reasoning tokens alone. */
export type ThinkingRule = 'all-output' | 'reasoning-only';

/**
 * Alibaba bills reasoning and answer of a thinking request at the thinking price; LiteLLM applies it to the reasoning
 * tokens alone. A bucket that reasoned at all is billed as one thinking request: rather too high than too low.
 */
export const THINKING_RULE: ThinkingRule = 'all-output';

/** `amount` millionths of a token, at least 0, at `rate` per million tokens; `name` is what of the event it is. */
export interface CostLine {
  readonly name: string;
  readonly amount: bigint;
  readonly rate: Decimal;
}

/** What is billed: an event, or events added up that are alike in kind of cache, and in whether they reasoned. */
export interface Billed extends Pick<Priceable, 'quantities' | 'cacheKind'> {
  readonly tokens: { readonly [name in keyof TokenClasses]: number | bigint | null };
}

type Wanted = { readonly name: string; readonly amount: bigint; readonly rate: Rate | null };

const MILLIONTHS = 1_000_000n;
/** Quantities that are parts of the tokens. Image and video input is billed as input: no price here sets it apart. */
const TOKEN_PARTS = ['audio_input_tokens', 'audio_output_tokens', 'image_input_tokens', 'video_input_tokens'];

/**
 * The lines of an event's cost: fresh input, cached input (an explicit hit at its own rate where there is one), cache
 * writes by lifetime, output or thinking output, and audio at its own rate, taken out of fresh input and output.
 *
 * A line of 0 tokens is left out, so its rate may be missing.
 *
 * @returns the lines, or the reason why there are none: a part that is not reported, or used without a price, or parts that
 *   contradict each other
 */
export function linesOf(event: Billed, rates: Rates, thinking: ThinkingRule): CostLine[] | { reason: string } {
  const missing = missingIn(event.tokens);
  if (missing !== null) return { reason: `${missing} is not reported` };
  const tokens = [...inputLines(event, rates), ...outputLines(event, rates, thinking)];
  const contradiction = contradictionIn(event, tokens);
  if (contradiction !== null) return { reason: contradiction };
  const used = [...tokens, ...otherLines(event)].filter(({ amount }) => amount !== 0n);
  const unpriced = used.filter(({ rate }) => rate === null);
  if (unpriced.length > 0) return { reason: `no price for ${unpriced.map(({ name }) => name).join(', ')}` };
  return used.map(({ name, amount, rate }) => ({ name, amount, rate: rateOf(rate!) }));
}

/** What must have been used but is not reported: output comes from input, and reasoning is part of output. */
function missingIn({
  input,
  cacheRead,
  cacheWrite5m,
  cacheWrite1h,
  output,
  reasoning,
}: Billed['tokens']): string | null {
  if (output === null) return (reasoning ?? 0) > 0 ? 'output' : null;
  const isInputReported = [input, cacheRead, cacheWrite5m, cacheWrite1h].some((count) => count !== null);
  return output > 0 && !isInputReported ? 'input' : null;
}

function inputLines(event: Billed, rates: Rates): Wanted[] {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h } = event.tokens;
  const audio = part(event, 'audio_input_tokens');
  const readRate = event.cacheKind === 'explicit' ? (rates.cacheReadExplicit ?? rates.cacheRead) : rates.cacheRead;
  return [
    { name: 'input', amount: millionths(input) - audio, rate: rates.input },
    { name: 'audio input', amount: audio, rate: rates.inputAudio },
    { name: 'cached input', amount: millionths(cacheRead), rate: readRate },
    { name: 'cache write (5 min)', amount: millionths(cacheWrite5m), rate: rates.cacheWrite5m },
    { name: 'cache write (1 h)', amount: millionths(cacheWrite1h), rate: rates.cacheWrite1h },
  ];
}

function outputLines(event: Billed, rates: Rates, thinking: ThinkingRule): Wanted[] {
  const audio = part(event, 'audio_output_tokens');
  const plain = millionths(event.tokens.output) - audio;
  const reasoning = millionths(event.tokens.reasoning);
  const thinkingPart =
    rates.outputThinking === null || reasoning === 0n ? 0n : thinking === 'all-output' ? plain : reasoning;
  return [
    { name: 'output', amount: plain - thinkingPart, rate: rates.output },
    { name: 'thinking output', amount: thinkingPart, rate: rates.outputThinking },
    { name: 'audio output', amount: audio, rate: rates.outputAudio },
  ];
}

/** What was used beside tokens: nothing of it has a price in any list yet. */
const otherLines = ({ quantities }: Billed): Wanted[] =>
  Object.entries(quantities)
    .filter(([name]) => !TOKEN_PARTS.includes(name) && !isActivity(name))
    .map(([name, amount]) => ({ name: /^[\w:.-]{1,60}$/.test(name) ? name : quoted(name), amount, rate: null }));

/** Why the parts of an event cannot be told apart; `null` when they can. */
function contradictionIn(event: Billed, lines: readonly Wanted[]): string | null {
  const { cacheRead, cacheWrite5m, cacheWrite1h } = event.tokens;
  const cached = [cacheRead, cacheWrite5m, cacheWrite1h].some((count) => (count ?? 0) > 0);
  if (cached && part(event, 'audio_input_tokens') !== 0n)
    return 'how much of the audio input was cached is not reported';
  const negative = lines.find(({ amount }) => amount < 0n);
  return negative === undefined ? null : `parts of the ${negative.name} are more than the whole`;
}

const part = ({ quantities }: Billed, name: string): bigint =>
  Object.hasOwn(quantities, name) ? quantities[name]! : 0n;
const millionths = (count: number | bigint | null): bigint => BigInt(count ?? 0) * MILLIONTHS;

/**
 * A memo and no state: a text always reads as the same number, whoever asked before. Rates come from price lists, a few
 * thousand texts at most, and are read once each.
 */
const readRates = new Map<Rate, Decimal>();
function rateOf(rate: Rate): Decimal {
  const known = readRates.get(rate);
  if (known !== undefined) return known;
  const value = parseDecimal(rate);
  readRates.set(rate, value);
  return value;
}

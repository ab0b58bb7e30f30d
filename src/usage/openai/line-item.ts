import type { Mode } from '../../pricing/price.js';
import type { TokenClasses } from '../../pricing/token-classes.js';

/** A line item of OpenAI's costs, taken apart. */
export interface LineItem {
  /** The line item itself where it names no model. */
  readonly model: string;
  readonly mode: Mode;
  /** Class of the tokens it charges; `null`: it does not say, or charges something else. */
  readonly tokens: keyof TokenClasses | null;
  /** Quantity that repeats the tokens where they are not text; `null`: none. */
  readonly part: string | null;
  readonly isLongContext: boolean;
}

const FORM =
  /^(?:(standard|priority|flex|batch) \| )?([^\s,]+)(?: (text|audio|image|video))?(?:, (input|output|cached[ _]input|cache[ _]writes?)(?:[ _]tokens)?(, long context)?)?$/i;

const CLASSES: Readonly<Record<string, keyof TokenClasses>> = {
  input: 'input',
  output: 'output',
  'cached input': 'cacheRead',
  'cache write': 'cacheWrite5m',
  'cache writes': 'cacheWrite5m',
};

/** Parts of input and output that have a quantity of their own. */
const PARTS: readonly string[] = [
  'audio_input_tokens',
  'image_input_tokens',
  'video_input_tokens',
  'audio_output_tokens',
];

/**
 * Reads `[<tier> | ]<model>[ <modality>], <class>[, long context]`: `gpt-5-nano, input_tokens`,
 * `gpt-4o-2024-08-06, cached input`, `priority | gpt-5.6-sol, output, long context`, `gpt-image-1 image, input`. A text
 * of one word is a model without a class; anything else (`web search tool calls`) is no model and kept whole.
 */
export function lineItemOf(text: string): LineItem {
  const [, tier, model, modality, stated, long] = FORM.exec(text.trim()) ?? [];
  if (model === undefined)
    return { model: text.trim(), mode: 'standard', tokens: null, part: null, isLongContext: false };
  const tokens = stated === undefined ? null : CLASSES[stated.toLowerCase().replace('_', ' ')]!;
  const part = `${modality?.toLowerCase()}_${tokens}_tokens`;
  return {
    model,
    mode: (tier?.toLowerCase() ?? 'standard') as Mode,
    tokens,
    part: PARTS.includes(part) ? part : null,
    isLongContext: long !== undefined,
  };
}

/** The one normalisation of model names before a price is looked up. Nothing fuzzy: it never guesses a model. */

/**
 * Prefixes a provider's own models are written with, as gateways and agents do (`dashscope/qwen-max`); the provider's
 * own name is one too. The prefix of another provider is part of the name: `anthropic/claude-sonnet-4.5` of OpenRouter.
 */
const PREFIXES: Readonly<Record<string, readonly string[]>> = {
  alibaba: ['dashscope', 'bailian'],
  'alibaba-cn': ['alibaba', 'dashscope', 'bailian'],
  'alibaba-intl': ['alibaba', 'dashscope', 'bailian'],
  aws: ['bedrock/converse', 'bedrock', 'amazon-bedrock'],
  azure: ['azure_ai'],
  fireworks: ['fireworks_ai'],
  google: ['gemini', 'vertex_ai', 'models'],
  mistral: ['mistralai'],
  moonshot: ['moonshotai'],
  together: ['together_ai'],
  xai: ['x-ai'],
};

/**
 * Blanks around it cut, lower case, the provider's own prefix stripped once.
 *
 * @example modelName('dashscope/Qwen3-Max', 'alibaba') // 'qwen3-max'
 */
export function modelName(model: string, provider: string): string {
  const name = model.trim().toLowerCase();
  const prefixes = [...(Object.hasOwn(PREFIXES, provider) ? PREFIXES[provider]! : []), provider];
  const prefix = prefixes.find((candidate) => name.startsWith(`${candidate}/`));
  return prefix === undefined ? name : name.slice(prefix.length + 1);
}

const DATE_SUFFIX = /[-@](20\d{2})(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])$/;

/** The name without the date of its snapshot (`-20250929`, `-2025-09-29`, `@20250929`); `null` when it has none. */
export function withoutDate(name: string): string | null {
  const stem = name.replace(DATE_SUFFIX, '');
  return stem === name || stem === '' ? null : stem;
}

/** A name that means another model tomorrow, so that no price list can be trusted with it: `mistral-large-latest`. */
export const isFloating = (name: string): boolean => name.endsWith('latest');

import { NO_TOKENS, type TokenClasses } from '../../pricing/token-classes.js';
import { countOf } from '../reading/count.js';
import { checkPart, freshOf, type StatedCount } from '../shapes/places.js';
import { type Attributes, attribute } from './attributes.js';

/** Names of a figure in the semantic conventions, the present one first. */
const NAMES = {
  input: ['gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'llm.usage.prompt_tokens'],
  output: ['gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens', 'llm.usage.completion_tokens'],
  cached: ['gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens'],
  written: ['gen_ai.usage.cache_creation.input_tokens', 'gen_ai.usage.cache_creation_input_tokens'],
  reasoning: ['gen_ai.usage.reasoning.output_tokens', 'gen_ai.usage.reasoning_tokens'],
} as const;

export const hasUsage = (attributes: Attributes): boolean =>
  [...NAMES.input, ...NAMES.output].some((name) => attributes.has(name));

/**
 * The token classes of a span. Input includes cached input and cache writes, which are subtracted; output includes
 * reasoning.
 *
 * @throws BAD_FIELD naming the attribute that is no count, or contradicts another
 */
export function spanTokens(attributes: Attributes): TokenClasses {
  const input = counted(attributes, NAMES.input);
  const output = counted(attributes, NAMES.output);
  const cached = counted(attributes, NAMES.cached);
  const written = counted(attributes, NAMES.written);
  const reasoning = counted(attributes, NAMES.reasoning);
  checkPart(reasoning, output);
  return {
    ...NO_TOKENS,
    input: freshOf(input, cached, written),
    cacheRead: cached?.count ?? null,
    cacheWrite5m: written?.count ?? null,
    output: output?.count ?? null,
    reasoning: reasoning?.count ?? null,
  };
}

function counted(attributes: Attributes, names: readonly string[]): StatedCount | null {
  const [field, value] = attribute(attributes, names);
  const count = countOf(value, field);
  return count === null ? null : { field, count };
}

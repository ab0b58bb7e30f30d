import { badField } from '../../errors/usage-records.js';
import { NO_TOKENS, type TokenClasses } from '../../pricing/token-classes.js';
import { countOf, millionthsOfCount, sumOfCounts } from '../reading/count.js';
import { type Fields, textOf } from '../reading/fields.js';

type Class = 'input' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h' | 'output' | 'reasoning';

/** Usage types one observation may have. */
const MAX_TYPES = 64;

/** What is a part of the input or output and, depending on who wrote the keys, counted in it or beside it. */
const PARTS: readonly Class[] = ['cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'reasoning'];

/** Names of usage types and their class, first match wins; the integrations of Langfuse do not agree on them. */
const CLASSES: readonly (readonly [RegExp, Class])[] = [
  [/cache_(creation|write).*1h|ephemeral_1h/, 'cacheWrite1h'],
  [/cache_(creation|write)|ephemeral_5m/, 'cacheWrite5m'],
  [/cache/, 'cacheRead'],
  [/reasoning|thoughts|thinking/, 'reasoning'],
  [/input|prompt/, 'input'],
  [/output|completion|candidates/, 'output'],
];

const AUDIO: Readonly<Partial<Record<Class, string>>> = {
  input: 'audio_input_tokens',
  output: 'audio_output_tokens',
};

interface UsageType {
  readonly name: string;
  readonly class: Class | null;
  readonly count: number;
}

export interface LangfuseUsage {
  readonly tokens: TokenClasses;
  readonly quantities: Readonly<Record<string, bigint>>;
}

/**
 * The token classes of `usage_details`. Its usage types sum up to `total`: `input` is the fresh input, and reasoning
 * stands beside `output`, which it becomes part of here. An application that wrote cached input or reasoning as a part of
 * the whole is found out by its total, which then is the sum without that part. Without a total the types are disjoint.
 *
 * @throws BAD_FIELD at the type that is no count, or is of no known class though the total needs it; at
 *   `usage_details.total` when no reading adds up to it
 */
export function langfuseTokens(usage: Fields): LangfuseUsage {
  const types = typesOf(usage);
  const total = countOf(Object.hasOwn(usage, 'total') ? usage.total : null, 'usage_details.total');
  const sums = sumsOf(types);
  const nested = total === null ? [] : nestedParts(sums, types, total);
  return { tokens: tokensOf(sums, nested), quantities: audioOf(types) };
}

function typesOf(usage: Fields): readonly UsageType[] {
  const names = Object.keys(usage).filter((name) => !/^total(_tokens)?$/.test(name));
  if (names.length > MAX_TYPES) throw badField('usage_details', names.length, 'are too many usage types', 'check them');
  return names.flatMap((name) => {
    const field = `usage_details.${textOf(name, 'usage_details') ?? ''}`;
    const count = countOf(usage[name], field);
    return count === null ? [] : [{ name, class: classOf(name), count }];
  });
}

const classOf = (name: string): Class | null =>
  CLASSES.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1] ?? null;

type Sums = Readonly<Partial<Record<Class, number>>>;

function sumsOf(types: readonly UsageType[]): Sums {
  const sums = new Map<Class, number>();
  for (const type of types)
    if (type.class !== null)
      sums.set(type.class, sumOfCounts([sums.get(type.class) ?? 0, type.count], `usage_details.${type.name}`));
  return Object.fromEntries(sums);
}

/** The parts that the total does not count again, fewest first: none, one of them, and so on. */
function nestedParts(sums: Sums, types: readonly UsageType[], total: number): readonly Class[] {
  const sum = Object.values(sums).reduce((all, count) => all + count, 0);
  const present = PARTS.filter((part) => (sums[part] ?? 0) > 0);
  const choices = subsetsOf(present).sort((a, b) => a.length - b.length);
  const found = choices.find((choice) => sum - choice.reduce((all, part) => all + sums[part]!, 0) === total);
  if (found !== undefined) return found;
  const unknown = types.find((type) => type.class === null && type.count > 0);
  if (unknown !== undefined)
    throw badField(`usage_details.${unknown.name}`, unknown.count, 'is of no usage type known', SUMS);
  throw badField('usage_details.total', total, `is not the sum of its usage types, ${sum}`, SUMS);
}

const SUMS = 'log usage types whose names begin with input or output and that sum up to total';

const subsetsOf = (parts: readonly Class[]): Class[][] =>
  Array.from({ length: 2 ** parts.length }, (_, chosen) => parts.filter((_, index) => (chosen >> index) & 1));

function tokensOf(sums: Sums, nested: readonly Class[]): TokenClasses {
  const of = (part: Class) => sums[part] ?? null;
  const cached = nested.filter((part) => part !== 'reasoning').reduce((all, part) => all + sums[part]!, 0);
  const input = of('input');
  if (cached > (input ?? 0))
    throw badField('usage_details.input', input, `is less than its cached part, ${cached}`, SUMS);
  const [output, reasoning] = [of('output'), of('reasoning')];
  const isBeside = reasoning !== null && !nested.includes('reasoning');
  if (reasoning !== null && !isBeside && reasoning > (output ?? 0))
    throw badField('usage_details.output', output, `is less than its reasoning, ${reasoning}`, SUMS);
  return {
    ...NO_TOKENS,
    input: input === null ? null : input - cached,
    cacheRead: of('cacheRead'),
    cacheWrite5m: of('cacheWrite5m'),
    cacheWrite1h: of('cacheWrite1h'),
    output: isBeside ? (output ?? 0) + reasoning : output,
    reasoning,
  };
}

/** Audio is priced apart: a part of the input or of the output. */
function audioOf(types: readonly UsageType[]): Readonly<Record<string, bigint>> {
  const quantities: Record<string, bigint> = {};
  for (const type of types) {
    const name = type.class === null || !/audio/i.test(type.name) ? undefined : AUDIO[type.class];
    if (name !== undefined && type.count > 0)
      quantities[name] = (quantities[name] ?? 0n) + millionthsOfCount(type.count, `usage_details.${type.name}`);
  }
  return quantities;
}

/** Units of usage on Alibaba Cloud's bills. */

export type Measure = 'token' | 'image' | 'second' | 'character' | 'call';

/** One of the unit is `factor` of the measure. */
export interface BillUnit {
  readonly measure: Measure;
  readonly factor: bigint;
}

const FACTORS: Readonly<Record<string, bigint>> = {
  ...{ 千: 1_000n, k: 1_000n, '1k': 1_000n, '1000': 1_000n, thousand: 1_000n },
  ...{ 万: 10_000n, '10k': 10_000n, '10000': 10_000n },
  ...{ 十万: 100_000n, '100k': 100_000n, '100000': 100_000n },
  ...{ 百万: 1_000_000n, m: 1_000_000n, '1m': 1_000_000n, million: 1_000_000n, '1million': 1_000_000n },
  ...{ '1000000': 1_000_000n, '': 1n, '1': 1n },
};

/** Nouns of each measure, and how many of it one of the noun is. */
const NOUNS: readonly (readonly [RegExp, Measure, bigint])[] = [
  [/个?tokens?$/, 'token', 1n],
  [/(?:张|幅|images?|pictures?)$/, 'image', 1n],
  [/(?:秒|seconds?|sec)$/, 'second', 1n],
  [/(?:分钟|minutes?|min)$/, 'second', 60n],
  [/(?:字符|字|characters?|chars?)$/, 'character', 1n],
  [/(?:次|calls?|times?|requests?)$/, 'call', 1n],
];

/**
 * The unit a bill names, in any letter case: `Token`, `千Token`, `KTokens`, `1K tokens`, `百万tokens`, `万字`, `秒`, `张`;
 * `null`: none of ours.
 *
 * @example billUnit('1K tokens') // { measure: 'token', factor: 1000n }
 */
export function billUnit(text: string): BillUnit | null {
  const plain = text.toLowerCase().replace(/[\s,]+/g, '');
  for (const [noun, measure, each] of NOUNS) {
    const found = noun.exec(plain);
    if (found === null) continue;
    const prefix = plain.slice(0, found.index);
    return Object.hasOwn(FACTORS, prefix) ? { measure, factor: FACTORS[prefix]! * each } : null;
  }
  return null;
}

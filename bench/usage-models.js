/** The models of the made-up usage logs, and what they cost by tokenhub's own price lists. */

import { bundled } from './bundled.js';

/** Alibaba's Chinese price list is in CNY; all others are in USD. */
export const MODELS = [
  { model: 'qwen3-max', provider: 'alibaba', account: 'alibaba' },
  { model: 'qwen-plus', provider: 'alibaba-cn', account: 'alibaba' },
  { model: 'qwen-flash', provider: 'alibaba', account: 'alibaba' },
  { model: 'qwen3-coder-plus', provider: 'alibaba', account: 'alibaba' },
  { model: 'gpt-4o', provider: 'openai', account: 'openai' },
  { model: 'gpt-4o-mini', provider: 'openai', account: 'openai' },
  { model: 'gpt-5-mini', provider: 'openai', account: 'openai' },
  { model: 'claude-sonnet-4-5', provider: 'anthropic', account: 'anthropic' },
  { model: 'claude-haiku-4-5', provider: 'anthropic', account: 'anthropic' },
  { model: 'gemini-2.5-pro', provider: 'google', account: 'google' },
];

const HOUR = 3_600_000;
const UNBOUNDED = 2 ** 52;

/**
 * One row per model and tier: `{ model, provider, account, currency, above, upTo, input, cacheRead, output, thinking }`. A tier is for
 * inputs over `above`, up to and with `upTo`; rates are whole pico-units per token, `thinking` is that of all output of a request that reasoned.
 *
 * @param period  `{ from, to }` in ms: prices must not change in it
 * @throws        when a model has no price, or more than one
 */
export async function priceTable(period) {
  const source = "export { defaultPriceBook } from './src/pricing/default-book.ts';";
  const { defaultPriceBook } = await bundled('price-book', source);
  const book = defaultPriceBook({ user: null, region: 'intl', contracts: [] });
  await book.prepare(MODELS.map(({ provider }) => provider));
  return MODELS.flatMap((entry) => tiersOf(entry, onlyPrice(book, entry, period)));
}

function onlyPrice(book, { model, provider }, { from, to }) {
  const prices = new Map();
  for (let at = from; at < to; at += HOUR) {
    const answer = book.find({ model, provider, at, mode: 'standard' });
    if (!answer.known) throw new Error(`${model} of ${provider}: ${answer.reason}`);
    prices.set(JSON.stringify(answer.price), answer.price);
  }
  if (prices.size !== 1) throw new Error(`${model} of ${provider} has ${prices.size} prices in the bench's period`);
  return [...prices.values()][0];
}

const tiersOf = (entry, { currency, tiers }) =>
  tiers.map(({ upTo, rates: { input, cacheRead, output, outputThinking } }, i) => ({
    ...entry,
    currency,
    above: i === 0 ? -1 : tiers[i - 1].upTo,
    upTo: upTo ?? UNBOUNDED,
    input: picoPerToken(input),
    cacheRead: picoPerToken(cacheRead),
    output: picoPerToken(output),
    thinking: picoPerToken(outputThinking ?? output),
  }));

/** A rate is decimal text per million tokens; a millionth of it in pico-units is the rate times 10^6. */
function picoPerToken(rate) {
  const [whole, fraction = ''] = rate.split('.');
  if (fraction.length > 6) throw new Error(`${rate} per million tokens is no whole number of pico-units per token`);
  return Number(`${whole}${fraction.padEnd(6, '0')}`);
}

/** Rows of `priceTable` as SQL: model, provider, account, currency, above, up to, and the four rates. */
export const priceValues = (prices) =>
  prices
    .map(({ model, provider, account, currency, above, upTo, input, cacheRead, output, thinking }) => {
      const texts = [model, provider, account, currency].map((text) => `'${text}'`);
      return `(${[...texts, above, upTo, input, cacheRead, output, thinking].join(', ')})`;
    })
    .join(',\n');

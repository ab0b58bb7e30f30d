/** Who is in the organisation, and what its models cost. */

/**
 * Who calls models. A gateway knows the consumer, a bill the key and the workspace, so that each names the unit in its
 * own way; rules of the config bring them together.
 */
export const CALLERS = {
  qianwen: { unit: 'qianwen', key: '12003', workspace: 'llm-qianwen' },
  'wukong-hr': { unit: 'wukong-hr', key: '12007', workspace: 'llm-wukong', users: ['u001', 'u002', 'u003'] },
  'wukong-sales': { unit: 'wukong-sales', key: '12008', workspace: 'llm-wukong', users: ['u004', 'u005', 'u006'] },
  innovation: { unit: 'innovation', key: '12010', workspace: 'llm-innovation' },
  /** Lent to AI Innovation until the 15th; nobody's after that. */
  sandbox: { unit: null, key: '12099', workspace: 'llm-sandbox' },
};

/** The account of everything that goes through Bailian, and what its bill calls it. */
export const ACCOUNT = 'bailian-prod';
export const BILL_ACCOUNT = '2000000000000001';
/** Served by the lab itself, for experiments of its own: no gateway, no bill, no price. */
export const LAB_ACCOUNT = 'tongyi-lab';

/** What the lab's engines call the model that the gateway calls `qwen3-32b`. */
export const ENGINE_MODEL = 'Qwen/Qwen3-32B';
export const OWN_MODEL = 'qwen3-32b';
export const LAB_MODEL = 'Qwen/Qwen3-8B';

/**
 * CNY per million tokens by the input of a request; cached input is 20% of input. `qwen3-max` as the built-in mainland
 * list has it; the others are made up for this example and stand in `prices.yaml` too.
 */
const RATES = {
  'qwen3-max': [
    { upTo: 32_000, item: '0_32k', input: 2.5, output: 10 },
    { upTo: 128_000, item: '32k_128k', input: 4, output: 16 },
  ],
  'qwen3.7-plus': [{ upTo: 256_000, item: '0_256k', input: 2, output: 12 }],
  'qwen3-coder-plus': [
    { upTo: 32_000, item: '0_32k', input: 4, output: 16 },
    { upTo: 128_000, item: '32k_128k', input: 6, output: 24 },
  ],
  [OWN_MODEL]: [{ upTo: 128_000, item: null, input: 1.5, output: 6 }],
};
const CACHED_SHARE = 0.2;

export const tiersOf = (model) => RATES[model];

/** The tier of a request by its input, cached input included. */
export const tierOf = (model, input) => RATES[model].find(({ upTo }) => input <= upTo);

/** 10^-12 CNY per token of the classes. */
export const ratesOf = ({ input, output }) => ({
  input: BigInt(Math.round(input * 1_000_000)),
  cached: BigInt(Math.round(input * CACHED_SHARE * 1_000_000)),
  output: BigInt(Math.round(output * 1_000_000)),
});

/** 10^-12 CNY of one request. */
export function costOf(model, { input, cached, output }) {
  const rates = ratesOf(tierOf(model, input));
  return BigInt(input - cached) * rates.input + BigInt(cached) * rates.cached + BigInt(output) * rates.output;
}

/** 10^-12 as decimal text without zeros at its end. */
export function decimalOf(pico) {
  const digits = String(pico < 0n ? -pico : pico).padStart(13, '0');
  const fraction = digits.slice(-12).replace(/0+$/, '');
  return `${pico < 0n ? '-' : ''}${digits.slice(0, -12)}${fraction === '' ? '' : `.${fraction}`}`;
}

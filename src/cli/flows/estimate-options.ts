import { badOption } from '../../errors/command-line.js';
import { type CallPlan, type Calls, type Portion, sharesExceedAll } from '../../pricing/call-plan.js';
import { parseDecimal } from '../../pricing/decimal.js';
import type { Mode } from '../../pricing/price.js';
import type { ConfigOptions, OutputOptions } from '../options.js';

export interface EstimateOptions extends OutputOptions, ConfigOptions {
  readonly model?: readonly string[];
  readonly outputTokens?: string;
  readonly cached?: string;
  readonly cacheWrite?: string;
  readonly calls?: string;
  readonly callsPerDay?: string;
  readonly callsPerMonth?: string;
  readonly mode?: Mode;
  readonly batch?: boolean;
  readonly thinking?: boolean;
  readonly at?: string;
  readonly region?: 'cn' | 'intl';
}

/** The call that the options describe; checked. */
export function planOf({ outputTokens, cached, cacheWrite, thinking = false }: EstimateOptions): CallPlan {
  const output = outputTokens === undefined ? 0 : wholeNumber('--output-tokens', outputTokens);
  if (thinking && output === 0)
    throw badOption('--thinking', 'on', 'changes the price of output, and there is none', 'add --output-tokens 2k');
  const plan = {
    output,
    cached: portionOf('--cached', cached),
    written: portionOf('--cache-write', cacheWrite),
    thinking,
  };
  if (sharesExceedAll(plan))
    throw badOption(
      '--cache-write',
      cacheWrite!,
      `and --cached ${cached} are more than all of the input`,
      'write shares that are 100% together at most',
    );
  return plan;
}

/** How often the call is made; `null`: it was not asked. */
export function callsOf({ calls, callsPerDay, callsPerMonth }: EstimateOptions): Calls | null {
  if (calls !== undefined) return { number: wholeNumber('--calls', calls), per: 'total' };
  if (callsPerDay !== undefined) return { number: wholeNumber('--calls-per-day', callsPerDay), per: 'day' };
  if (callsPerMonth === undefined) return null;
  return { number: wholeNumber('--calls-per-month', callsPerMonth), per: 'month' };
}

export const modeOf = ({ mode, batch = false }: EstimateOptions): Mode => mode ?? (batch ? 'batch' : 'standard');

const NUMBER = /^(\d{1,20}(?:\.\d{1,20})?)([kMG]?)$/;
const PLACES = { '': 0, k: 3, M: 6, G: 9 } as const;

/**
 * A whole number from 0 to 2^53 - 1, perhaps in thousands.
 *
 * @throws BAD_OPTION
 * @example wholeNumber('--calls', '1.5k') // 1500
 */
function wholeNumber(option: string, text: string): number {
  const [, digits, magnitude = ''] = NUMBER.exec(text.trim()) ?? [];
  const hint = `write ${option} 500 or ${option} 2k`;
  if (digits === undefined) throw badOption(option, text, 'is no number', hint);
  const { units, scale } = parseDecimal(`${digits}e${PLACES[magnitude as keyof typeof PLACES]}`);
  const divisor = 10n ** BigInt(scale);
  if (units % divisor !== 0n) throw badOption(option, text, 'is no whole number', hint);
  const number = Number(units / divisor);
  if (!Number.isSafeInteger(number)) throw badOption(option, text, 'is more than can be counted', hint);
  return number;
}

/** A share such as `80%`, at most 100%, or tokens. Throws BAD_OPTION. */
function portionOf(option: string, text: string | undefined): Portion {
  if (text === undefined) return { tokens: 0 };
  if (!text.includes('%')) return { tokens: wholeNumber(option, text) };
  const [, percent] = /^(\d{1,3}(?:\.\d{1,6})?)\s*%$/.exec(text.trim()) ?? [];
  if (percent === undefined || Number(percent) > 100)
    throw badOption(option, text, 'is no share of the input', 'write a share from 0% to 100%, or tokens: 80%, 12k');
  return { share: parseDecimal(`${percent}e-2`) };
}

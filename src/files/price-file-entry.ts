/**
 * One entry of a price file:
 *
 * ```yaml
 * - model: qwen3-max                 # or a list of names at the same price
 *   provider: alibaba                # as `report --by provider` prints it (its other names are understood)
 *   currency: CNY
 *   per: 1M tokens                   # or 1K tokens
 *   from: 2026-01-01                 # optional; a date is midnight UTC, or an instant 2026-01-01T00:00+08:00
 *   to: 2026-12-31                   # optional; a date is included, an instant is exclusive
 *   mode: batch                      # optional: standard, batch, flex, priority, fast
 *   region: cn                       # optional, shown only
 *   source: contract 4711            # optional: where the figures stand
 *   input: 2.5                       # every rate is optional; usage of a class without one is unpriced, never free
 *   cached_input: 0.5
 *   output: 10
 *   # also cached_input_explicit, cache_write_5m, cache_write_1h, output_thinking, input_audio, output_audio
 * - model: qwen-plus
 *   provider: alibaba
 *   currency: CNY
 *   per: 1M tokens
 *   tiers:                           # instead of the rates: by the input of the single request, bound included
 *     - { up_to: 128k, input: 0.8, output: 2 }
 *     - { up_to: 1M, input: 2.4, output: 20 }
 * ```
 */

import { badPrice } from '../errors/money.js';
import { formatDecimal, multiplyDecimals, parseDecimal } from '../pricing/decimal.js';
import { currencyCode } from '../pricing/money.js';
import { MODES, type Mode, type PriceTier, type Rate, type Rates } from '../pricing/price.js';
import { RATE_KEYS } from '../pricing/rate-keys.js';
import type { UserPrice } from '../pricing/user-prices.js';
import { providerOf } from '../usage/providers.js';
import { type EntryFile, Fields } from './entry-fields.js';

/** A price file being read. */
export interface PriceFileText extends EntryFile {
  /** Its last part, shown as the source of the price. */
  readonly name: string;
  readonly version: string;
}

const RATE_NAMES = Object.values(RATE_KEYS);
const ENTRY_NAMES = ['model', 'provider', 'currency', 'per', 'from', 'to', 'mode', 'region', 'source', 'tiers'];
/** What a rate is multiplied by to be one per million tokens. */
const PER: ReadonlyMap<string, Rate> = new Map([
  ['1m tokens', '1'],
  ['1k tokens', '1000'],
]);

/**
 * Reads one entry.
 *
 * @param node  the YAML node of the entry
 * @throws BAD_PRICE at the file, line and field of the first thing wrong
 */
export function readEntry(node: unknown, file: PriceFileText): UserPrice {
  const entry = new Fields(node, file, [...ENTRY_NAMES, ...RATE_NAMES]);
  const perMillion = entry.required(
    'per',
    (text) => PER.get(text.toLowerCase().replace(/\s+/g, ' ')) ?? null,
    'use `1M tokens`',
  );
  const price = {
    provider: entry.required('provider', providerNamed, 'name the provider'),
    currency: entry.required('currency', currencyCode, 'use three letters, such as USD or CNY'),
    region: entry.optional('region', (text) => text, 'use cn or intl'),
    mode: entry.optional('mode', modeOf, `use one of: ${MODES.join(', ')}`) ?? 'standard',
    tiers: entry.has('tiers') ? tiersOf(entry, file, perMillion) : [{ upTo: null, rates: ratesOf(entry, perMillion) }],
    source: file.name,
    asOf: file.version,
    reference:
      entry.optional('source', (text) => text, 'name where the figures stand') ?? `${file.name}:${entry.place.line}`,
    note: null,
  };
  return { models: entry.texts('model'), ...spanOf(entry), price, place: entry.place };
}

/** Canonical, so that `dashscope` means what it means in a usage file. */
const providerNamed = (text: string): string | null => (text.trim() === '' ? null : providerOf('', text));

const modeOf = (text: string): Mode | null => MODES.find((mode) => mode === text) ?? null;

function spanOf(entry: Fields): { from: number | null; to: number | null } {
  const hint = 'write 2026-01-01 or 2026-01-01T00:00+08:00';
  const from = entry.optional('from', (text) => instantOf(text, 0), hint);
  const to = entry.optional('to', (text) => instantOf(text, 1), hint);
  if (from !== null && to !== null && from >= to) throw entry.wrong('to', 'is not after from', 'swap the two');
  return { from, to };
}

/** An instant as it is; a date as the midnight, UTC, `daysAfter` days after it begins. */
function instantOf(text: string, daysAfter: 0 | 1): number | null {
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  if (!isInstant && !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(isInstant ? text : `${text}T00:00Z`);
  const isRealDay = new Date(`${text.slice(0, 10)}T00:00Z`).toJSON()?.startsWith(text.slice(0, 10));
  if (Number.isNaN(at) || isRealDay !== true) return null;
  return isInstant ? at : at + daysAfter * 86_400_000;
}

function tiersOf(entry: Fields, file: PriceFileText, perMillion: string): PriceTier[] {
  const beside = RATE_NAMES.find((name) => entry.has(name));
  if (beside !== undefined) throw entry.wrong(beside, 'stands beside tiers', 'move it into every tier');
  const tiers = entry.list('tiers').map((node) => new Fields(node, file, ['up_to', ...RATE_NAMES]));
  const bounds = tiers.map((tier) => tier.optional('up_to', tokensOf, 'write 32000 or 32k'));
  const late = bounds.findIndex((bound, index) => index > 0 && (bounds[index - 1] ?? Infinity) >= (bound ?? Infinity));
  if (late !== -1)
    throw tiers[late]!.wrong(
      'up_to',
      'is not above the tier before',
      'sort the tiers; only the last may have no bound',
    );
  return tiers.map((tier, index) => ({ upTo: bounds[index]!, rates: ratesOf(tier, perMillion) }));
}

/** `32000`, `32k`, `1M`: whole tokens from 1; K is 1000. */
function tokensOf(text: string): number | null {
  const [, digits, unit = ''] = /^(\d{1,12})([kKmM]?)$/.exec(text) ?? [];
  const tokens = Number(digits) * (unit === '' ? 1 : unit.toLowerCase() === 'k' ? 1e3 : 1e6);
  return Number.isSafeInteger(tokens) && tokens > 0 ? tokens : null;
}

function ratesOf(fields: Fields, perMillion: string): Rates {
  const rate = (name: string) =>
    fields.optional(name, (text) => rateOf(text, perMillion), 'write a price from 0, as in 0.0034');
  const pairs = Object.entries(RATE_KEYS).map(([key, name]) => [key, rate(name)]);
  if (pairs.every(([, value]) => value === null)) {
    throw badPrice(fields.place, 'states no price', `add one of: ${RATE_NAMES.join(', ')}`);
  }
  return Object.fromEntries(pairs);
}

function rateOf(text: string, perMillion: string): Rate | null {
  const rate = parseDecimal(text);
  return rate.units < 0n ? null : formatDecimal(multiplyDecimals(rate, parseDecimal(perMillion)));
}

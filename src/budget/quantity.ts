/** What is used besides tokens, by the names people give it in limits. */

import { formatDecimal } from '../pricing/decimal.js';

/** A count of what an event used besides tokens, or of the requests themselves (`request`), exact. */
export interface Quantity {
  /** As in `UsageEvent.quantities`, or `request`. */
  readonly quantity: string;
  /** 1 is 1_000_000n. */
  readonly millionths: bigint;
}

/** Decimals of a quantity. */
export const QUANTITY_DECIMALS = 6;

const COUNTABLE = ['image', 'video', 'video_second', 'second', 'character', 'grain', 'accelerator_second'];
const TOKEN_PARTS = ['audio_input_tokens', 'audio_output_tokens', 'image_input_tokens', 'video_input_tokens'];

const NAMES: ReadonlyMap<string, string> = new Map([
  ...COUNTABLE.flatMap((name) => [[name, name] as const, [`${name}s`, name] as const]),
  ...TOKEN_PARTS.map((name) => [name, name] as const),
  ...['request', 'requests', 'call', 'calls'].map((name) => [name, 'request'] as const),
]);

export const QUANTITY_NAMES: readonly string[] = [...NAMES.keys()];

/**
 * The quantity of a name, singular or plural; tool calls as `call:web_search` or `calls:web_search`; `null`: there is none.
 *
 * @example quantityNamed('images') // 'image'
 */
export function quantityNamed(name: string): string | null {
  const [, tool] = /^calls?:(.+)$/.exec(name) ?? [];
  return tool === undefined ? (NAMES.get(name) ?? null) : `call:${tool}`;
}

/** `images`, `calls:web_search`, as a limit names them. */
export function pluralOf(quantity: string): string {
  if (quantity.startsWith('call:')) return quantity.replace('call:', 'calls:');
  return quantity.endsWith('s') ? quantity : `${quantity}s`;
}

/** `500 images`, `1 request`, `1,234.5 grains`. */
export function quantityText({ quantity, millionths }: Quantity): string {
  const [whole = '', fraction] = formatDecimal({ units: millionths, scale: QUANTITY_DECIMALS }).split('.');
  const number = `${BigInt(whole).toLocaleString('en-US')}${fraction === undefined ? '' : `.${fraction}`}`;
  return `${number} ${millionths === 1_000_000n ? quantity : pluralOf(quantity)}`;
}

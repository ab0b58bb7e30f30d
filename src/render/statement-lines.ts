/** How lines of a statement are called. */

import type { ToldLine } from '../hub/statement/statement-told.js';
import { separated } from './counted.js';

/** What a line is for, in words: the model, the charge, the part of a shared cost. */
export function lineName({ section, item, model, mode }: ToldLine): string {
  const named = mode === null || mode === 'standard' ? model : `${model} ${mode}`;
  if (section === 'usage' || section === 'bill') return named ?? '';
  return section === 'allocation' || model === null ? (item ?? '') : `${item}, ${model}`;
}

/** Where its amount comes from: list, date, region and tier; whose bill; how it was split. */
export function lineSource({ price, recording, note }: ToldLine): string {
  const region = price?.region == null ? '' : `, ${price.region}`;
  const tier = price?.tier == null ? '' : `, to ${separated(`${price.tier}`)} tokens of input`;
  const parts = [
    ...(price === null ? [] : [`${price.source} ${price.asOf}${region}${tier}`]),
    ...(recording === null ? [] : [`${recording.source} of ${recording.account}`]),
    ...(note === null ? [] : [note]),
  ];
  return parts.join('; ');
}

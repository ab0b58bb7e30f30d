/** Money and prices. */

import { type Place, TokenhubError } from './tokenhub-error.js';
import { badField } from './usage-records.js';
import { didYouMean, quoted } from './wording.js';

/** A value beyond the 64-bit integers a ledger keeps; `limit` as text in the field's own measure. */
export const amountTooLarge = (field: string, limit: string): TokenhubError =>
  new TokenhubError({
    code: 'AMOUNT_TOO_LARGE',
    message: `is more than one event can hold (${limit})`,
    hint: 'split the record into smaller ones',
    place: { field },
  });

/** A number that cannot be read exactly. Has no field: whoever knows it adds it with `.at({ field })`. */
export const badDecimal = (value: unknown, why: string, hint = 'write it as in 0.0034'): TokenhubError =>
  new TokenhubError({ code: 'BAD_FIELD', message: `${quoted(value)} ${why}`, hint });

export const badCurrency = (value: unknown): TokenhubError =>
  badField('currency', value, 'is no currency code', 'use three letters, such as USD or CNY');

/** Anything wrong in a price file of the user's own. */
export const badPrice = (place: Place, message: string, hint: string, cause?: unknown): TokenhubError =>
  new TokenhubError({ code: 'BAD_PRICE', message, hint, place, cause });

/** A model that no price list names. `near`: names that lists do. */
export const noListedModel = (model: string, near: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_MODEL',
    message: `no price list names a model ${quoted(model)}`,
    hint: `${didYouMean(near)}add its price to a price file (config key \`prices\`); tokenhub prices shows the lists`,
  });

/** Anything wrong in a file of exchange rates. */
export const badRate = (place: Place, message: string, hint: string, cause?: unknown): TokenhubError =>
  new TokenhubError({ code: 'BAD_RATE', message, hint, place, cause });

/** Exact money: whole pico-units (10^-12) of one currency. */

/** An exact amount of money: whole pico-units of one currency, or finer, then with the text it was stated in. */
export interface Amount {
  /** ISO 4217 code, upper case. */
  readonly currency: string;
  /** 10^-12 of the currency, rounded half-even when the statement was finer. */
  readonly pico: bigint;
  /** The decimal text as stated, only when it is finer than a pico-unit. */
  readonly text: string | null;
}

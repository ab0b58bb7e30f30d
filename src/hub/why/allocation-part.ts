/** What a unit was given of a cost that units share, or gave of its own. */
export interface AllocationPart {
  /** What is divided, as the config names it. */
  readonly from: string;
  readonly to: string;
  /** How it is divided, in words: `60%`, `by tokens: 1,200 of 2,000`. */
  readonly by: string;
  readonly currency: string;
  /** Negative: given away. */
  readonly pico: bigint;
}

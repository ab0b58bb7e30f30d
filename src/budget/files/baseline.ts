/** What the measures of a budget were before the change. */

import type { FileTokens } from './file-measure.js';

export interface Baseline {
  /** What messages call it: `main (1a2b3c4)`, `tokenhub-baseline.json`. */
  readonly name: string;
  /** Tokens by `measureKey`; what is not in it was not there. */
  readonly tokens: ReadonlyMap<string, number>;
  /** By `measureKey`: why something that was there could not be counted. */
  readonly unknown: ReadonlyMap<string, string>;
  /** Files as they were, deleted ones too, under the names they have now; `null`: it keeps totals alone. */
  readonly files: readonly FileTokens[] | null;
}

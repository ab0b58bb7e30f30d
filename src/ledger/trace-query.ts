/** What a ledger is asked about the events behind a figure. */

import type { RuleFacts } from '../hub/origins.js';
import type { Trace } from '../hub/why/trace.js';
import type { CellQuery } from '../report/query.js';
import type { View } from '../report/view.js';
import type { Entry } from './ledger.js';

/** The events of a figure: those of `cells` that are asked for with the same. */
export type Selection = Pick<CellQuery, 'window' | 'cost' | 'units' | 'models' | 'filters'>;

/** How the unit of an event was found: the place, from 0, of the first rule that matches; days are those of the zone. */
export interface RuleMatch {
  readonly timeZone: string;
  readonly ruleOf: (facts: RuleFacts) => number | null;
}

/** Events that came with one import, and that another import holds a record of, too. */
export interface AlsoIn extends View {
  readonly import: number;
  readonly other: number;
  readonly events: bigint;
  /** Lines of the other import's file. */
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface Traces {
  readonly parts: readonly Trace[];
  readonly alsoIn: readonly AlsoIn[];
}

/** Up to when a view has usage: the instant of its last request, or the end of its last bucket, in ms. */
export interface NewestUsage extends View {
  readonly until: number;
}

/** One event, where it stands, and which other imports hold a record of it. */
export interface TracedEvent {
  readonly entry: Entry;
  readonly import: number;
  readonly cost: Trace['cost'];
  readonly alsoIn: readonly { readonly import: number; readonly line: number }[];
}

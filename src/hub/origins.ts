import type { Charge, Origin } from '../usage/event.js';
import type { Recording } from '../usage/recording.js';

/** Events that share everything a unit rule can see; the rows of `units`. */
export interface OriginTotals {
  readonly recording: Recording;
  readonly model: string;
  readonly provider: string;
  readonly origin: Origin;
  /** Local date in the zone asked for, for dated rules. */
  readonly day: string;
  /** The same as a cell has it: of a bucket of several days the first and the last. */
  readonly days: string;
  /** How much time its records stand for, see `report/grain.ts`. */
  readonly grain: 'request' | 'minute' | 'hour' | 'day' | 'range';
  readonly charge: Charge;
  /** Unit stored now. */
  readonly unit: string | null;
  readonly events: bigint;
  readonly tokens: bigint;
}

/** What a rule decides from. `day` is the local date in the rules' zone. */
export type RuleFacts = Omit<OriginTotals, 'days' | 'grain' | 'charge' | 'unit' | 'events' | 'tokens'>;

/** Unit of an event; `null`: unassigned. */
export type AssignUnit = (facts: RuleFacts) => string | null;

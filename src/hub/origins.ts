import type { Charge, Origin } from '../usage/event.js';
import type { Recording } from '../usage/recording.js';

/** Events that share everything a unit rule can see, and the unit they have. */
export interface OriginTotals {
  readonly recording: Recording;
  readonly model: string;
  readonly provider: string;
  /** Of the same origin the same object. */
  readonly origin: Origin;
  /** A local date, in the zone asked for, of the span of days they are in, which rules do not tell apart. */
  readonly day: string;
  /** Unit stored now. */
  readonly unit: string | null;
  /** Of a closed period, so that no rule moves them. */
  readonly isClosed: boolean;
  readonly events: bigint;
  /** Of the records a report reads for tokens, so that views of the same tokens are not added; events are all. */
  readonly tokens: bigint;
}

export interface OriginQuery {
  readonly timeZone: string;
  /** First dates of the spans of days that rules tell apart, ascending; the first span is before all of them. */
  readonly edges: readonly string[];
  /** Whether a report reads these records for tokens. */
  readonly reads: (view: RecordView) => boolean;
}

/** Records that are read, or not, as a whole. */
export interface RecordView {
  readonly recording: Recording;
  /** Local date; of a bucket of several days the first and the last. */
  readonly days: string;
  /** How much time a record stands for, see `report/grain.ts`. */
  readonly grain: 'request' | 'minute' | 'hour' | 'day' | 'range';
  readonly charge: Charge;
}

/** What a rule decides from. `day` is a local date in the rules' zone. */
export type RuleFacts = Omit<OriginTotals, 'unit' | 'isClosed' | 'events' | 'tokens'>;

/** Unit of an event; `null`: unassigned. */
export type AssignUnit = (facts: RuleFacts) => string | null;

/** Rules, ready to be asked. */
export interface UnitRules {
  readonly assign: AssignUnit;
  /** As in `OriginQuery`: days of one span are assigned alike. */
  readonly edges: readonly string[];
}

/** Rules to be applied, and what is asked of the events on the way. */
export type RulesQuery = OriginQuery & UnitRules;

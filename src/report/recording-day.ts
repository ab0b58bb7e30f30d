import type { Recording } from '../usage/recording.js';
import type { Costs } from './costs.js';

/** What of a recording's day goes into the report. */
export interface Reading {
  readonly tokens: boolean;
  readonly money: boolean;
}

/** What one recording holds on one day, whatever the grain. */
export interface RecordingDay {
  readonly recording: Recording;
  readonly day: string;
  readonly hasRequests: boolean;
  readonly tokens: bigint;
  readonly billedEvents: bigint;
  readonly cost: Costs;
}

/** What of a recording's day is read. */
export type ReadDay = (recording: Recording, day: string) => Reading;

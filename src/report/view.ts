import type { Charge } from '../usage/event.js';
import type { Recording } from '../usage/recording.js';
import type { Grain } from './grain.js';

/** What of a recording's day goes into the report. */
export interface Reading {
  readonly tokens: boolean;
  readonly money: boolean;
}

/** The smallest part of the ledger that is read or left out as a whole: one recording's day, in one grain and kind of charge. */
export interface View {
  readonly recording: Recording;
  /** As a cell's. */
  readonly day: string;
  readonly grain: Grain;
  /** Usage, or one kind of the lines of a bill beside it. */
  readonly charge: Charge;
}

/** What of a view is read. */
export type ReadView = (view: View) => Reading;

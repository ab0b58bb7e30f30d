/** What a report knows of the organisation: units one above the other, and who runs what. */

import type { Recording } from '../usage/recording.js';

export interface Organisation {
  /** The units above a unit, from the top, and itself at the end. */
  readonly lineOf: (unit: string) => readonly string[];
  /** The unit that runs what made a recording; `null`: no unit is said to. */
  readonly operatorOf: (recording: Recording) => string | null;
}

/** Where there is no config. */
export const NO_ORGANISATION: Organisation = { lineOf: (unit) => [unit], operatorOf: () => null };

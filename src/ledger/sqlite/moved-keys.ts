/** Which moved events are alike to the rollups by unit, told by one number. */

import type { EventFacts } from './event-facts.js';
import { NumberTable } from './number-table.js';

/** Bits of a shape, units, recordings with a facet, days from 1970 on and contexts that a key has room for. */
const BITS = 2 ** 12;
const UNITS = 2 ** 16;
const PLACES = 2 ** 24;
const DAYS = 2 ** 17;
const CONTEXTS = 2 ** 20;

/** @returns  a key; -1 where there is no room in one: such events are gathered one by one */
export function movedKeys(): (event: EventFacts, unit: number, day: number, bits: number) => number {
  const contexts = new NumberTable();
  return ({ place, unit: oldUnit }, unit, day, bits) => {
    if (unit >= UNITS || oldUnit >= UNITS || place >= PLACES || day < 0 || day >= DAYS) return -1;
    const context = contexts.numberOf((place * UNITS + unit) * BITS + bits);
    return context < CONTEXTS ? (day * UNITS + oldUnit) * CONTEXTS + context : -1;
  };
}

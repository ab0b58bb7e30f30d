import { GRAINS, type Grain, grainOf } from '../../report/grain.js';
import { dayTexts } from './day-texts.js';
import type { EventFacts } from './event-facts.js';
import { NumberTable } from './number-table.js';

/** One recording's day by ids; `days` as a cell has it. */
interface ViewIds {
  readonly recording: number;
  readonly facet: number;
  readonly days: string;
  readonly grain: Grain;
}

/** Days from 2^16 before 1970 on, and recordings with a facet, that a key has room for; it is a text beyond. */
const DAYS = 2 ** 17;
const PLACES = 2 ** 33;

/** Whether records are read, decided once for each day of a recording. */
export function readViews(reads: (view: ViewIds) => boolean): (event: EventFacts) => boolean {
  const textOf = dayTexts();
  const decided = new NumberTable();
  const odd = new Map<string, boolean>();
  const decide = ({ recording, facet, day, days }: EventFacts, grain: Grain): boolean =>
    reads({ recording, facet, grain, days: textOf(BigInt(day), grain, BigInt(days)) });

  function isOddRead(event: EventFacts, grain: Grain): boolean {
    const key = `${event.place} ${grain} ${event.day} ${event.days}`;
    const known = odd.get(key) ?? decide(event, grain);
    odd.set(key, known);
    return known;
  }

  return (event) => {
    const { place, day, length } = event;
    const grain = length === null ? 'request' : grainOf(0, length);
    if (grain === 'range' || place >= PLACES || Math.abs(day) >= DAYS / 2) return isOddRead(event, grain);
    const key = (place * GRAINS.length + GRAINS.indexOf(grain)) * DAYS + day + DAYS / 2;
    const known = decided.find(key);
    if (known !== -1) return known === 1;
    const answer = decide(event, grain);
    decided.set(key, answer ? 1 : 0);
    return answer;
  };
}

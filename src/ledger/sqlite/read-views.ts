import { GRAINS, type Grain, grainOf } from '../../report/grain.js';
import { dayTexts } from './day-texts.js';
import { NumberTable } from './number-table.js';

/** One recording's day by ids; `days` as a cell has it. */
interface ViewIds {
  readonly recording: number;
  readonly facet: number;
  readonly days: string;
  readonly grain: Grain;
}

/** Days from 2^19 before 1970 on. */
const DAYS = 2 ** 20;

/**
 * Whether records are read, decided once for each day of a recording.
 *
 * @returns  a function from ids, day number, days of a bucket of several and length of a bucket in ms (null: a request)
 */
export function readViews(reads: (view: ViewIds) => boolean) {
  const textOf = dayTexts();
  const decided = new NumberTable();
  const ranges = new Map<string, boolean>();
  const decide = (recording: number, facet: number, day: number, days: number, grain: Grain): boolean =>
    reads({ recording, facet, grain, days: textOf(BigInt(day), grain, BigInt(days)) });

  return (recording: number, facet: number, day: number, days: number, length: number | null): boolean => {
    const grain = grainOf(0, length);
    if (grain === 'range') {
      const key = `${recording} ${facet} ${day} ${days}`;
      if (!ranges.has(key)) ranges.set(key, decide(recording, facet, day, days, grain));
      return ranges.get(key)!;
    }
    const key = ((facet * 2 ** 14 + recording) * GRAINS.length + GRAINS.indexOf(grain)) * DAYS + day + DAYS / 2;
    const known = decided.find(key);
    if (known !== -1) return known === 1;
    const answer = decide(recording, facet, day, days, grain);
    decided.set(key, answer ? 1 : 0);
    return answer;
  };
}

/** What difference is too much. */

import {
  type Compared,
  lacksCost,
  type Measure,
  type Measures,
  measuresOfDifference,
  measuresOfUnexplained,
} from './measures.js';

/** At most so much; exactly at it passes. */
export type Threshold =
  /** Of the larger side, in millionths of a percent: of tokens, and of every currency that both have. */
  | { readonly text: string; readonly share: bigint }
  | { readonly text: string; readonly tokens: bigint }
  | { readonly text: string; readonly currency: string; readonly pico: bigint };

export type JudgedOn = 'difference' | 'unexplained';

/** Millionths of a percent in the whole. */
const WHOLE = 100_000_000n;

export interface Judged {
  readonly difference: Measures;
  readonly unexplained: Measures;
  /** What was judged: `tokens`, and codes of currencies. */
  readonly judged: readonly string[];
  /** Which of it is over the threshold. */
  readonly over: readonly string[];
  /** Currencies that are within it by the costs there are, while usage compared has none. */
  readonly unknown: readonly string[];
}

/** What is too much of one comparison. `null`: money is asked for that not both have, so there is no answer. */
export function judgePair(compared: Compared, threshold: Threshold | null, on: JudgedOn): Judged | null {
  const measures = { difference: measuresOfDifference(compared), unexplained: measuresOfUnexplained(compared) };
  if (threshold === null) return { ...measures, judged: [], over: [], unknown: [] };
  const { tokens, cost } = measures[on];
  const asked = judgedBy(threshold, { tokens, cost });
  if (asked === null) return null;
  const over = asked.filter(([, measure]) => isOver(measure, threshold)).map(([name]) => name);
  const judged = asked.map(([name]) => name);
  const money = judged.filter((name) => name !== 'tokens' && !over.includes(name));
  return { ...measures, judged, over, unknown: money.length > 0 && lacksCost(compared) ? money : [] };
}

function judgedBy(threshold: Threshold, { tokens, cost }: Measures): (readonly [string, Measure])[] | null {
  if ('tokens' in threshold) return [['tokens', tokens]];
  if ('share' in threshold) return [['tokens', tokens], ...cost];
  const money = cost.get(threshold.currency);
  return money === undefined ? null : [[threshold.currency, money]];
}

function isOver({ apart, larger }: Measure, threshold: Threshold): boolean {
  if ('share' in threshold) return apart * WHOLE > threshold.share * larger;
  return apart > ('tokens' in threshold ? threshold.tokens : threshold.pico);
}

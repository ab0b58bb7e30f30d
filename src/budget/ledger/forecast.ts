/** What a period will end at, from what was used on the days before. */

import { groupBy } from '../../group-by.js';

/** What a whole day used, in whole numbers of what the budget measures. */
export interface DayFigure {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** 1 is Monday. */
  readonly weekday: number;
  readonly points: bigint;
}

/** A day that is forecast. */
export type DayAhead = Pick<DayFigure, 'day' | 'weekday'>;

export interface Forecast {
  readonly expected: bigint;
  /** In about four of five forecasts the sum is between the two. */
  readonly low: bigint;
  readonly high: bigint;
  readonly by: Basis;
}

/** Days are expected to be like all days, like the same weekdays, or like those and as much more or less as they rise or fall. */
export type Basis = 'day' | 'weekday' | 'trend';

export const FEWEST_DAYS = 14;
export const MOST_DAYS = 56;
/** Of each weekday, before they are told apart. */
const FEWEST_OF_WEEKDAY = 4;

/** The 90th percentile of a normal distribution, 1.2816, in ten-thousandths. */
const SPREAD = 12_816n;
const TEN_THOUSANDTHS = 10_000n;

/**
 * The sum that days ahead will come to.
 *
 * Each is expected to use the mean of the same weekdays; below four weeks, of all days. Where the days clearly rise or
 * fall, which is where a straight line through each weekday is more than twice as steep as chance makes it, the line is added. The
 * range is the sum, more or less 1.28 standard deviations of it: those of single days around what they were expected to be,
 * wider where a day takes after the day before, and those of the means and of the line, which few days tell but roughly. All
 * of it is exact in whole numbers, but for the square root, which is rounded up.
 *
 * @param days   at least 2, in order
 * @param ahead  at least 1
 */
export function forecastOf(days: readonly DayFigure[], ahead: readonly DayAhead[]): Forecast {
  const isByWeekday = ahead.every(({ weekday }) => ofWeekday(days, weekday).length >= FEWEST_OF_WEEKDAY);
  if (!isByWeekday) return { ...rangeOfSum(levelOf(days, ahead, () => 0)), by: 'day' };
  const level = levelOf(days, ahead, byWeekday);
  const line = withLine(level, days, ahead);
  return line === null ? { ...rangeOfSum(level), by: 'weekday' } : { ...rangeOfSum(line), by: 'trend' };
}

const ofWeekday = (days: readonly DayFigure[], weekday: number) => days.filter((day) => day.weekday === weekday);

/** What days are expected to be, as whole numbers over `scale`. */
interface Fit {
  /** Sum of the days ahead. */
  readonly expected: bigint;
  /** What each recorded day was more than expected. */
  readonly residuals: readonly bigint[];
  readonly scale: bigint;
  /** Days less what was learnt of them. */
  readonly freedom: bigint;
  /** Variance of the sum ahead for each 1 of that of a day: a fraction. */
  readonly spread: readonly [numerator: bigint, denominator: bigint];
}

type GroupOf = (day: DayAhead) => number;

/** Days are expected to be the mean of those of their group. */
function levelOf(days: readonly DayFigure[], ahead: readonly DayAhead[], groupOf: GroupOf): Fit {
  const numbers = new Map([...groupBy(days, groupOf)].map(([key, { length }]) => [key, BigInt(length)]));
  const scale = scaleOf(days, groupOf);
  const meanOf = means(days, groupOf, ({ points }) => points);
  const spread = [...groupBy(ahead, groupOf)].reduce((sum, [key, { length }]) => {
    const number = BigInt(length);
    return sum + number * scale + (number * number * scale) / numbers.get(key)!;
  }, 0n);
  return {
    expected: ahead.reduce((sum, day) => sum + meanOf(day), 0n),
    residuals: days.map((day) => day.points * scale - meanOf(day)),
    scale,
    freedom: BigInt(days.length - numbers.size),
    spread: [spread, scale],
  };
}

/** What every mean over a group is a whole number over. */
const scaleOf = (days: readonly DayFigure[], groupOf: GroupOf): bigint =>
  [...groupBy(days, groupOf).values()].reduce((multiple, { length }) => leastMultiple(multiple, BigInt(length)), 1n);

/** The mean of a value over the group that a day is of, over the scale. */
function means(days: readonly DayFigure[], groupOf: GroupOf, figureOf: (day: DayFigure) => bigint) {
  const scale = scaleOf(days, groupOf);
  const ofGroups = new Map(
    [...groupBy(days, groupOf)].map(([key, ofOne]) => {
      const sum = ofOne.reduce((part, day) => part + figureOf(day), 0n);
      return [key, (sum * scale) / BigInt(ofOne.length)];
    }),
  );
  return (day: DayAhead): bigint => ofGroups.get(groupOf(day))!;
}

const byWeekday: GroupOf = ({ weekday }) => weekday;

/** The same along the line of least squares through each weekday; `null`: the days neither rise nor fall clearly. */
function withLine(level: Fit, days: readonly DayFigure[], ahead: readonly DayAhead[]): Fit | null {
  const middleOf = means(days, byWeekday, numberOfDay);
  const distanceOf = (day: DayAhead) => numberOfDay(day) * level.scale - middleOf(day);
  const distances = days.map(distanceOf);
  const distanceAhead = ahead.reduce((sum, day) => sum + distanceOf(day), 0n);
  const squares = distances.reduce((sum, distance) => sum + distance * distance, 0n);
  const steepness = distances.reduce((sum, distance, i) => sum + distance * level.residuals[i]!, 0n);
  const line: Fit = {
    expected: level.expected * squares + steepness * distanceAhead,
    residuals: level.residuals.map((residual, i) => residual * squares - steepness * distances[i]!),
    scale: level.scale * squares,
    freedom: level.freedom - 1n,
    spread: [level.spread[0] * squares + distanceAhead * distanceAhead * level.spread[1], level.spread[1] * squares],
  };
  const [variance, divisor] = varianceOf(line);
  return steepness * steepness * squares * divisor > 4n * variance ? line : null;
}

const DAY = 86_400_000;

const numberOfDay = ({ day }: DayAhead): bigint => BigInt(Date.parse(day) / DAY);

/** Of a day, over the square of the scale: a fraction. A day that takes after the one before makes sums vary more. */
function varianceOf({ residuals, freedom }: Fit): readonly [numerator: bigint, denominator: bigint] {
  const alone = residuals.reduce((sum, residual) => sum + residual * residual, 0n);
  const inTurn = residuals.slice(1).reduce((sum, residual, i) => sum + residual * residuals[i]!, 0n);
  return inTurn <= 0n ? [alone, freedom] : [alone * (alone + inTurn), freedom * (alone - inTurn)];
}

function rangeOfSum(fit: Fit): Omit<Forecast, 'by'> {
  const { expected, scale, spread } = fit;
  const [variance, divisor] = varianceOf(fit);
  const half = rootOf(
    SPREAD * SPREAD * variance * spread[0],
    TEN_THOUSANDTHS * TEN_THOUSANDTHS * divisor * spread[1] * scale * scale,
  );
  const least = floorOf(expected, scale);
  return { expected: least, low: least - half, high: -floorOf(-expected, scale) + half };
}

function leastMultiple(a: bigint, b: bigint): bigint {
  let [divisor, rest] = [a, b];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return (a / divisor) * b;
}

/** `b` above 0. */
const floorOf = (a: bigint, b: bigint): bigint => (a >= 0n || a % b === 0n ? a / b : a / b - 1n);

/** The least whole number whose square is not below `a / b`, both 0 or more. */
function rootOf(a: bigint, b: bigint): bigint {
  const square = -floorOf(-a, b);
  if (square < 2n) return square;
  let root = 1n << BigInt((square.toString(2).length + 1) >> 1); // above it: Newton descends
  for (;;) {
    const next = (root + square / root) >> 1n;
    if (next >= root) break;
    root = next;
  }
  return root * root < square ? root + 1n : root;
}

/** The command that walks a figure back to its files, as it is typed. */

import { Temporal } from 'temporal-polyfill';
import { shellWord } from '../errors/wording.js';

interface Figure {
  readonly unit: string;
  readonly model: string | null;
  readonly cost: string;
  readonly from: string;
  readonly to: string;
  /** IANA zone. */
  readonly tz: string;
}

/** @example `tokenhub why --unit wukong --period 2026-10 --model qwen3-max` */
export const whyCommand = ({ unit, model, cost, ...period }: Figure): string =>
  [
    'tokenhub why',
    `--unit ${shellWord(unit)}`,
    periodFlags(period),
    ...(model === null ? [] : [`--model ${shellWord(model)}`]),
    ...(cost === 'auto' ? [] : [`--cost ${cost}`]),
  ].join(' ');

/** A whole month or day by its name; whole days by the first and the last; else instants. */
function periodFlags({ from, to, tz }: Pick<Figure, 'from' | 'to' | 'tz'>): string {
  const [start, end] = [from, to].map((instant) => Temporal.Instant.from(instant).toZonedDateTimeISO(tz));
  const isWhole = [start!, end!].every((at) => at.startOfDay().epochMilliseconds === at.epochMilliseconds);
  if (!isWhole) return `--from ${from} --to ${to}`;
  const [first, next] = [start!.toPlainDate(), end!.toPlainDate()];
  const last = next.subtract({ days: 1 });
  if (first.day === 1 && first.add({ months: 1 }).equals(next)) return `--period ${first.toPlainYearMonth()}`;
  return first.equals(last) ? `--period ${first}` : `--from ${first} --to ${last}`;
}

/** The command that walks a figure back to its files, as it is typed. */

import { Temporal } from 'temporal-polyfill';
import { shellWord } from '../errors/wording.js';
import { figureText } from '../hub/why/figure.js';

interface Asked {
  readonly unit: string;
  readonly model: string | null;
  readonly cost: string;
  /** ISO 8601 instants, half-open. */
  readonly from: string;
  readonly to: string;
  /** IANA zone, and that of the config, which `why` takes where a reference names none. */
  readonly tz: string;
  readonly homeZone: string;
}

/** @example `tokenhub why statement:unit=wukong,model=qwen3-max,period=2026-10` */
export function whyCommand({ unit, model, cost, homeZone, ...period }: Asked): string {
  const figure = figureText({
    ...{ kind: 'statement', stage: null, unit: [unit], model: model === null ? [] : [model], where: [] },
    ...periodParts(period),
    ...(period.tz === homeZone ? {} : { tz: period.tz }),
    ...(cost === 'auto' ? {} : { cost }),
  });
  return `tokenhub why ${shellWord(figure)}`;
}

/** A whole month or day by its name; whole days by the first and the last; else instants. */
function periodParts({ from, to, tz }: Pick<Asked, 'from' | 'to' | 'tz'>) {
  const [start, end] = [from, to].map((instant) => Temporal.Instant.from(instant).toZonedDateTimeISO(tz));
  const isWhole = [start!, end!].every((at) => at.startOfDay().epochMilliseconds === at.epochMilliseconds);
  if (!isWhole) return { from, to };
  const [first, next] = [start!.toPlainDate(), end!.toPlainDate()];
  const last = next.subtract({ days: 1 });
  if (first.day === 1 && first.add({ months: 1 }).equals(next)) return { period: `${first.toPlainYearMonth()}` };
  return first.equals(last) ? { period: `${first}` } : { from: `${first}`, to: `${last}` };
}

/** The command that walks a figure back to its files, as it is typed. */

import { shellWord } from '../errors/wording.js';
import { figureText } from '../hub/why/figure.js';
import { periodParts } from './period-flags.js';

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

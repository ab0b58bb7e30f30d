/** The command that walks a figure back to its files, as it is typed. */

import { shellWord } from '../errors/wording.js';
import { periodFlags } from './period-flags.js';

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

/** `wc -w` as one more entrant of the race: the speed at which a text can be read and its words counted. */

import { timeOf } from './run-child.js';

/** The file is named this often, so that the start of the process weighs little; an empty run is subtracted. */
const TIMES = 10;
export const UTF8_LOCALE = { LC_ALL: 'C.UTF-8' };

const milliseconds = (paths) => timeOf(['wc', '-w', ...paths], { env: UTF8_LOCALE });

function ask([path]) {
  const ms = milliseconds(Array(TIMES).fill(path)) - milliseconds(['/dev/null']);
  return Promise.resolve({ tokens: null, ms: Math.max(ms / TIMES, 0.001) });
}

export const startWordCount = () => ({ ask, stop: () => {} });

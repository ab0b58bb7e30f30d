/** Start-up times: commands as whole processes, each run paired with one of an empty Node script just before it. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './median.js';
import { nodeScript, timeOf } from './run-child.js';

/**
 * @param commands  `{ name, words, options }`, run in turn; `prepare`, when there, is called before each run
 * @returns         per command `{ name, bare, ms, ratio }`: medians in milliseconds, and the median of the pairs' ratios
 */
export function besideEmpty(scratch, commands, runs) {
  const script = join(scratch, 'empty.js');
  writeFileSync(script, '');
  const empty = nodeScript(script);
  const pairs = commands.map(() => []);
  for (const { words, options } of commands) timeOf(words, options);
  for (let run = 0; run < runs; run++) {
    commands.forEach(({ words, options, prepare }, i) => {
      prepare?.();
      pairs[i].push({ bare: timeOf(empty), ms: timeOf(words, options) });
    });
  }
  return commands.map(({ name }, i) => ({
    name,
    bare: median(pairs[i].map(({ bare }) => bare)),
    ms: median(pairs[i].map(({ ms }) => ms)),
    ratio: median(pairs[i].map(({ bare, ms }) => ms / bare)),
  }));
}

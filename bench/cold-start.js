/** From nothing to the first count, as whole processes beside an empty Node script. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { besideEmpty } from './beside-empty.js';
import { written } from './inputs.js';
import { COUNTERS, helloScript } from './peers.js';
import { printTable } from './print-table.js';
import { bin } from './root.js';
import { nodeScript } from './run-child.js';

/** Prints the table; gives the ratios to an empty script of `tokenhub count small.txt`: after a first run, and of the first run after an installation. */
export function measureColdStart(scratch, encoding, runs) {
  const small = written(scratch, 'small', 'hello world\n'.repeat(80));
  const counting = (name, cache) => ({
    name: `tokenhub count small.txt, ${name}`,
    words: nodeScript(bin, 'count', small.path),
    options: { cwd: scratch, env: { TOKENHUB_CACHE: join(scratch, cache) } },
  });
  const count = counting('its code compiled before', 'kept');
  const firstEver = {
    ...counting('nothing compiled yet', 'emptied'),
    prepare: () => rmSync(join(scratch, 'emptied'), { recursive: true, force: true }),
  };
  const imports = COUNTERS.map((name) => ({
    name: `a script with ${name}`,
    words: nodeScript(helloScript(name, encoding)),
  }));
  const results = besideEmpty(scratch, [count, firstEver, ...imports], runs);
  console.log(`\nCold start: a small file, or "hello world" with the library, ${encoding}`);
  printTable(
    ['milliseconds', 'median', 'empty script', 'ratio'],
    results.map(({ name, ms, bare, ratio }) => [name, ms.toFixed(1), bare.toFixed(1), ratio.toFixed(2)]),
  );
  const [after, first] = results;
  return { afterFirst: after.ratio, firstEver: first.ratio };
}

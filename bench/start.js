/**
 * Start-up: `tokenhub --help` and its like beside an empty Node script, in turn, as whole processes.
 * Run on a quiet machine: npm run bench:start
 */

import { besideEmpty } from './beside-empty.js';
import { printTable } from './print-table.js';
import { bin } from './root.js';
import { nodeScript } from './run-child.js';
import { scratchFolder } from './scratch.js';

const RUNS = 41;

const commands = [['--help'], ['--version'], ['count', '--help']].map((words) => ({
  name: `tokenhub ${words.join(' ')}`,
  words: nodeScript(bin, ...words),
}));

const rows = besideEmpty(scratchFolder(), commands, RUNS).map(({ name, ms, bare, ratio }) => [
  name,
  `${ms.toFixed(1)} ms`,
  `${bare.toFixed(1)} ms`,
  ratio.toFixed(2),
]);
printTable(['', 'median', 'empty script', 'ratio'], rows);

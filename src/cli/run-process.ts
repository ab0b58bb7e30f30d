/** The command as a process: what `bin/tokenhub.js` runs. */

import { main } from './main.js';
import { processIo } from './process-io.js';

void main(process.argv.slice(2), processIo()).then((exitCode) => {
  process.exitCode = exitCode;
});

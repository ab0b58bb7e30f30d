/** A folder for the files of one run, removed when the bench ends, however it ends. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function scratchFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'tokenhub-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A signal ends the bench by way of its `exit` listeners, which tidy up. */
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of tokenhub's package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The command as it is installed. */
export const bin = join(root, 'bin', 'tokenhub.js');

import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Without symbolic links, as far as the path exists. */
export function realOf(absolute: string): string {
  try {
    return realpathSync.native(absolute);
  } catch {
    const above = dirname(absolute);
    return above === absolute ? absolute : join(realOf(above), basename(absolute));
  }
}

/** The same for the folder alone: the last part may be a symbolic link itself. */
export const realLink = (absolute: string): string => join(realOf(dirname(absolute)), basename(absolute));

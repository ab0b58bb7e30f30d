import { sep } from 'node:path';

/** Whether a path is a folder itself, or beneath it; both absolute and normalized. */
export const isWithin = (path: string, folder: string): boolean =>
  path.startsWith(folder) && (path.length === folder.length || folder.endsWith(sep) || path[folder.length] === sep);

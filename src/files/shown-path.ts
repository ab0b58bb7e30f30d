import { relative, sep } from 'node:path';

/** Path with `/` between its parts on every system. */
export const slashed = (path: string): string => (sep === '/' ? path : path.split(sep).join('/'));

/**
 * A path as messages and tables show it: relative to `cwd` when beneath it, else as typed.
 *
 * @param typed  what stands for `absolute` when it is not beneath `cwd`
 */
export function shownPath(absolute: string, cwd: string, typed: string = absolute): string {
  const inside = slashed(relative(cwd, absolute));
  if (inside === '') return '.';
  const isBeneath = inside !== '..' && !inside.startsWith('../') && !/^([A-Za-z]:|\/)/.test(inside);
  return isBeneath ? inside : slashed(typed);
}

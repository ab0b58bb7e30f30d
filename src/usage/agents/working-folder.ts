import { NO_ORIGIN, type Origin } from '../event.js';
import { textOf } from '../reading/fields.js';

/**
 * Where an agent worked: the path of its working folder, and as project the last part of it, of Windows paths too.
 *
 * @param field  name of the folder's field in messages
 * @throws BAD_FIELD at `field` for what is no text
 */
export function originOfFolder(folder: unknown, field: string): Origin {
  const path = textOf(folder, field);
  const parts = path?.split(/[\\/]/).filter((part) => part !== '') ?? [];
  return { ...NO_ORIGIN, path, project: parts.at(-1) ?? null };
}

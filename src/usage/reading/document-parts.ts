/** Documents that hold many records of usage: a bad part is rejected by itself, with its path. */

import { TokenhubError } from '../../errors.js';
import type { UsageEvent } from '../event.js';
import type { Decoded } from '../source.js';

/** @param path  of the part in its document, such as `messages.3` */
export interface DocumentPart<T> {
  readonly path: string;
  readonly value: T;
}

/**
 * The events of the parts of one document, beside errors whose fields begin with the path of their part.
 *
 * @param decode   the part's event; `null`: it holds no usage
 * @param nothing  why the document is skipped when no part of it holds usage
 */
export function decodeParts<T>(
  parts: Iterable<DocumentPart<T>>,
  decode: (part: T) => UsageEvent | null,
  nothing: string,
): Decoded {
  const [events, rejects]: [UsageEvent[], TokenhubError[]] = [[], []];
  for (const { path, value } of parts) {
    try {
      const event = decode(value);
      if (event !== null) events.push(event);
    } catch (error) {
      if (!(error instanceof TokenhubError)) throw error;
      const { field } = error.place;
      rejects.push(error.movedTo({ ...error.place, field: field === undefined ? path : `${path}.${field}` }));
    }
  }
  return events.length + rejects.length === 0 ? { skipped: nothing } : { events, rejects };
}

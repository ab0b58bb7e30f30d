/** Documents that hold many records of usage: a bad one is rejected by itself, its field named by its path. */

import { TokenhubError } from '../../errors/tokenhub-error.js';
import type { UsageEvent } from '../event.js';
import type { Decoded } from '../source.js';

/** A part of a document, and its path in it, such as `messages.3`. */
export type Part<Value = unknown> = readonly [path: string, value: Value];

/** The entries of the list at `path`. */
export const partsIn = (list: readonly unknown[], path: string): readonly Part[] =>
  list.map((value, index) => [`${path}.${index}`, value] as const);

/**
 * What the parts of one document become together. A part may be such a document itself: paths of its rejects begin with
 * its own.
 *
 * @param decode   throws for a part that must be rejected
 * @param nothing  why the document is skipped when no part of it holds usage
 */
export function decodeParts<Value>(
  parts: Iterable<Part<Value>>,
  decode: (value: Value) => Decoded,
  nothing: string,
): Decoded {
  const [events, rejects]: [UsageEvent[], TokenhubError[]] = [[], []];
  for (const [path, value] of parts) {
    const decoded = decodedOrRejected(value, decode);
    if ('skipped' in decoded) continue;
    for (const event of decoded.events) events.push(event);
    for (const error of decoded.rejects ?? []) rejects.push(inPart(error, path));
  }
  return events.length + rejects.length === 0 ? { skipped: nothing } : { events, rejects };
}

function decodedOrRejected<Value>(value: Value, decode: (value: Value) => Decoded): Decoded {
  try {
    return decode(value);
  } catch (error) {
    if (error instanceof TokenhubError) return { events: [], rejects: [error] };
    throw error;
  }
}

function inPart(error: TokenhubError, path: string): TokenhubError {
  const { field } = error.place;
  return error.movedTo({ ...error.place, field: field === undefined ? path : `${path}.${field}` });
}

/** The events of a record; none: it is skipped, and `nothing` says why. */
export const eventsOr = (events: readonly UsageEvent[], nothing: string): Decoded =>
  events.length === 0 ? { skipped: nothing } : { events };

import { TokenhubError } from '../../errors.js';
import type { UsageEvent } from '../event.js';
import type { Decoded } from '../source.js';

/**
 * The records of one document, decoded one by one: the good ones are events, the bad ones are rejected by their place in
 * the document (`data.3.usage_details`).
 *
 * @param path    name of the list, as errors write it
 * @param decode  throws for a record that must be rejected
 */
export function decodeMany(records: readonly unknown[], path: string, decode: (value: unknown) => Decoded): Decoded {
  const events: UsageEvent[] = [];
  const rejects: TokenhubError[] = [];
  for (const [index, value] of records.entries()) {
    try {
      const decoded = decode(value);
      if ('skipped' in decoded) continue;
      events.push(...decoded.events);
    } catch (error) {
      if (!(error instanceof TokenhubError)) throw error;
      const field = `${path}.${index}`;
      rejects.push(error.movedTo({ field: error.place.field === undefined ? field : `${field}.${error.place.field}` }));
    }
  }
  return events.length + rejects.length === 0 ? { skipped: 'no usage' } : { events, rejects };
}

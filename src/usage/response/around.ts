/** What a log says around a response, on the line itself or in its `metadata`. */

import type { Origin } from '../event.js';
import { fieldsAt, scalarTextOf, valueAt } from '../reading/fields.js';
import { statedUnit } from '../reading/stated-unit.js';
import { tagsOf } from '../reading/tags.js';
import type { ResponseLine } from './response-line.js';

/** Its fields, and their other names. */
const AROUND = {
  key: ['key', 'api_key'],
  account: ['account'],
  workspace: ['workspace'],
  project: ['project'],
  team: ['team'],
  user: ['user'],
  agent: ['agent'],
  session: ['session'],
  service: ['service'],
  consumer: ['consumer'],
  unit: ['unit'],
  provider: ['provider'],
  region: ['region'],
} as const;

/** The text of one of them; objects there are not ours. Throws BAD_FIELD. */
export function around({ line }: ResponseLine, name: keyof typeof AROUND): string | null {
  const metadata = fieldsAt(line, 'metadata');
  for (const field of AROUND[name]) {
    const text = scalarTextOf(valueAt(line, field), field);
    const inner = text === null && metadata !== null ? scalarTextOf(valueAt(metadata, field), field) : text;
    if (inner !== null) return inner;
  }
  return null;
}

export const originOf = (parts: ResponseLine): Origin => ({
  unit: statedUnit(around(parts, 'unit')),
  key: around(parts, 'key'),
  workspace: around(parts, 'workspace'),
  project: around(parts, 'project'),
  team: around(parts, 'team'),
  user: around(parts, 'user'),
  service: around(parts, 'service'),
  consumer: around(parts, 'consumer'),
  path: null,
  tags: tagsOf(fieldsAt(parts.line, 'tags')),
});

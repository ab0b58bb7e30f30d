import { badField } from '../../errors/usage-records.js';
import { type Fields, textOf } from './fields.js';

/** Tags one record may carry. */
const MAX_TAGS = 64;

/**
 * Tags of a record, by name; empty values are left out. Built from entries, so that no name reaches a prototype.
 *
 * @throws BAD_FIELD at `tags` for more than 64, and at `tag:<name>` for a value that is no text
 */
export function tagsOf(tags: Fields | null): Readonly<Record<string, string>> {
  if (tags === null) return {};
  const names = Object.keys(tags);
  if (names.length > MAX_TAGS) throw badField('tags', names.length, 'are too many tags', `keep at most ${MAX_TAGS}`);
  return Object.fromEntries(names.map((name) => tagOf(name, tags[name])).filter((tag) => tag !== null));
}

function tagOf(name: string, value: unknown): readonly [string, string] | null {
  const tag = textOf(name, 'tags');
  const text = textOf(value, `tag:${name}`);
  return tag === null || text === null ? null : [tag, text];
}

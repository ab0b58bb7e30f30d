import { badField } from '../../errors.js';
import { isFields, shown, textOf } from './fields.js';
import { tagsOf } from './tags.js';

/** Tags one list may have. */
const MAX_LIST = 64;

/**
 * Tags of an export that has a list of words instead of names and values: `app:portal` is tag `app` of value `portal`,
 * a word without a colon is a tag of value `true`, and values of one name are joined by commas. An object is read as
 * names and values.
 *
 * @throws BAD_FIELD at `field`
 * @example listTagsOf(['team-a', 'app: portal'], 'tags') // { 'team-a': 'true', app: 'portal' }
 */
export function listTagsOf(value: unknown, field: string): Readonly<Record<string, string>> {
  if (value === null || value === undefined) return {};
  if (isFields(value)) return tagsOf(value);
  if (!Array.isArray(value)) throw badField(field, shown(value), 'is no list of tags', 'write ["app:portal"]');
  if (value.length > MAX_LIST) throw badField(field, value.length, 'are too many tags', `keep at most ${MAX_LIST}`);
  const tags = new Map<string, string>();
  for (const entry of value) {
    const text = textOf(entry, field);
    if (text !== null) addTag(tags, text);
  }
  return tagsOf(Object.fromEntries(tags));
}

function addTag(tags: Map<string, string>, text: string): void {
  const colon = text.indexOf(':');
  const isPair = colon > 0 && colon < text.length - 1;
  const name = isPair ? text.slice(0, colon).trim() : text;
  const value = isPair ? text.slice(colon + 1).trim() : 'true';
  const other = tags.get(name);
  tags.set(name, other === undefined || other === value ? value : `${other},${value}`);
}

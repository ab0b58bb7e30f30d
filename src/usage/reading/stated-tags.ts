/** The tags a record states, in whichever form: names and values, a list of words, or either as JSON text. */

import { badField } from '../../errors/usage-records.js';
import { isFields, shown, textOf } from './fields.js';
import { jsonCell } from './json-cell.js';
import { remembered } from './remembered.js';
import { tagsOf } from './tags.js';

type Tags = Readonly<Record<string, string>>;

/** Tags one list may have. */
const MAX_LIST = 64;

/**
 * Reads a field or cell of tags.
 *
 * - An object is names and values. Azure leaves out the braces of its text in some exports: `"team": "search","env": "prod"`.
 * - In a list `app:portal` is tag `app` of value `portal`, a word without a colon is a tag of value `true`, and values of
 *   one name are joined by commas.
 *
 * @throws BAD_FIELD at `field`
 * @example statedTagsOf(['team-a', 'app: portal'], 'tags') // { 'team-a': 'true', app: 'portal' }
 */
export const statedTagsOf = (value: unknown, field: string): Tags =>
  typeof value === 'string' ? tagsOfText(value, field) : tagsOfValue(value, field);

/** Cells of tags repeat from row to row. */
const tagsOfText = remembered((text: string, field: string) => {
  const plain = text.trim();
  return tagsOfValue(jsonCell(plain.startsWith('"') ? `{${plain.replace(/,$/, '')}}` : plain, field), field);
});

function tagsOfValue(value: unknown, field: string): Tags {
  if (value === null || value === undefined) return {};
  if (isFields(value)) return tagsOf(value);
  if (!Array.isArray(value)) throw badField(field, shown(value), 'are no tags', 'write {"app": "portal"}');
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

import { badField } from '../errors.js';
import { isFields, shown } from './fields.js';
import { jsonCell } from './row.js';
import { tagsOf } from './tags.js';

/**
 * Tags of a line of a cloud's bill: a JSON object, of which Azure leaves out the braces in some exports
 * (`"team": "search","env": "prod"`).
 *
 * @throws BAD_FIELD at `field`
 */
export function billTagsOf(value: unknown, field: string): Readonly<Record<string, string>> {
  const text = typeof value === 'string' ? value.trim() : value;
  const bare = typeof text === 'string' && text.startsWith('"') ? `{${text.replace(/,$/, '')}}` : text;
  const tags = jsonCell(bare, field) ?? {};
  if (!isFields(tags)) throw badField(field, shown(tags), 'is no object', 'write {"team": "search"}');
  return tagsOf(tags);
}

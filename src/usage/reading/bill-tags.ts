import { badField } from '../../errors.js';
import { isFields, shown } from './fields.js';
import { remembered } from './remembered.js';
import { jsonCell } from './row.js';
import { tagsOf } from './tags.js';

/**
 * Tags of a line of a cloud's bill: a JSON object, of which Azure leaves out the braces in some exports
 * (`"team": "search","env": "prod"`).
 *
 * @throws BAD_FIELD at `field`
 */
export const billTagsOf = (value: unknown, field: string): Readonly<Record<string, string>> =>
  typeof value === 'string' ? textTags(value, field) : readTags(value, field);

const textTags = remembered((text: string, field: string) => {
  const plain = text.trim();
  return readTags(plain.startsWith('"') ? `{${plain.replace(/,$/, '')}}` : plain, field);
});

function readTags(value: unknown, field: string): Readonly<Record<string, string>> {
  const tags = jsonCell(value, field) ?? {};
  if (!isFields(tags)) throw badField(field, shown(tags), 'is no object', 'write {"team": "search"}');
  return tagsOf(tags);
}

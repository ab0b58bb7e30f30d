/** JSON text of a value whose counts may be bigint. Node 20 has no `JSON.rawJSON`, so it is written by hand. */

/**
 * Pretty JSON, two spaces, ending in a newline. A bigint is a bare exact integer; `undefined` members are left out, as
 * `JSON.stringify` does; keys keep their order. Control and direction characters are escaped in strings and keys.
 *
 * @throws TypeError for what JSON cannot hold: NaN, infinities, functions, symbols; such a value is a bug
 */
export const renderJson = (value: unknown): string => `${write(value, '\n')}\n`;

/** The same on one line, without the newline at the end. */
export const compactJson = (value: unknown): string => write(value, null);

/** `newline`: line break and indentation of the line the value begins on; `null`: everything on one line. */
function write(value: unknown, newline: string | null): string {
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'boolean':
      return String(value);
    case 'number':
      return writeNumber(value);
    case 'string':
      return writeString(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeList(value, newline) : writeObject(value, newline);
    default:
      throw new TypeError(`${typeof value} is no JSON value`);
  }
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} is no JSON value`);
  return JSON.stringify(value);
}

const writeList = (items: readonly unknown[], newline: string | null): string =>
  enclose(
    '[',
    items.map((item) => write(item ?? null, deeper(newline))),
    ']',
    newline,
  );

function writeObject(members: object, newline: string | null): string {
  const texts = Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${writeString(key)}:${newline === null ? '' : ' '}${write(value, deeper(newline))}`);
  return enclose('{', texts, '}', newline);
}

const deeper = (newline: string | null): string | null => (newline === null ? null : `${newline}  `);

function enclose(open: string, parts: readonly string[], close: string, newline: string | null): string {
  if (parts.length === 0 || newline === null) return `${open}${parts.join(',')}${close}`;
  const inner = deeper(newline);
  return `${open}${inner}${parts.join(`,${inner}`)}${newline}${close}`;
}

/** What `JSON.stringify` leaves bare although a terminal, a browser or an editor acts on it. */
const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

const writeString = (text: string): string =>
  JSON.stringify(text).replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

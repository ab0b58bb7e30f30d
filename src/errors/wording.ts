/** Pieces of messages and hints. */

/** A value as it may stand in a message: quoted, control characters escaped, cut at 60 characters. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const cut = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return `"${cut.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069"\\]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}

/** A text as a shell takes it for one word: as it is, else in single quotes. */
export const shellWord = (text: string): string =>
  /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

export const didYouMean = (names: readonly string[]): string =>
  names.length > 0 ? `did you mean ${names.join(' or ')}? if not, ` : '';

export const meant = (near: string | null, otherwise: string): string =>
  near === null ? otherwise : `did you mean ${quoted(near)}?`;

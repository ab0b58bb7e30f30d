/**
 * Characters that act instead of being shown: C0 and C1 controls, line and paragraph separators, bidi marks and
 * overrides (CVE-2021-42574), the byte order mark, and halves of surrogate pairs.
 */
const ACTING = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu;

/**
 * Text from outside as it may be printed: what would move the cursor, colour the terminal, break a line or turn its
 * direction is written as an escape.
 *
 * @example visible('a\u001b[2J\nb') // 'a\\x1b[2J\\nb'
 */
export const visible = (text: string): string => (PLAIN.test(text) ? text : text.replace(ACTING, escapeOf));

/** Nothing in it acts; most texts are plain, and this is quicker to see. */
const PLAIN = /^[\x20-\x7e]*$/;

const NAMED: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

function escapeOf(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16);
  return NAMED.get(character) ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`);
}

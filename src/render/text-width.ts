import stringWidth from 'string-width';

/** Text whose every character takes one column: ASCII, and the rule and the ellipsis of tables. */
const PLAIN = /^[\x20-\x7e─…]*$/;

/** Columns of a terminal that a text takes: wide characters two, marks none. */
export const textWidth = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));

import stringWidth from 'string-width';

/** Text whose every character takes one column: ASCII, and the lines and the ellipsis of tables. */
const PLAIN = /^[\x20-\x7e\u2500-\u257f\u2026]*$/;

/** Columns of a terminal that a text takes: wide characters two, marks none. */
export const textWidth = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));

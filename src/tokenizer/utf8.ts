const encoder = new TextEncoder();

/** The UTF-8 bytes of a text; each lone surrogate becomes U+FFFD (WHATWG rule), as in the reference. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

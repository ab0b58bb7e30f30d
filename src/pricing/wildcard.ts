/**
 * Whether a text matches a pattern in which `*` stands for any run of characters, the empty one included. Anchored at
 * both ends; no other character is special and case counts. The texts between the stars are looked for from left to
 * right, never back, so that no pattern is slow on any text.
 *
 * @example compileWildcard('llm-*')('llm-wukong') // true
 */
export function compileWildcard(pattern: string): (text: string) => boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return (text) => text === pattern;
  const middles = rest.filter((part) => part !== '');
  return (text) =>
    text.length >= head.length + tail.length &&
    text.startsWith(head) &&
    text.endsWith(tail) &&
    holdsInOrder(text.slice(head.length, text.length - tail.length), middles);
}

/** The earliest place of each part leaves the most room for the next, so the first try is the only one needed. */
function holdsInOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return true;
}

/**
 * Whether some text matches both patterns.
 *
 * @example wildcardsMeet('qwen*', '*-max') // true
 *
 * Time O(length of a × length of b).
 */
export function wildcardsMeet(a: string, b: string): boolean {
  // meets[j]: some text matches what is left of a from i on and of b from j on
  let meets: boolean[] = [];
  for (let i = a.length; i >= 0; i--) {
    const after = meets;
    meets = [];
    for (let j = b.length; j >= 0; j--) {
      if (i === a.length && j === b.length) meets[j] = true;
      else if (a[i] === '*') meets[j] = after[j]! || (j < b.length && meets[j + 1]!);
      else if (b[j] === '*') meets[j] = meets[j + 1]! || (i < a.length && after[j]!);
      else meets[j] = i < a.length && j < b.length && a[i] === b[j] && after[j + 1]!;
    }
  }
  return meets[0]!;
}

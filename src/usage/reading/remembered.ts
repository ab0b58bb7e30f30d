/** Texts remembered: more differ only in exports of which nothing repeats. */
const REMEMBERED = 4096;

/**
 * A function of texts that remembers what it made of each: cells of an export repeat all the time. Nothing is kept of a
 * text that it throws for.
 *
 * @param make  pure; its results are shared, so they must not be changed
 */
export function remembered<Texts extends readonly string[], Made>(
  make: (...texts: Texts) => Made,
): (...texts: Texts) => Made {
  const known = new Map<string, Made>();
  return (...texts) => {
    const key = texts.join('\u0000');
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(...texts);
    if (known.size >= REMEMBERED) known.clear();
    known.set(key, made);
    return made;
  };
}

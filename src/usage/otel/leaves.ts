import { hasUsage } from './span-usage.js';
import type { Span } from './spans.js';

/** Spans of which it is remembered that there is usage beneath them; one that never comes is forgotten at last. */
const MAX_AWAITED = 100_000;

/**
 * Finds the spans whose usage counts: those with usage of their own and none beneath them, since a span above a call
 * (`invoke_agent`, a workflow, a chain) repeats what the calls beneath it used. "Beneath" looks through spans without
 * usage, over the whole document, and over earlier documents of the file: a span is exported when it ends, after
 * those beneath it.
 */
export function leafFinder(): (spans: readonly Span[]) => readonly Span[] {
  /** Keys of spans not seen yet that have usage beneath them. */
  const awaited = new Set<string>();
  return (spans) => {
    const byKey = new Map(spans.map((span) => [span.key, span]));
    const above = new Set<string>();
    for (const span of spans) if (hasUsage(span.attributes) || awaited.has(span.key)) markAbove(span, byKey, above);
    const leaves = spans.filter(
      ({ key, attributes }) => hasUsage(attributes) && (key === '' || !(above.has(key) || awaited.has(key))),
    );
    for (const span of spans) awaited.delete(span.key);
    for (const key of above) if (!byKey.has(key)) awaited.add(key);
    forgetOldest(awaited);
    return leaves;
  };
}

/** Marks every span above one, as far up as the document goes, and the one that is in another. */
function markAbove(span: Span, byKey: ReadonlyMap<string, Span>, above: Set<string>): void {
  for (let key = span.parentKey; key !== '' && !above.has(key); key = byKey.get(key)?.parentKey ?? '') above.add(key);
}

/** A set keeps the order in which its members came. */
function forgetOldest(awaited: Set<string>): void {
  for (const key of awaited) {
    if (awaited.size <= MAX_AWAITED) return;
    awaited.delete(key);
  }
}

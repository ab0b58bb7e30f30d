import type { CountedContext } from '../../render/context-line.js';
import { windowShare } from '../../tokenizer/context-windows.js';
import { windowsOf } from './windows-of.js';

interface Countable {
  /** `null`: an encoding was asked for by name, which has no window. */
  readonly model: string | null;
  readonly total: { readonly tokens: number };
}

/** Counts with the part of its context window that each model's total takes; `null` where the window is not known. */
export async function withContext<Count extends Countable>(
  counts: readonly Count[],
): Promise<(Count & { readonly context: CountedContext | null })[]> {
  const models = counts.flatMap(({ model }) => (model === null ? [] : [model]));
  const windows = new Map((await windowsOf(models, 'intl')).map((window, i) => [models[i]!, window]));
  return counts.map((count) => {
    const window = count.model === null ? null : (windows.get(count.model) ?? null);
    if (window === null) return { ...count, context: null };
    const share = windowShare(count.total.tokens, window);
    return { ...count, context: { window: window.tokens, share, source: window.source } };
  });
}

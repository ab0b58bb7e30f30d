/** Context windows of the package `@pydantic/genai-prices`, for models that our own table does not list. */

import type { ContextWindow } from '../tokenizer/context-windows.js';
import { listedModel } from './genai-match.js';
import { VERSION } from './genai-prices.js';

const SOURCE = `@pydantic/genai-prices ${VERSION}, context_window`;

/** Asks the list for the window of a provider's model, by the exact name match of its prices; `null`: it states none. */
export type ListedWindow = (model: string, provider: string) => ContextWindow | null;

/** Opens the list; it takes a quarter of a second, once, and is the same the prices come from. */
export async function openListedWindows(): Promise<ListedWindow> {
  const library = await import('@pydantic/genai-prices');
  return (model, provider) => {
    const tokens = listedModel(library, model, provider)?.model.context_window;
    return tokens === undefined || tokens <= 0 ? null : { tokens, maxOutput: null, source: SOURCE };
  };
}

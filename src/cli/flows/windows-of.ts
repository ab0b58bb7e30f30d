import { openListedWindows } from '../../pricing/genai-windows.js';
import { type ContextWindow, contextWindowOf } from '../../tokenizer/context-windows.js';
import { providerOf } from '../../usage/providers.js';

/**
 * The context window of each model, in the same order; `null` where it is not known.
 *
 * Our own table first; genai-prices, which takes a quarter of a second to load, only for models it does not hold.
 */
export async function windowsOf(
  models: readonly string[],
  region: 'cn' | 'intl',
): Promise<readonly (ContextWindow | null)[]> {
  const own = models.map((model) => contextWindowOf(model, region));
  if (!own.includes(null)) return own;
  const listed = await openListedWindows();
  return own.map((window, i) => window ?? listed(models[i]!, providerOf(models[i]!, null)));
}

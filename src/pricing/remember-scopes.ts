import type { Mode, PriceScope } from './price.js';

/** Distinct models kept; a log with more of them only costs time. */
const MOST_KEPT = 10_000;

/**
 * Remembers what was made of a model, provider and mode. Three look-ups of the names as they are: joining them into one
 * key would take longer than the rest of a price look-up.
 *
 * @param make  answers the same for the same names, whenever it is asked
 */
export function rememberScopes<T>(make: (scope: PriceScope) => T): (scope: PriceScope) => T {
  const providers = new Map<string, Map<string, Map<Mode, T>>>();
  let kept = 0;
  const add = (scope: PriceScope): T => {
    const { model, provider, mode } = scope;
    if (kept++ >= MOST_KEPT) {
      providers.clear();
      kept = 1;
    }
    const made = make(scope);
    const models = providers.get(provider) ?? new Map<string, Map<Mode, T>>();
    const modes = models.get(model) ?? new Map<Mode, T>();
    providers.set(provider, models.set(model, modes.set(mode, made)));
    return made;
  };
  return (scope) => providers.get(scope.provider)?.get(scope.model)?.get(scope.mode) ?? add(scope);
}

/** Models by any of their names, and by those the ledger has. */

import type { Config } from '../../files/config-type.js';
import { modelNames } from '../../hub/model-names.js';
import type { Ledger } from '../../ledger/ledger.js';

type Names = Pick<Ledger, 'names'>;

/** Every name the ledger has for the models asked for; one it has no name for stays as it was asked. `null`: all models. */
export async function recordedModels(
  ledger: Names,
  asked: readonly string[] | null,
  models: Config['models'],
): Promise<readonly string[] | null> {
  if (asked === null) return null;
  const nameOf = modelNames(models);
  const recorded = await ledger.names('model');
  const found = asked.map((name) => {
    const same = recorded.filter((each) => nameOf(each) === nameOf(name));
    return same.length === 0 ? [name] : same;
  });
  return [...new Set(found.flat())];
}

/** Whether the config tells of a model of this name, which may have used nothing yet. */
export const isModelOfConfig = (name: string, models: Config['models']): boolean =>
  Object.hasOwn(models, modelNames(models)(name));

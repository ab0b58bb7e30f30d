import type { Recording } from '../usage/recording.js';
import type { UnitDefinition } from './units.js';

/** The unit that runs what made a recording: one that names its account, else one that names the source alone; `null`: none. */
export function operatorOf({ source, account }: Recording, units: readonly UnitDefinition[]): string | null {
  const runs = (of: string | null) =>
    units.find(({ operates }) => operates.some((each) => each.source === source && each.account === of))?.id ?? null;
  return runs(account) ?? runs(null);
}

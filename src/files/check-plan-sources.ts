import { quoted } from '../errors/wording.js';
import { nearest } from '../nearest.js';
import type { RawConfig } from './config-schema.js';
import type { ConfigSource } from './config-source.js';

/** Throws BAD_CONFIG for a plan of a source that does not exist. Sources are loaded only where a plan names one. */
export async function checkPlanSources({ plans = [] }: RawConfig, config: ConfigSource): Promise<void> {
  if (plans.every(({ source }) => source === undefined)) return;
  const { SOURCE_NAMES } = await import('../usage/sources/all.js');
  for (const [index, { source }] of plans.entries()) {
    if (source === undefined || SOURCE_NAMES.includes(source)) continue;
    const meant = nearest(source, SOURCE_NAMES);
    const hint = meant === null ? `use one of ${SOURCE_NAMES.join(', ')}` : `did you mean ${meant}?`;
    throw config.wrong(['plans', index, 'source'], `${quoted(source)} is no source of usage`, hint);
  }
}

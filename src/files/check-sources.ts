import { quoted } from '../errors/wording.js';
import { nearest } from '../nearest.js';
import type { RawConfig } from './config-schema.js';
import type { ConfigPath, ConfigSource } from './config-source.js';

/** Throws BAD_CONFIG for a source that does not exist. Sources are loaded only where the config names one. */
export async function checkSources(raw: RawConfig, config: ConfigSource): Promise<void> {
  const named = [...sourcesOfPlans(raw), ...sourcesOfUnits(raw)];
  if (named.length === 0) return;
  const { SOURCE_NAMES } = await import('../usage/sources/all.js');
  for (const { source, path } of named) {
    if (SOURCE_NAMES.includes(source)) continue;
    const meant = nearest(source, SOURCE_NAMES);
    const hint = meant === null ? `use one of ${SOURCE_NAMES.join(', ')}` : `did you mean ${meant}?`;
    throw config.wrong(path, `${quoted(source)} is no source of usage`, hint);
  }
}

interface NamedSource {
  readonly source: string;
  readonly path: ConfigPath;
}

const sourcesOfPlans = ({ plans = [] }: RawConfig): NamedSource[] =>
  plans.flatMap(({ source }, index) => (source === undefined ? [] : [{ source, path: ['plans', index, 'source'] }]));

const sourcesOfUnits = ({ units = {} }: RawConfig): NamedSource[] =>
  Object.entries(units).flatMap(([id, { operates = [] }]) =>
    operates.map(({ source }, index) => ({ source, path: ['units', id, 'operates', index, 'source'] })),
  );

/** Contracts and plans of a config: whom they are for, and from when to when. */

import { resolve } from 'node:path';
import { type Coverage, refuseOverlaps } from '../pricing/contract.js';
import { parseDecimal } from '../pricing/decimal.js';
import { modelName } from '../pricing/model-name.js';
import type { Plan } from '../usage/plans.js';
import { providerOf } from '../usage/providers.js';
import { startOfDay } from '../usage/time/time-zone.js';
import type { RawConfig, RawContract, RawPlan } from './config-schema.js';
import type { ConfigPath, ConfigSource } from './config-source.js';
import type { ConfigContract } from './config-type.js';

/**
 * In the order of the config. Days are those of its time zone, `to` is included.
 *
 * @throws BAD_CONFIG, also when two contracts of one rank cover the same usage
 */
export function buildContracts(
  { contracts = [], timeZone = 'UTC' }: RawConfig,
  source: ConfigSource,
): ConfigContract[] {
  const built = contracts.map((raw, index): ConfigContract => {
    const path = ['contracts', index];
    if (raw.discount === undefined && raw.prices === undefined)
      throw source.wrong(path, 'says nothing of a price', 'add discount: 15%, or prices: [contract.yaml]');
    return {
      name: raw.name,
      ...coverageOf(raw, path, source, timeZone),
      discount: raw.discount === undefined ? null : parseDecimal(`${raw.discount.replace(/ ?%$/, '')}e-2`),
      prices: (raw.prices ?? []).map((file) => resolve(source.folder, file)),
      place: { file: source.shown, line: source.lineOf(path), field: `contracts[${index}]` },
    };
  });
  refuseOverlaps(built);
  return built;
}

/** In the order of the config, in which they are asked. Throws BAD_CONFIG. */
export const buildPlans = ({ plans = [], timeZone = 'UTC' }: RawConfig, source: ConfigSource): Plan[] =>
  plans.map((raw, index) => ({
    name: raw.name,
    ...coverageOf(raw, ['plans', index], source, timeZone),
    source: raw.source ?? null,
  }));

const HOLDERS = ['key', 'account', 'provider'] as const;

function coverageOf(raw: RawContract | RawPlan, path: ConfigPath, source: ConfigSource, timeZone: string): Coverage {
  const { provider = null, account = null, key = null, models = [], from = null, to = null } = raw;
  const isOfSource = 'source' in raw && raw.source !== undefined;
  if (!isOfSource && HOLDERS.every((holder) => raw[holder] === undefined)) {
    const others = path[0] === 'plans' ? 'an account, a key or a source' : 'an account or a key';
    throw source.wrong(path, 'is for nobody', `add a provider, ${others}`);
  }
  if (from !== null && to !== null && from > to)
    throw source.wrong([...path, 'to'], `is before from (${from})`, 'swap the two; both days are included');
  const canonical = provider === null ? null : providerOf('', provider);
  return {
    provider: canonical,
    account,
    key,
    models: models.map((model) => modelName(model, canonical ?? '')),
    from: from === null ? null : dayStart(from, 0, timeZone),
    to: to === null ? null : dayStart(to, 1, timeZone),
  };
}

/** First instant (ms) of the day `daysAfter` days after a date. */
function dayStart(date: string, daysAfter: 0 | 1, timeZone: string): number {
  const day = new Date(Date.parse(`${date}T00:00Z`) + daysAfter * 86_400_000);
  return startOfDay({ year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() }, timeZone);
}

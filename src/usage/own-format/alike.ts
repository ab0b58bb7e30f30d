/** What many rows have in common. */

import type { Mode } from '../../pricing/price.js';
import type { Origin } from '../event.js';
import { providerOf } from '../providers.js';
import { modeOf } from '../reading/mode.js';
import { modelOf } from '../reading/model-name.js';
import { statedUnit } from '../reading/stated-unit.js';
import type { Alike } from './row.js';

/** What a call is billed by, and how it ended. */
interface Terms {
  readonly model: string;
  readonly provider: string;
  readonly mode: Mode;
  readonly status: string | null;
  readonly account: string | null;
}

export const TERMS: Alike<Terms> = {
  place: 0,
  fields: ['model', 'provider', 'service_tier', 'status', 'account'],
  tags: false,
  make: (row) => {
    const model = modelOf([row.cell('model')], row.field('model'));
    return {
      model,
      provider: providerOf(model, row.text('provider')),
      mode: modeOf(row.cell('service_tier'), null) ?? 'standard',
      status: row.text('status'),
      account: row.text('account'),
    };
  },
};

/** One text for all origins of a unit. */
export const UNIT: Alike<string | null> = {
  place: 4,
  fields: ['unit'],
  tags: false,
  make: (row) => statedUnit(row.text('unit')),
};

export const ORIGIN: Alike<Origin> = {
  place: 1,
  fields: ['unit', 'key', 'workspace', 'project', 'team', 'user', 'service', 'consumer'],
  tags: true,
  make: (row) => ({
    unit: row.alike(UNIT),
    key: row.text('key'),
    workspace: row.text('workspace'),
    project: row.text('project'),
    team: row.text('team'),
    user: row.text('user'),
    service: row.text('service'),
    consumer: row.text('consumer'),
    path: null,
    tags: row.tags(),
  }),
};

export const AGENT: Alike<string | null> = {
  place: 2,
  fields: ['agent'],
  tags: false,
  make: (row) => row.text('agent'),
};
export const SESSION: Alike<string | null> = {
  place: 3,
  fields: ['session'],
  tags: false,
  make: (row) => row.text('session'),
};

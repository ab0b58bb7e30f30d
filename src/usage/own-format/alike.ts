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

export const ORIGIN: Alike<Origin> = {
  fields: ['unit', 'key', 'workspace', 'project', 'team', 'user', 'service', 'consumer'],
  tags: true,
  make: (row) => ({
    unit: statedUnit(row.text('unit')),
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

export const AGENT: Alike<string | null> = { fields: ['agent'], tags: false, make: (row) => row.text('agent') };
export const SESSION: Alike<string | null> = { fields: ['session'], tags: false, make: (row) => row.text('session') };

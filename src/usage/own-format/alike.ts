/** What many rows have in common. */

import type { Mode } from '../../pricing/price.js';
import type { Origin } from '../event.js';
import { providerOf } from '../providers.js';
import { modeOf } from '../reading/mode.js';
import { modelOf } from '../reading/model-name.js';
import { statedUnit } from '../reading/stated-unit.js';
import { FIELD } from './columns.js';
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
  fields: [FIELD.model, FIELD.provider, FIELD.service_tier, FIELD.status, FIELD.account],
  tags: false,
  make: (row) => {
    const model = modelOf([row.cell(FIELD.model)], row.field(FIELD.model));
    return {
      model,
      provider: providerOf(model, row.text(FIELD.provider)),
      mode: modeOf(row.cell(FIELD.service_tier), null) ?? 'standard',
      status: row.text(FIELD.status),
      account: row.text(FIELD.account),
    };
  },
};

/** One text for all origins of a unit. */
export const UNIT: Alike<string | null> = {
  place: 4,
  fields: [FIELD.unit],
  tags: false,
  make: (row) => statedUnit(row.text(FIELD.unit)),
};

export const ORIGIN: Alike<Origin> = {
  place: 1,
  fields: [
    FIELD.unit,
    FIELD.key,
    FIELD.workspace,
    FIELD.project,
    FIELD.team,
    FIELD.user,
    FIELD.service,
    FIELD.consumer,
  ],
  tags: true,
  make: (row) => ({
    unit: row.alike(UNIT),
    key: row.text(FIELD.key),
    workspace: row.text(FIELD.workspace),
    project: row.text(FIELD.project),
    team: row.text(FIELD.team),
    user: row.text(FIELD.user),
    service: row.text(FIELD.service),
    consumer: row.text(FIELD.consumer),
    path: null,
    tags: row.tags(),
  }),
};

export const AGENT: Alike<string | null> = {
  place: 2,
  fields: [FIELD.agent],
  tags: false,
  make: (row) => row.text(FIELD.agent),
};
export const SESSION: Alike<string | null> = {
  place: 3,
  fields: [FIELD.session],
  tags: false,
  make: (row) => row.text(FIELD.session),
};

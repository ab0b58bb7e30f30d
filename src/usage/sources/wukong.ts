import { NO_ORIGIN, usageEvent } from '../event.js';
import { hasColumns, namesIn } from '../reading/columns.js';
import { quantityOf } from '../reading/count.js';
import { modelOf } from '../reading/model-name.js';
import { tables } from '../reading/recognise.js';
import { decodeRows, type Row } from '../reading/row.js';
import { tagsOf } from '../reading/tags.js';
import type { Decoded, Source } from '../source.js';
import { dashedDate } from '../time/calendar-text.js';
import { parseTime } from '../time/record-time.js';

const COLUMNS = {
  date: ['date'],
  organization: ['organization'],
  user: ['user_id'],
  team: ['department'],
  seat: ['seat_type'],
  model: ['model'],
  feature: ['feature'],
  grains: ['grains'],
} as const;
type GrainRow = Row<keyof typeof COLUMNS>;

/**
 * Usage of Wukong, which is booked in grains: a measure of its own, neither tokens nor money, taken from seats and from a
 * pool of the organisation. A line is a day (UTC+8) of one person, seat, model and feature; what the same of these used
 * on a day adds up. Names of people and the balance are not kept. Grains are an account of their own, since no other
 * recording tells of them.
 */
export const wukong: Source = {
  name: 'wukong',
  title: 'Wukong usage in grains',
  kind: 'table',
  role: 'app',
  documentation: 'https://www.dingtalk.com/wukong',
  account: 'wukong',
  reads: namesIn(COLUMNS),
  key: 'date, organisation, person, department, seat, model and feature',
  recognises: tables((headers) => hasColumns(headers, 'date', 'grains', 'seat_type', 'user_id')),
  decoder: decodeRows(COLUMNS, decodeGrains),
};

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeGrains(row: GrainRow): Decoded {
  const grains = quantityOf(row.cell('grains'), row.field('grains'));
  if (grains === null || grains === 0n) return { skipped: 'no grains' };
  const event = usageEvent({
    ...parseTime(dashedDate(row.required('date')), 'Asia/Shanghai', row.field('date')),
    model: modelOf([row.cell('model')], row.field('model')),
    provider: 'alibaba',
    origin: {
      ...NO_ORIGIN,
      team: row.text('team'),
      user: row.text('user'),
      tags: tagsOf({
        organization: row.text('organization'),
        seat_type: row.text('seat'),
        feature: row.text('feature'),
      }),
    },
    requests: 0,
    quantities: { grain: grains },
  });
  return { events: [event] };
}

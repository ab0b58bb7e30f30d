/** What a report was asked, as its JSON says it. */

import type { ReportFacts } from './breakdown.js';
import { rateUses } from './converted.js';
import { nameOfNone } from './filter.js';
import type { ReportLines } from './lines.js';
import { UNASSIGNED } from './query.js';
import { mapKinds, recordingsRead } from './side-by-side.js';

export const queryEcho = ({ query, before = null, kpi = null, exchange = null }: ReportFacts, lines: ReportLines) => ({
  from: isoText(query.window.from),
  to: isoText(query.window.to),
  tz: query.window.timeZone,
  cost: query.sideBySide ? ('all' as const) : query.cost,
  ...(lines.costs === null ? {} : { costRecordings: mapKinds(lines.costs, recordingsRead) }),
  units: query.units?.map((unit) => unit ?? UNASSIGNED) ?? null,
  models: query.models,
  filters: query.filters.map(({ field, op, values }) => ({
    field,
    op,
    values: values.map((value) => value ?? nameOfNone(field)),
  })),
  sort: query.sort,
  top: query.top,
  compare: before === null ? null : { from: isoText(before.window.from), to: isoText(before.window.to) },
  per: kpi?.metric ?? null,
  exchange:
    exchange === null
      ? null
      : {
          currency: exchange.currency,
          rate: exchange.kind,
          used: rateUses([lines.converting, lines.convertingBefore]),
        },
});

/** ISO 8601 in UTC. */
export const isoText = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

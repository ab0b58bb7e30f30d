import type { RuleFacts } from '../../hub/origins.js';
import type { Database } from '../../load-driver.js';
import { dayText } from '../../report/local-days.js';
import type { Recording } from '../../usage/recording.js';
import { facetReader } from './facet-reader.js';
import { originReader } from './origin-reader.js';

/** Declares `trace_rule` to SQL: the place of the rule that an origin leads to on a day; NULL: no rule matches. */
export function declareTraceRule(db: Database, ruleOf: (facts: RuleFacts) => number | null): void {
  const find = db.prepare<unknown[], Recording & { readonly id: bigint }>('SELECT * FROM recording');
  const recordings = new Map(
    find.all().map(({ id, role, source, account }) => [Number(id), { role, source, account }]),
  );
  const [facetOf, originOf] = [facetReader(db), originReader(db)];
  db.function(
    'trace_rule',
    { deterministic: true, safeIntegers: false },
    (recording: number, facet: number, origin: number, day: number) => {
      const { model, provider } = facetOf(facet);
      return ruleOf({
        recording: recordings.get(recording)!,
        ...{ model, provider, origin: originOf(origin), day: dayText(day) },
      });
    },
  );
}

import type { RuleFacts } from '../../hub/origins.js';
import type { Database } from '../../load-driver.js';
import { dayText } from '../../report/local-days.js';
import type { Role } from '../../usage/event.js';
import { originFrom } from './origin-row.js';

const ORIGIN = ['unit', 'key', 'workspace', 'project', 'team', 'user', 'service', 'consumer', 'path', 'tags'] as const;

/** What a rule sees, in the order of the function's arguments; of a recording `r`, an origin `o` and names. */
export const TRACE_RULE = `trace_rule(r.role, r.source, r.account, model.name, provider.name, u.rule_day,
  ${ORIGIN.map((name) => `o."${name}"`)})`;

/**
 * Declares `trace_rule` to SQL: the place of the rule that an origin leads to on a day; NULL: no rule matches. It is given
 * all that it needs, as no question can be asked while another is answered.
 */
export function declareTraceRule(db: Database, ruleOf: (facts: RuleFacts) => number | null): void {
  db.function(
    'trace_rule',
    { deterministic: true, safeIntegers: false, varargs: true },
    (role: Role, source: string, account: string, model: string, provider: string, day: number, ...own: never[]) => {
      const [unit, key, workspace, project, team, user, service, consumer, path, tags] = own;
      const origin = originFrom({
        ...{ unit: unit!, key: key!, workspace: workspace!, project: project!, team: team!, user: user! },
        ...{ service: service!, consumer: consumer!, path: path!, tags: tags! },
      });
      return ruleOf({ recording: { role, source, account }, model, provider, origin, day: dayText(day) });
    },
  );
}

/** The units preview as a sheet: what each unit has now and what the rules would give it. */

import type { UnassignedOrigin } from '../hub/unassigned-origins.js';
import type { RulePreview, UnitsPreview } from '../hub/units-preview.js';
import { counted, usageText } from './counted.js';
import { type Column, column, type Sheet } from './sheet.js';

export function unitsSheet(body: UnitsPreview & { readonly applied: boolean; readonly stale: boolean }): Sheet {
  return {
    title: body.applied ? 'Units, rules applied' : 'Units, preview',
    columns: COLUMNS,
    rows: body.units.map(({ unit, name, stage, now, after }) => [
      unit ?? '(unassigned)',
      name,
      stage,
      now.events,
      now.tokens,
      after.events,
      after.tokens,
    ]),
    totals: null,
    above: [],
    below: [...body.rules.map(ruleLine), ...unassignedLines(body), changeLine(body), ...keptLine(body)],
  };
}

const COLUMNS: readonly Column[] = [
  column('unit', 'unit', 'text'),
  column('name', 'name', 'text'),
  column('stage', 'stage', 'text'),
  column('events_now', 'events now', 'count'),
  column('tokens_now', 'tokens now', 'count'),
  column('events_after', 'events after', 'count'),
  column('tokens_after', 'tokens after', 'count'),
];

function ruleLine({ rule, unit, fields, tags, from, to, events }: RulePreview): string {
  const tests = [
    ...Object.entries(fields).map(([field, values]) => `${field} ${(values ?? []).join(' or ')}`),
    ...Object.entries(tags).map(([tag, values]) => `tag ${tag} ${values.join(' or ')}`),
    ...(from === null ? [] : [`from ${from}`]),
    ...(to === null ? [] : [`to ${to}`]),
  ];
  const matched = events === 0n ? 'matches nothing' : `matches ${counted(events, 'event')}`;
  return `rule ${rule}: ${unit} where ${tests.join(', ') || 'anything'}: ${matched}`;
}

function unassignedLines({ unassigned, moreUnassigned }: UnitsPreview): string[] {
  if (unassigned.length === 0) return ['nothing is left unassigned'];
  const lines = unassigned.map((origin) => `unassigned: ${originText(origin)}: ${usageText(origin)}`);
  return moreUnassigned > 0 ? [...lines, `${moreUnassigned} smaller unassigned origins not shown`] : lines;
}

/** What a rule could test of an origin, in the words of the config. */
function originText({ source, account, provider, model, origin: { tags, ...fields } }: UnassignedOrigin): string {
  const named = [...Object.entries({ source, account, provider, model, ...fields }), ...Object.entries(tags)];
  return named.flatMap(([field, value]) => (value === null ? [] : [`${field} ${value}`])).join(', ');
}

function changeLine({ changed, applied, stale }: UnitsPreview & { applied: boolean; stale: boolean }): string {
  if (applied) return `applied: ${counted(changed.events, 'event')} changed unit`;
  if (!stale) return 'these rules are applied';
  return `applying them would move ${counted(changed.events, 'event')}: tokenhub units --apply`;
}

const keptLine = ({ kept }: UnitsPreview): string[] =>
  kept.events === 0n
    ? []
    : [`${counted(kept.events, 'event')} of closed periods keep the unit they have: tokenhub close --list`];

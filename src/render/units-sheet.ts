/** The units preview as a sheet: what each unit has now, what the rules would give it, and why. */

import type { RulePreview } from '../hub/rule-hits.js';
import type { UnassignedOrigin } from '../hub/unassigned-origins.js';
import type { UnitMove } from '../hub/unit-moves.js';
import type { UnitsPreview } from '../hub/units-preview.js';
import { UNASSIGNED } from '../report/query.js';
import { counted, usageText } from './counted.js';
import { ruleText } from './rule-text.js';
import { type Column, column, type Sheet } from './sheet.js';

/** A preview with the texts of the rules proposed. */
interface UnitsFacts extends UnitsPreview {
  readonly applied: boolean;
  readonly stale: boolean;
  readonly unassigned: readonly (UnassignedOrigin & { readonly yaml: string })[];
}

export function unitsSheet(body: UnitsFacts): Sheet {
  return {
    title: body.applied ? 'Units, rules applied' : 'Units, preview',
    columns: COLUMNS,
    rows: body.units.map(({ unit, name, stage, now, after, difference }) => [
      ...[unit ?? UNASSIGNED, name, stage, now.events, now.tokens],
      ...[after.events, after.tokens, difference.events, difference.tokens],
    ]),
    totals: null,
    above: ['events: of all recordings; tokens: those a report reads, as recordings are views of the same tokens'],
    below: [
      ...body.rules.map(ruleLine),
      ...unassignedLines(body),
      ...proposedLines(body),
      ...moveLines(body),
      changeLine(body),
      ...keptLine(body),
    ],
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
  column('events_difference', 'events +/-', 'count'),
  column('tokens_difference', 'tokens +/-', 'count'),
];

const ruleLine = (preview: RulePreview): string => `rule ${preview.rule}: ${ruleText(preview)}: ${hitText(preview)}`;

function hitText({ events, tokens, matching, hiddenBy, coveredBy }: RulePreview): string {
  const covered = coveredBy === null ? '' : `; rule ${coveredBy} matches all it could ever match`;
  if (matching.events === 0n) return `matches nothing${covered}`;
  if (events === 0n)
    return `hidden by ${rulesText(hiddenBy)}, first to match all its ${counted(matching.events, 'event')}${covered}`;
  const others = matching.events - events;
  return `matches ${usageText({ events, tokens })}${others === 0n ? '' : `; ${counted(others, 'other')} taken by earlier rules`}`;
}

const rulesText = (rules: readonly number[]): string =>
  rules.length === 1 ? `rule ${rules[0]}` : `rules ${rules.slice(0, -1).join(', ')} and ${rules.at(-1)}`;

/** The rules proposed, each once: several origins may need the same. */
function proposedLines({ unassigned }: UnitsFacts): string[] {
  const rules = [...new Set(unassigned.map(({ yaml }) => yaml))];
  return rules.length === 0 ? [] : ['proposed, to add at the end of rules:', ...rules.map((rule) => `  ${rule}`)];
}

/** Moves shown; all of them are in the JSON. */
const MOVES = 10;

function moveLines({ moves, applied }: UnitsFacts): string[] {
  const verb = applied ? 'applied' : 'would move';
  const lines = moves.slice(0, MOVES).map((move) => `${verb}: ${moveText(move)}`);
  return moves.length > MOVES ? [...lines, `${moves.length - MOVES} smaller moves not shown`] : lines;
}

const moveText = ({ from, to, ...share }: UnitMove): string =>
  `${from ?? UNASSIGNED} -> ${to ?? UNASSIGNED}: ${usageText(share)}`;

function unassignedLines({ unassigned, moreUnassigned }: UnitsFacts): string[] {
  if (unassigned.length === 0) return ['nothing is left unassigned'];
  const lines = unassigned.map((origin) => `unassigned: ${originText(origin)}: ${usageText(origin)}`);
  return moreUnassigned > 0 ? [...lines, `${moreUnassigned} smaller unassigned origins not shown`] : lines;
}

/** What a rule could test of an origin, in the words of the config. */
function originText({ source, account, provider, model, origin: { tags, ...fields } }: UnassignedOrigin): string {
  const named = [...Object.entries({ source, account, provider, model, ...fields }), ...Object.entries(tags)];
  return named.flatMap(([field, value]) => (value === null ? [] : [`${field} ${value}`])).join(', ');
}

function changeLine({ changed, applied, stale }: UnitsFacts): string {
  if (applied) return `applied: ${counted(changed.events, 'event')} changed unit`;
  if (!stale) return 'these rules are applied';
  return `applying them would move ${counted(changed.events, 'event')}: tokenhub units --apply`;
}

const keptLine = ({ kept }: UnitsPreview): string[] =>
  kept.events === 0n
    ? []
    : [
        `${counted(kept.events, 'event')} of closed periods ${kept.events === 1n ? 'keeps the unit it has' : 'keep the unit they have'}: tokenhub close --list`,
      ];

import type { UnitRule } from '../hub/units.js';

/** A rule in words: `wukong where workspace llm-wukong or llm-agent, tag app crm, from 2026-04-01`. */
export function ruleText({ unit, fields, tags, from, to }: UnitRule): string {
  const tests = [
    ...Object.entries(fields).map(([field, values]) => `${field} ${(values ?? []).join(' or ')}`),
    ...Object.entries(tags).map(([tag, values]) => `tag ${tag} ${values.join(' or ')}`),
    ...(from === null ? [] : [`from ${from}`]),
    ...(to === null ? [] : [`to ${to}`]),
  ];
  return `${unit} where ${tests.join(', ') || 'anything'}`;
}

/** A unit rule as a line to paste under `rules:` of the config, whatever its values are. */

import type { ProposedRule } from '../hub/propose-rule.js';
import { UNIT_TO_NAME } from '../hub/propose-rule.js';

/** @example ruleYaml({ unit: 'chat', key: ['12'] }) // '- { unit: chat, key: ["12"] }' */
export function ruleYaml({ unit, tag, ...fields }: ProposedRule): string {
  const tests = Object.entries(fields).map(([field, values]) => `${field}: ${listYaml(values ?? [])}`);
  const tags = Object.entries(tag ?? {}).map(([name, values]) => `${scalar(name)}: ${listYaml(values)}`);
  const parts = [`unit: ${unit === UNIT_TO_NAME ? unit : scalar(unit)}`, ...tests];
  return `- { ${[...parts, ...(tags.length === 0 ? [] : [`tag: { ${tags.join(', ')} }`])].join(', ')} }`;
}

const listYaml = (values: readonly string[]): string => `[${values.map(scalar).join(', ')}]`;

/** Letters first, so that no number or date is among them. */
const PLAIN = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** Words that YAML of one version or another takes for something else. */
const WORDS = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n', 'nan', 'inf']);

const scalar = (text: string): string =>
  PLAIN.test(text) && !WORDS.has(text.toLowerCase()) ? text : JSON.stringify(text).replace(UNSHOWN, escaped);

/** What cannot be seen, or would turn a line around: everything but letters, marks, digits, signs and the plain space. */
const UNSHOWN = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');

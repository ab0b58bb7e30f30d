/**
 * A check as JUnit XML: a suite per budget, a case per verdict.
 *
 * Source: the schema of Jenkins (junit-4.xsd), and GitLab Docs, "Unit test reports", for what is read of it
 */

import type { Verdict } from '../budget/verdict.js';
import { groupBy } from '../group-by.js';
import type { CheckReport } from './check-report.js';
import { fileText, holderText, linesOf, severityOf } from './check-wording.js';
import { visible } from './visible.js';

/** No times: a check takes none worth telling, and a report of the same verdicts is the same. */
export function junitReport(report: CheckReport): string {
  const suites = [...groupBy(report.verdicts, ({ budget }) => budget)];
  const outcomes = report.verdicts.map((verdict) => outcomeOf(verdict, report));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributesText({ name: 'tokenhub check', ...tally(outcomes) })}>`,
    ...suites.map(([budget, verdicts]) => suite(budget, verdicts, report)),
    '</testsuites>\n',
  ].join('\n');
}

type Outcome = 'failure' | 'error' | 'system-out' | null;

/** What is known to fail, what cannot be judged, and what is said of a case that passes. */
function outcomeOf(verdict: Verdict, { leniency }: CheckReport): Outcome {
  if (verdict.level === 'ok') return null;
  if (severityOf(verdict, leniency) !== 'error') return 'system-out';
  return verdict.level === 'unknown' ? 'error' : 'failure';
}

const tally = (outcomes: readonly Outcome[]) => ({
  tests: String(outcomes.length),
  failures: String(outcomes.filter((outcome) => outcome === 'failure').length),
  errors: String(outcomes.filter((outcome) => outcome === 'error').length),
});

function suite(budget: string, verdicts: readonly Verdict[], report: CheckReport): string {
  const outcomes = verdicts.map((verdict) => outcomeOf(verdict, report));
  const names = namesOf(verdicts);
  return [
    `  <testsuite${attributesText({ name: budget, ...tally(outcomes) })}>`,
    ...verdicts.map((verdict, i) => testcase(names[i]!, verdict, outcomes[i]!)),
    '  </testsuite>',
  ].join('\n');
}

function testcase(name: string, verdict: Verdict, outcome: Outcome): string {
  const open = `    <testcase${attributesText({ name, classname: verdict.budget })}`;
  return outcome === null ? `${open}/>` : `${open}>\n      ${outcomeText(verdict, outcome)}\n    </testcase>`;
}

/** What each is about; equal ones are numbered, since GitLab reads only the first of a name. */
function namesOf(verdicts: readonly Verdict[]): string[] {
  const taken = new Set<string>();
  return verdicts.map((verdict) => {
    const name = fileText(verdict) ?? holderText(verdict) ?? (verdict.rule === 'max' ? 'total' : verdict.rule);
    let unique = name;
    for (let number = 2; taken.has(unique); number++) unique = `${name} (${number})`;
    taken.add(unique);
    return unique;
  });
}

function outcomeText(verdict: Verdict, outcome: Exclude<Outcome, null>): string {
  const facts: Attributes = outcome === 'system-out' ? {} : { type: verdict.code, message: verdict.message };
  const text = [verdict.code, ...linesOf(verdict)].map(escaped).join('\n');
  return `<${outcome}${attributesText(facts)}>${text}</${outcome}>`;
}

type Attributes = Readonly<Record<string, string>>;

const attributesText = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('');

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

/** Characters that XML 1.0 (2.2) has no place for, and line breaks, are shown as escapes. */
const escaped = (text: string): string =>
  visible(text)
    .replace(/[&<>"']/g, (mark) => ENTITIES.get(mark)!)
    .replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);

/** The file of a baseline: JSON, an entry a line, so that what changes is what a diff shows. */

import type { BaselineBudget, BaselineEntry } from '../budget/files/baseline-entries.js';

export const BASELINE_NAME = 'tokenhub-baseline.json';

export const BASELINE_SCHEMA = 'tokenhub.baseline/v1';

/** Bytes. */
export const LARGEST_BASELINE = 64 * 1024 * 1024;

export function baselineText(budgets: readonly BaselineBudget[]): string {
  const parts = budgets.map(({ entries, name: budget, model, encoding, scope, content }) => {
    const head = lineOf({ name: budget, model, encoding, scope, content }).slice(2, -2);
    return `    {\n      ${head},\n      "entries": ${blockOf(entries.map(entryLine), '      ')}\n    }`;
  });
  return `{\n  "schema": ${JSON.stringify(BASELINE_SCHEMA)},\n  "budgets": ${blockOf(parts, '  ')}\n}\n`;
}

const entryLine = ({ path, section, tokens }: BaselineEntry): string => `        ${lineOf({ path, section, tokens })}`;

const blockOf = (lines: readonly string[], indent: string): string =>
  lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n${indent}]`;

/** An object on one line. */
const lineOf = (value: Readonly<Record<string, unknown>>): string =>
  `{ ${Object.entries(value)
    .map(([key, part]) => `${JSON.stringify(key)}: ${JSON.stringify(part)}`)
    .join(', ')} }`;

/** Reads the file of a baseline strictly: an entry that is not what it seems would let a breach pass. */

import { z } from 'zod';
import { type BaselineBudget, keyOf } from '../budget/files/baseline-entries.js';
import { badBaseline, conflictInBaseline } from '../errors/base.js';
import { quoted } from '../errors/wording.js';
import { BASELINE_SCHEMA } from './baseline-text.js';
import { fields, list, oneOf, text, wholeNumber } from './config-shapes.js';
import { type ConfigPath, fieldText } from './config-source.js';
import { conflictLine } from './conflict-marks.js';
import { readYaml } from './yaml-text.js';

const name = text.nullable();

const schema = fields({
  schema: z.literal(BASELINE_SCHEMA, { error: `must be ${BASELINE_SCHEMA}` }),
  budgets: list(
    fields({
      name: z.string({ error: 'must be a text' }),
      model: name,
      encoding: name,
      scope: oneOf('file', 'total', 'section'),
      content: oneOf('text', 'messages'),
      entries: list(
        fields({
          path: z.string({ error: 'must be a text or null' }).nullable(),
          section: list(z.string({ error: 'must be a text' })).nullable(),
          tokens: wholeNumber(0),
        }),
      ),
    }),
  ),
});

/**
 * @param shown  the file as messages call it
 * @throws BAD_BASELINE at file, line and field
 */
export function parseBaseline(content: string, shown: string): BaselineBudget[] {
  const conflict = conflictLine(content);
  if (conflict !== null) throw conflictInBaseline(shown, conflict);
  const checked = schema.safeParse(jsonOf(content, shown));
  if (checked.success) {
    refuseTwice(checked.data.budgets, content, shown);
    return checked.data.budgets;
  }
  const { issues } = checked.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code !== 'unrecognized_keys') throw wrong(content, shown, path, issue.message);
  throw wrong(content, shown, [...path, issue.keys[0]!], `${quoted(issue.keys[0])} is no key here`);
}

function jsonOf(content: string, shown: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    const message = (cause as Error).message;
    const [, position] = /at position (\d+)/.exec(message) ?? [];
    const line = position === undefined ? undefined : content.slice(0, Number(position)).split('\n').length;
    throw badBaseline({ file: shown, line }, 'is not valid JSON', cause);
  }
}

/** Of two entries of the same thing it could not be told which one holds. */
function refuseTwice(budgets: readonly BaselineBudget[], content: string, shown: string): void {
  const names = new Set<string>();
  for (const [index, budget] of budgets.entries()) {
    if (names.has(budget.name)) throw wrong(content, shown, ['budgets', index, 'name'], 'is there twice');
    names.add(budget.name);
    const keys = new Set<string>();
    for (const [at, entry] of budget.entries.entries()) {
      if (keys.has(keyOf(entry))) throw wrong(content, shown, ['budgets', index, 'entries', at], 'is there twice');
      keys.add(keyOf(entry));
    }
  }
}

function wrong(content: string, shown: string, path: ConfigPath, message: string) {
  const line = readYaml(content.replaceAll('\t', ' '), shown).lineOf(path);
  return badBaseline({ file: shown, line, field: fieldText(path) || undefined }, message);
}

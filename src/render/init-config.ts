/** The config that `init` writes, with comments for whoever reads it next. */

import { FIRST_LIMIT_RULE } from '../budget/files/first-limit.js';
import { visible } from './visible.js';

/** A budget on files as it is to be written. */
export interface DraftBudget {
  readonly name: string;
  readonly paths: readonly string[];
  readonly messages: boolean;
  readonly model: string | null;
  /** Text of a limit. */
  readonly max: string;
  /** How many were counted, and the largest of them. */
  readonly files: number;
  readonly largest: { readonly path: string; readonly tokens: number } | null;
  /** Paths that could not be counted. */
  readonly left: readonly string[];
}

interface DraftConfig {
  readonly budgets: readonly DraftBudget[];
  /** Kinds of files that were looked for and not found. */
  readonly missing: readonly string[];
  /** Where the schema of the config is, relative to it; `null`: not installed yet. */
  readonly schema: string | null;
}

/** Where npm puts the schema, for editors that have a YAML language server. */
export const SCHEMA_PATH = 'node_modules/tokenhub/docs/schemas/config.schema.json';

export function draftConfig({ budgets, missing, schema }: DraftConfig): string {
  const blocks = [head(schema), budgets.length === 0 ? NONE : `budgets:\n${budgets.map(budgetText).join('\n')}`];
  const notFound = missing.length === 0 ? [] : [`# Looked for and not found: ${missing.join(', ')}.\n`];
  return [...blocks, ...notFound, EXAMPLES].join('\n');
}

const head = (schema: string | null): string =>
  [
    `# yaml-language-server: $schema=${relativePath(schema ?? SCHEMA_PATH)}`,
    ...(schema !== null ? [] : ['# (the schema is there once tokenhub is: npm install --save-dev tokenhub)']),
    '# Budgets of tokens, judged by: tokenhub check',
    '# Each limit is a little above what was counted when this file was written:',
    `# ${FIRST_LIMIT_RULE}.`,
    '# Lower them as files shrink; a change that needs more raises its limit here, where it is seen.',
    '',
  ].join('\n');

/** Editors take a path for one of their workspace, unless it begins with a point. */
const relativePath = (path: string): string => (path.startsWith('.') ? path : `./${path}`);

function budgetText({ name, paths, messages, model, max, files, largest, left }: DraftBudget): string {
  const counted = largest === null ? [] : [`  # ${countedText(files, largest)}`];
  const leftOut = left.map((path) => `      - ${quoted(`!${path}`)} # could not be counted: see tokenhub count`);
  return [
    ...counted,
    `  - name: ${name}`,
    '    paths:',
    ...paths.map((path) => `      - ${quoted(path)}`),
    ...leftOut,
    ...(messages ? ['    messages: true # counted as the JSON that is sent, not as text'] : []),
    ...(model === null ? [] : [`    model: ${quoted(model)}`]),
    `    max: ${max}`,
    '',
  ].join('\n');
}

const countedText = (files: number, { path, tokens }: NonNullable<DraftBudget['largest']>): string =>
  files === 1
    ? `1 file, ${visible(path)}: ${tokens.toLocaleString('en-US')} tokens`
    : `${files.toLocaleString('en-US')} files, the largest ${visible(path)}: ${tokens.toLocaleString('en-US')} tokens`;

/** Within double quotes YAML has the escapes of JSON. */
const quoted = (text: string): string => JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escapeOf);

const escapeOf = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

const NONE = `budgets: [] # nothing to judge was found; for example:
#  - name: prompts
#    paths: ["prompts/**/*.md"]
#    max: 2k tokens
`;

const EXAMPLES = `# What a budget may say as well; all of it is in the guide of tokenhub, under "check":
#    model: gpt-4o                               # counts as this model does; default: o200k_base
#    scope: total                                # all files together, in place of each by itself
#    warn: 90%                                   # warns before the limit
#    maxIncrease: { tokens: 200, percent: 10% }  # limits growth since the base of a change
#    level: warn                                 # a breach warns, and does not fail the check
# A budget on usage, once there is a ledger (tokenhub import):
#  - name: month
#    period: month
#    max: 1200 USD
#    warn: 80%
`;

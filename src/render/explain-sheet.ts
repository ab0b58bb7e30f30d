import type { ExplainedFinding } from '../budget/explanations.js';
import { type Column, column, type Sheet } from './sheet.js';

/** Every finding, a row each; CSV has the explanations, too. */
export const explainSheet = (findings: readonly ExplainedFinding[]): Sheet => ({
  title: null,
  columns: COLUMNS,
  rows: findings.map(({ code, level, title, meaning, why, lower, accept, example }) => [
    ...[code, level, title],
    ...[meaning, why, lower, accept, example],
  ]),
  totals: null,
  above: [],
  below: [
    'a breach is an error, or warns where the budget says `level: warn`',
    'more about one: tokenhub explain <code>',
  ],
});

const COLUMNS: readonly Column[] = [
  column('code', 'code', 'text'),
  column('level', 'level', 'text'),
  column('title', 'title', 'text'),
  column('meaning', 'meaning', 'text', 'export'),
  column('why', 'why', 'text', 'export'),
  column('lower', 'lower', 'text', 'export'),
  column('accept', 'accept', 'text', 'export'),
  column('example', 'example', 'text', 'export'),
];

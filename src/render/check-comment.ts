/** A check as a comment on a change: a mark to find it by, the verdict, what matters, and the rest folded. */

import type { Verdict } from '../budget/verdict.js';
import { deltaText, hasChanged, measuredText, shortFigure } from './check-figures.js';
import type { CheckReport } from './check-report.js';
import {
  bySeriousness,
  fileText,
  findingsOf,
  holderText,
  isFinding,
  newIn,
  partsText,
  tallyText,
} from './check-wording.js';
import { codeText, proseText } from './markdown-text.js';

/** First line of the comment; a bot finds its own comment again by it. */
export const COMMENT_MARK = '<!-- tokenhub-check -->';

/** Characters; GitHub refuses comments of more than 65,536. */
const LARGEST = 60_000;
/** Of those, what the parts that always stand there may take: verdict, headers, notes of what is left out. */
const KEPT_FREE = 1_500;
/** Of a name, and of a sentence, in characters before they are escaped. */
const NAME = 160;
const SENTENCE = 500;
/** Shares of the room: rows first, then what they mean, then notes; the folded rows have what is left. */
const ROWS = 25_000;
const FINDINGS = 25_000;
const NOTES = 3_000;

/** Under 60,000 characters whatever the check found; what finds no room is counted. */
export function checkComment(report: CheckReport): string {
  const { verdicts, passed, notes } = report;
  const isNew = newIn(verdicts);
  const matters = (verdict: Verdict): boolean => isFinding(verdict) || hasChanged(verdict) || isNew(verdict);
  const shown = bySeriousness(verdicts).filter(matters);
  const table = tableOf(columnsOf(isNew), verdicts);
  const rows = table(shown, ROWS);
  const findings = fitted(findingsOf(report), findingText, FINDINGS, 'finding');
  const said = fitted(notes, (note) => `- ${proseText(note, SENTENCE)}`, NOTES, 'note');
  const left = LARGEST - KEPT_FREE - rows.length - findings.length - said.length;
  return [
    `${COMMENT_MARK}\n### Token budgets: ${passed ? 'passed' : 'failed'}`,
    `${tallyText(verdicts)}.`,
    rows,
    findings,
    said,
    folded(
      verdicts.filter((verdict) => !matters(verdict)),
      (rest) => table(rest, left),
    ),
  ]
    .filter((block) => block !== '')
    .join('\n\n')
    .concat('\n');
}

function folded(rest: readonly Verdict[], tableText: (rest: readonly Verdict[]) => string): string {
  if (rest.length === 0) return '';
  const unchanged = rest.some(({ delta }) => delta !== null) ? ' and unchanged' : '';
  const summary = `<details>\n<summary>${rest.length} within the limit${unchanged}</summary>`;
  return `${summary}\n\n${tableText(rest)}\n\n</details>`;
}

interface CommentColumn {
  readonly title: string;
  readonly align: '---' | '--:';
  readonly textOf: (verdict: Verdict) => string;
}

const name = (text: string | null): string => (text === null ? '' : codeText(text, NAME));
const figure = (text: string | null): string => (text === null ? '' : proseText(text, NAME));

const columnsOf = (isNew: (verdict: Verdict) => boolean): readonly CommentColumn[] => [
  { title: '', align: '---', textOf: ({ level, code }) => `${level} ${code}` },
  { title: 'budget', align: '---', textOf: ({ budget }) => name(budget) },
  { title: 'file', align: '---', textOf: (verdict) => name(fileText(verdict)) },
  { title: 'of', align: '---', textOf: (verdict) => name(holderText(verdict)) },
  { title: 'before', align: '--:', textOf: ({ baseline }) => (baseline === null ? '' : figure(shortFigure(baseline))) },
  { title: 'now', align: '--:', textOf: (verdict) => figure(measuredText(verdict, shortFigure)) },
  { title: 'limit', align: '--:', textOf: ({ limit }) => (limit === null ? '' : figure(shortFigure(limit))) },
  { title: 'change', align: '--:', textOf: (verdict) => (isNew(verdict) ? 'new' : figure(deltaText(verdict))) },
];

/** Of the columns that any of the verdicts has something for; nothing where there are no rows. */
function tableOf(columns: readonly CommentColumn[], verdicts: readonly Verdict[]) {
  const kept = columns.filter(({ textOf }) => verdicts.some((verdict) => textOf(verdict) !== ''));
  const head = `${line(kept.map(({ title }) => title))}\n${line(kept.map(({ align }) => align))}`;
  const rowOf = (verdict: Verdict): string => line(kept.map(({ textOf }) => textOf(verdict)));
  return (rows: readonly Verdict[], room: number): string =>
    rows.length === 0 ? '' : `${head}\n${fitted(rows, rowOf, room, 'row')}`;
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function findingText(verdict: Verdict): string {
  const { code, budget, message, hint } = verdict;
  const parts = partsText(verdict);
  return [
    `- **${code}** ${codeText(budget, NAME)}: ${proseText(message, SENTENCE)}`,
    ...(hint === '' ? [] : [`  - ${codeText(hint, SENTENCE)}`]),
    ...(parts === null ? [] : [`  - ${proseText(parts, SENTENCE)}`]),
  ].join('\n');
}

/** As many of the items as the room holds, from the first, and how many more there are. */
function fitted<Item>(items: readonly Item[], textOf: (item: Item) => string, room: number, noun: string): string {
  const kept: string[] = [];
  let used = 0;
  for (const item of items) {
    const text = textOf(item);
    used += text.length + 1;
    if (used > room) break;
    kept.push(text);
  }
  const more = items.length - kept.length;
  if (more > 0) kept.push(`\n${more} more ${noun}${more === 1 ? '' : 's'} left out, as a comment has no more room.`);
  return kept.join('\n');
}

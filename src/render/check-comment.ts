/** A check as a comment on a change: a mark to find it by, the verdict, what matters, and the rest folded. */

import type { Verdict } from '../budget/verdict.js';
import { deltaText, hasChanged, measuredText, shortFigure } from './check-figures.js';
import type { CheckReport } from './check-report.js';
import { bySeriousness, fileText, findingsOf, holderText, isFinding, partsText, tallyText } from './check-wording.js';
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
  const shown = bySeriousness(verdicts).filter((verdict) => isFinding(verdict) || hasChanged(verdict));
  const rest = verdicts.filter((verdict) => !shown.includes(verdict));
  const columns = columnsOf(verdicts);
  const rows = fitted(
    shown.map((verdict) => rowOf(columns, verdict)),
    ROWS,
    'row',
  );
  const findings = fitted(findingsOf(report).map(findingText), FINDINGS, 'finding');
  const said = fitted(
    notes.map((note) => `- ${proseText(note, SENTENCE)}`),
    NOTES,
    'note',
  );
  const left = LARGEST - KEPT_FREE - rows.length - findings.length - said.length;
  return [
    `${COMMENT_MARK}\n### Token budgets: ${passed ? 'passed' : 'failed'}`,
    `${tallyText(verdicts)}.`,
    shown.length === 0 ? '' : `${headOf(columns)}\n${rows}`,
    findings,
    said,
    rest.length === 0 ? '' : folded(columns, rest, left),
  ]
    .filter((block) => block !== '')
    .join('\n\n')
    .concat('\n');
}

function folded(columns: readonly CommentColumn[], rest: readonly Verdict[], room: number): string {
  const rows = fitted(
    rest.map((verdict) => rowOf(columns, verdict)),
    room,
    'row',
  );
  const unchanged = rest.some(({ delta }) => delta !== null) ? ' and unchanged' : '';
  const summary = `<details>\n<summary>${rest.length} within the limit${unchanged}</summary>`;
  return `${summary}\n\n${headOf(columns)}\n${rows}\n\n</details>`;
}

interface CommentColumn {
  readonly title: string;
  readonly align: '---' | '--:';
  readonly textOf: (verdict: Verdict) => string;
}

const name = (text: string | null): string => (text === null ? '' : codeText(text, NAME));
const figure = (text: string | null): string => (text === null ? '' : proseText(text, NAME));

const COLUMNS: readonly CommentColumn[] = [
  { title: '', align: '---', textOf: ({ level, code }) => `${level} ${code}` },
  { title: 'budget', align: '---', textOf: ({ budget }) => name(budget) },
  { title: 'file', align: '---', textOf: (verdict) => name(fileText(verdict)) },
  { title: 'of', align: '---', textOf: (verdict) => name(holderText(verdict)) },
  { title: 'before', align: '--:', textOf: ({ baseline }) => (baseline === null ? '' : figure(shortFigure(baseline))) },
  { title: 'now', align: '--:', textOf: (verdict) => figure(measuredText(verdict, shortFigure)) },
  { title: 'limit', align: '--:', textOf: ({ limit }) => (limit === null ? '' : figure(shortFigure(limit))) },
  { title: 'change', align: '--:', textOf: (verdict) => figure(deltaText(verdict)) },
];

/** Those that any verdict has something for. */
const columnsOf = (verdicts: readonly Verdict[]): readonly CommentColumn[] =>
  COLUMNS.filter(({ textOf }) => verdicts.some((verdict) => textOf(verdict) !== ''));

const headOf = (columns: readonly CommentColumn[]): string =>
  `${line(columns.map(({ title }) => title))}\n${line(columns.map(({ align }) => align))}`;

const rowOf = (columns: readonly CommentColumn[], verdict: Verdict): string =>
  line(columns.map(({ textOf }) => textOf(verdict)));

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

/** As many of the texts as the room holds, from the first, and how many more there are. */
function fitted(texts: readonly string[], room: number, noun: string): string {
  const kept: string[] = [];
  let used = 0;
  for (const text of texts) {
    used += text.length + 1;
    if (used > room) break;
    kept.push(text);
  }
  const more = texts.length - kept.length;
  if (more > 0) kept.push(`\n${more} more ${noun}${more === 1 ? '' : 's'} left out, as a comment has no more room.`);
  return kept.join('\n');
}

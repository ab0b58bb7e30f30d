/** Verdicts as a sheet: what broke a limit first. */

import { type Figure, passes, type Rule, type Verdict } from '../budget/verdict.js';
import { deltaText, exactFigure, figureText, measuredText } from './check-figures.js';
import type { CheckReport } from './check-report.js';
import { bySeriousness, fileText, holderText, isFinding, partsText, verdictText } from './check-wording.js';
import type { Column, Sheet, SheetCell } from './sheet.js';
import { visible } from './visible.js';

/** Rows of what is within its limits that are shown; where there are more, and findings, all of them are counted instead. */
const MOST_OK = 20;

/** What people read: where `everything` is not asked for, long lists of what is within its limits are counted. */
export function checkTable(report: CheckReport, show: 'findings' | 'everything'): Sheet {
  const ordered = bySeriousness(report.verdicts);
  const findings = ordered.filter(isFinding);
  const fine = ordered.slice(findings.length);
  const isFolded = findings.length > 0 && fine.length > MOST_OK;
  const kept = show === 'everything' ? ordered : [...findings, ...fine.slice(0, isFolded ? 0 : MOST_OK)];
  return sheetOf(report, kept, ordered.length - kept.length);
}

/** All verdicts, for CSV. */
export const checkSheet = (report: CheckReport): Sheet => sheetOf(report, bySeriousness(report.verdicts), 0);

function sheetOf(report: CheckReport, rows: readonly Verdict[], left: number): Sheet {
  const columns = columnsOf(rows);
  return {
    title: null,
    columns: columns.map(({ cellOf: _, ...column }) => column),
    rows: rows.map((verdict) => columns.map(({ cellOf }) => cellOf(verdict))),
    exported: rows.map((verdict) => columns.map(({ cellOf, exactOf = cellOf }) => visibleCell(exactOf(verdict)))),
    totals: null,
    above: [],
    below: [
      ...rows.filter(isFinding).flatMap(findingLines),
      ...(left === 0 ? [] : [`and ${left} more within the limit (--verbose shows them)`]),
      ...report.notes,
      ...explainLine(report),
      verdictText(report),
    ],
  };
}

/** A name that breaks lines or turns their direction is not told as it is in CSV either; JSON has it. */
const visibleCell = (cell: SheetCell): SheetCell => (typeof cell === 'string' ? visible(cell) : cell);

/** Only where the check fails: a warning is read without being stopped. */
const explainLine = ({ verdicts, passed, leniency }: CheckReport): string[] => {
  const failing = passed ? undefined : bySeriousness(verdicts).find(({ level }) => !passes(level, leniency));
  return failing === undefined ? [] : [`what a code means, and what to do: tokenhub explain ${failing.code}`];
};

interface CheckColumn extends Column {
  readonly cellOf: (verdict: Verdict) => SheetCell;
  /** In CSV, where that is another: numbers stand there bare, without separators. */
  readonly exactOf?: (verdict: Verdict) => SheetCell;
}

const column = (key: string, cellOf: CheckColumn['cellOf'], facts: Partial<CheckColumn> = {}): CheckColumn => ({
  key,
  title: key,
  align: 'left',
  kind: 'text',
  show: 'always',
  cellOf,
  ...facts,
});

/** Rules that are seen by the code: what is beside them is of the ledger, where a budget has several. */
const OF_FILES: ReadonlySet<Rule> = new Set(['paths', 'max', 'maxIncrease', 'change']);

/** Columns that no row has anything for are in CSV alone. */
const columnsOf = (rows: readonly Verdict[]): CheckColumn[] => [
  column('level', ({ level }) => level),
  column('code', ({ code }) => code),
  column('budget', ({ budget }) => budget),
  column('rule', ({ rule }) => rule, { show: rows.some(({ rule }) => !OF_FILES.has(rule)) ? 'wide' : 'export' }),
  column('path', fileText, { title: 'file', exactOf: ({ path }) => path }),
  column('measured', (verdict) => measuredText(verdict, figureText), {
    align: 'right',
    exactOf: ({ measured }) => numberOf(measured),
  }),
  column('baseline', ({ baseline }) => (baseline === null ? null : figureText(baseline)), {
    title: 'before',
    align: 'right',
    show: rows.some(({ baseline }) => baseline !== null) ? 'wide' : 'export',
    exactOf: ({ baseline }) => numberOf(baseline),
  }),
  column('delta', deltaText, {
    title: 'change',
    align: 'right',
    show: rows.some(({ delta }) => delta !== null) ? 'always' : 'export',
    exactOf: ({ delta }) => numberOf(delta),
  }),
  column('limit', ({ limit }) => (limit === null ? null : figureText(limit)), {
    align: 'right',
    exactOf: ({ limit }) => numberOf(limit),
  }),
  ...EXPORTED,
  column('quota', holderText, {
    title: 'of',
    show: rows.some(({ quota }) => quota !== undefined) ? 'always' : 'export',
  }),
];

const exported = (key: string, cellOf: CheckColumn['cellOf']): CheckColumn => column(key, cellOf, { show: 'export' });

const EXPORTED: readonly CheckColumn[] = [
  exported('measured_in', ({ measured, limit }) => measuredIn(measured ?? limit)),
  exported('at_least', ({ atLeast }) => String(atLeast)),
  exported('method', ({ method }) => method),
  exported('band_low', ({ band }) => band?.[0].toString() ?? null),
  exported('band_high', ({ band }) => band?.[1].toString() ?? null),
  exported('line', ({ line }) => line?.toString() ?? null),
  exported('section', ({ section }) => section?.join(' › ') ?? null),
  exported('message', ({ message }) => message),
  exported('hint', ({ hint }) => hint),
  exported('config', ({ place }) => `${place.file}:${place.line}`),
];

const numberOf = (figure: Figure | null): string | null => (figure === null ? null : exactFigure(figure).number);
const measuredIn = (figure: Figure | null): string | null => (figure === null ? null : exactFigure(figure).measuredIn);

/** What was found and what to do, on lines that no narrow terminal cuts. */
function findingLines(verdict: Verdict): string[] {
  const { code, budget, message, hint } = verdict;
  const parts = partsText(verdict);
  return [`${code} ${budget}: ${message}`, ...(parts === null ? [] : [`  ${parts}`]), `  ${hint}`];
}

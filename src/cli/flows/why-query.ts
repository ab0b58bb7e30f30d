/** The flags and the reference of `why` as a question. */

import type { LedgerBudget } from '../../budget/ledger/ledger-budget.js';
import { badOption } from '../../errors/command-line.js';
import { badFigure } from '../../errors/figures.js';
import type { Config } from '../../files/config-type.js';
import { budgetNamed, type Figure, figureText, parseFigure, type SelectedFigure } from '../../hub/why/figure.js';
import { NO_ORGANISATION } from '../../report/organisation.js';
import { instantOf, periodFrom } from '../../report/period.js';
import type { CostChoice, ReportQuery } from '../../report/query.js';
import type { Stage } from '../../usage/event.js';
import { type PeriodOptions, periodOf } from '../options.js';
import { windowOfBudget } from './budget-window.js';
import { filterOf, unitsOf } from './report-query.js';

export interface WhySelection extends PeriodOptions {
  readonly unit?: readonly string[];
  readonly model?: readonly string[];
  readonly where?: readonly string[];
  readonly cost?: CostChoice;
  readonly stage?: Stage;
  readonly at?: string;
}

/** What is to be explained. */
export interface WhyQuery {
  /** Without dimensions: one figure. */
  readonly query: ReportQuery;
  readonly stage: Stage | null;
  readonly figure: Figure;
  /** Of a verdict. */
  readonly budget: LedgerBudget | null;
}

const SELECTING = ['unit', 'model', 'where', 'period', 'from', 'to', 'tz', 'cost', 'stage'] as const;
const COSTS: readonly string[] = ['auto', 'billed', 'computed', 'claimed'];

/**
 * The figure that a reference and flags name together; nothing may be said by both.
 *
 * @throws BAD_FIGURE, BAD_OPTION
 */
export function figureOf(text: string | undefined, options: WhySelection): Figure {
  const flags = { ...options, ...definedOf(periodOf(options)) };
  if (options.at !== undefined && !text?.startsWith('verdict:'))
    throw badOption('--at', options.at, 'is for verdicts', 'name a period with --period, or a verdict:<budget>');
  const named = text === undefined ? null : parseFigure(text);
  const given = SELECTING.filter((name) => flags[name] !== undefined);
  if (named?.kind === 'verdict') {
    const [flag] = given.filter((name) => name !== 'tz');
    if (flag !== undefined)
      throw badOption(
        `--${flag}`,
        typed(flags[flag]),
        'does not go with a verdict',
        'a budget says its unit, model and period',
      );
    return named;
  }
  if (named !== null) for (const name of given) refuseTwice(named, name, flags[name]);
  const figure = named ?? { kind: 'report', stage: null, unit: [], model: [], where: [] };
  const stage = options.stage ?? figure.stage;
  const { unit = figure.unit, model = figure.model, where = figure.where } = options;
  const { period, from, to, tz, cost } = { ...figure, ...definedOf(flags) };
  const once = definedOf({ period, from, to, tz, cost });
  return checked({ kind: stage === null ? figure.kind : 'flow', stage, unit, model, where, ...once });
}

function refuseTwice(named: SelectedFigure, name: (typeof SELECTING)[number], value: unknown): void {
  const isNamed = Array.isArray(named[name]) ? named[name].length > 0 : (named[name] ?? null) !== null;
  if (isNamed) throw badOption(`--${name}`, typed(value), 'is said by the figure, too', 'leave one of the two out');
}

/** Values of a flag, as one types them. */
const typed = (value: unknown): string => [value].flat().join(', ');

function checked(figure: SelectedFigure): SelectedFigure {
  if (figure.cost !== undefined && !COSTS.includes(figure.cost))
    throw badFigure(figureText(figure), `asks for a cost that is none`, `costs: ${COSTS.join(', ')}`);
  if (figure.kind === 'statement' && figure.unit.length !== 1)
    throw badFigure(
      figureText(figure),
      figure.unit.length === 0 ? 'names no unit' : 'names several units',
      'a statement is of one unit, as in statement:unit=wukong,period=2026-10',
    );
  return figure;
}

const definedOf = <T extends object>(values: T): { [name in keyof T]?: Exclude<T[name], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;

interface QueryContext {
  readonly now: number;
  readonly timeZone: string;
  /** Of a verdict, as typed. */
  readonly at: string | undefined;
  readonly budgets: Config['budgets'];
  /** Units of the config, for those beneath another. */
  readonly units: Config['units'];
}

/** @throws BAD_FIGURE, BAD_OPTION, and what is wrong with a date */
export function whyQueryOf(figure: Figure, { now, timeZone, at, budgets, units }: QueryContext): WhyQuery {
  const whole = {
    ...{ by: [], organisation: NO_ORGANISATION },
    ...{ sideBySide: false, sort: null, top: null, latency: false },
  } as const;
  if (figure.kind !== 'verdict') {
    const { unit, model, where, stage, cost = 'auto', ...dates } = figure;
    const query = {
      ...whole,
      cost: cost as CostChoice,
      units: unit.length === 0 ? null : unitsOf(unit, units),
      models: model.length === 0 ? null : model,
      filters: where.map(filterOf),
      window: periodFrom(dates, { now, timeZone }),
    };
    return { query, stage, figure, budget: null };
  }
  const budget = budgetNamed(figure.budget, budgets);
  if (budget.kind === 'files')
    throw badFigure(figureText(figure), 'is a budget on files, not on the ledger', 'see its files: tokenhub check');
  const instant = at === undefined ? now : instantOf({ flag: '--at', text: at, plusDays: 0, timeZone });
  const query = {
    ...whole,
    cost: 'auto' as const,
    units: budget.unit === null ? null : unitsOf([budget.unit], units),
    models: budget.model === null ? null : [budget.model],
    filters: budget.where.map(filterOf),
    window: windowOfBudget(budget, { at: instant, timeZone }),
  };
  return { query, stage: null, figure, budget };
}

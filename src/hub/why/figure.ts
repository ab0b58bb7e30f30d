/** References to figures: `report:unit=wukong,period=2026-10`, as `why` takes them and outputs print them. */

import { badFigure } from '../../errors/figures.js';
import { quoted } from '../../errors/wording.js';
import { nearest } from '../../nearest.js';
import type { Stage } from '../../usage/event.js';
import { STAGES } from '../../usage/roles.js';

/** Parts of a reference that are given once at most, with the flags of the same names. */
const ONCE = ['period', 'from', 'to', 'tz', 'cost'] as const;
type Once = (typeof ONCE)[number];

/** A figure of a report, a statement or a flow; values as they are typed. */
export interface SelectedFigure extends Readonly<Partial<Record<Once, string>>> {
  readonly kind: 'report' | 'statement' | 'flow';
  /** Of a flow: the stage whose recordings are read, whatever others recorded. */
  readonly stage: Stage | null;
  readonly unit: readonly string[];
  readonly model: readonly string[];
  /** Conditions, as behind `--where`. */
  readonly where: readonly string[];
}

/** `budget`: the name of a budget on the ledger. */
export type Figure = SelectedFigure | { readonly kind: 'verdict'; readonly budget: string };

const KINDS = ['report', 'statement', 'flow', 'verdict'] as const;

/**
 * Reads a reference: the kind, a colon, then `<field>=<value>` with commas between; conditions on other fields than unit
 * and model may have `!=` and `~`, too; nothing behind the colon is all that was recorded. A value in double quotes may hold commas, and a quote written twice.
 *
 * @throws BAD_FIGURE
 * @example parseFigure('report:unit=wukong,period=2026-10')
 */
export function parseFigure(text: string): Figure {
  const at = text.indexOf(':');
  const kind = KINDS.find((each) => each === text.slice(0, Math.max(at, 0)));
  if (kind === undefined) throw badFigure(text, 'names no kind of figure');
  const rest = text.slice(at + 1);
  if (kind === 'verdict') {
    if (rest === '') throw badFigure(text, 'names no budget', 'write verdict:<name of a budget of the config>');
    return { kind, budget: rest };
  }
  return kind === 'flow' ? flowFigure(text, rest) : { kind, stage: null, ...partsOf(text, rest) };
}

function flowFigure(text: string, rest: string): SelectedFigure {
  const [, name = '', parts] = /^([^,]*)(?:,(.*))?$/s.exec(rest)!;
  const stage = STAGES.find((each) => each === name.trim());
  if (stage === undefined)
    throw badFigure(
      text,
      'names no stage',
      `begin with one of ${STAGES.join(', ')}, as in flow:transport,period=2026-10`,
    );
  const selected = parts === undefined ? { unit: [], model: [], where: [] } : partsOf(text, parts);
  return { kind: 'flow', stage, ...selected };
}

type Parts = Omit<SelectedFigure, 'kind' | 'stage'>;

/** A field, an operator and a value up to the next comma. */
const PART = /\s*([^=~!,"]+?)\s*(!=|=|~)\s*(?:"((?:[^"]|"")*)"|([^",]*?))\s*(?:(,)|$)/sy;

function partsOf(text: string, rest: string): Parts {
  const once: Partial<Record<Once, string>> = {};
  const lists = { unit: [] as string[], model: [] as string[], where: [] as string[] };
  let hasMore = rest !== '';
  PART.lastIndex = 0;
  while (hasMore) {
    const start = PART.lastIndex;
    const [, field = '', op = '', inQuotes, plain = '', comma] = PART.exec(rest) ?? [];
    if (op === '') throw badFigure(text, `has no <field>=<value> at ${quoted(rest.slice(start))}`);
    const value = inQuotes?.replaceAll('""', '"') ?? plain;
    if (value === '') throw badFigure(text, `says nothing of ${field}`);
    const name = ONCE.find((each) => each === field);
    if (name !== undefined) {
      if (op !== '=') throw badFigure(text, `has ${op} behind ${field}`, `write ${field}=${value}`);
      if (once[name] !== undefined) throw badFigure(text, `names ${field} twice`);
      once[name] = value;
    } else if ((field === 'unit' || field === 'model') && op === '=') lists[field].push(value);
    else lists.where.push(`${field}${op}${value}`);
    hasMore = comma !== undefined;
  }
  return { ...once, ...lists };
}

/** The reference that `parseFigure` reads back to the same. */
export function figureText(figure: Figure): string {
  if (figure.kind === 'verdict') return `verdict:${figure.budget}`;
  const { kind, stage, unit, model, where } = figure;
  const parts = [
    ...(stage === null ? [] : [stage]),
    ...unit.map((value) => `unit=${valueText(value)}`),
    ...model.map((value) => `model=${valueText(value)}`),
    ...where.map(conditionText),
    ...ONCE.flatMap((name) => (figure[name] === undefined ? [] : [`${name}=${valueText(figure[name])}`])),
  ];
  return `${kind}:${parts.join(',')}`;
}

const conditionText = (text: string): string => {
  const [, field = '', op = '', value = ''] = /^([^=~!]*)(!=|=|~)(.*)$/s.exec(text) ?? [];
  return `${field.trim()}${op}${valueText(value)}`;
};

const valueText = (value: string): string =>
  /[",]/.test(value) || value !== value.trim() ? `"${value.replaceAll('"', '""')}"` : value;

/** The budget of a name. */
export function budgetNamed<T extends { readonly name: string }>(name: string, budgets: readonly T[]): T {
  const found = budgets.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = budgets.map((each) => each.name);
  const near = nearest(name, names);
  const known = names.length === 0 ? 'the config has none' : `budgets of the config: ${names.join(', ')}`;
  throw badFigure(`verdict:${name}`, 'names no budget', near === null ? known : `did you mean verdict:${near}?`);
}

/** Conditions on the events of a report: `<field><op><value>`, as in `project=alpha,beta` or `model~qwen*`. */

import { compileWildcard } from '../pricing/wildcard.js';
import { ROLES, stageOf } from '../usage/roles.js';
import { DIMENSIONS, isTime, type StoredDimension, tagName } from './dimension.js';
import { type ReportQuery, UNASSIGNED } from './query.js';

/** Fields of an event that the store can filter by. */
export type StoredField = Exclude<StoredDimension, 'hour'> | 'role' | 'source' | 'account';
export type FilterField = StoredField | 'stage';

/** `=`: is one of the values. `!=`: is none of them. `~`: matches one of them, in which `*` is any run of characters. */
export type FilterOp = '=' | '!=' | '~';

/** An event without a value of the field is `null`: it equals `null` alone, differs from every text, and matches no pattern. */
export interface Filter<Field extends FilterField = FilterField> {
  readonly field: Field;
  readonly op: FilterOp;
  readonly values: readonly (string | null)[];
}

/** Fields a report can be filtered by, in the order help shows them; beside them `tag:<name>`. */
export const FILTER_FIELDS = DIMENSIONS.filter(
  (dimension) => !isTime(dimension) && dimension !== 'operator',
) as readonly FilterField[];

/** The field of a name; `null` when it is the name of none. */
export const filterFieldNamed = (name: string): FilterField | null =>
  (FILTER_FIELDS as readonly string[]).includes(name) || tagName(name) !== null ? (name as FilterField) : null;

/**
 * What a condition is made of; `null` when there is no operator in it. A value in double quotes may hold commas and blanks
 * at its ends, and a quote written twice.
 *
 * @example splitCondition('team=core,"x, y"') // { field: 'team', op: '=', values: ['core', 'x, y'] }
 */
export function splitCondition(text: string): { field: string; op: FilterOp; values: string[] } | null {
  const [, field = '', op, values = ''] = /^([^=~!]*)(!=|=|~)(.*)$/s.exec(text) ?? [];
  if (op === undefined) return null;
  return {
    field: field.trim(),
    op: op as FilterOp,
    values: [...values.matchAll(VALUE)]
      .map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.trim())
      .filter((value) => value !== ''),
  };
}

/** After a comma, or at the start: a value that is quoted whole, else whatever stands before the next comma. */
const VALUE = /(?<=^|,)(?:\s*"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))/g;

/** As `splitCondition` reads it. */
const valueText = (value: string): string =>
  value.includes(',') || value.startsWith('"') || value !== value.trim() ? `"${value.replaceAll('"', '""')}"` : value;

/** The condition in terms of what the store knows: a stage is a set of roles. */
export function storedFilter({ field, op, values }: Filter): Filter<StoredField> {
  if (field !== 'stage') return { field, op, values };
  const isOne = anyOf(op, values);
  return { field: 'role', op: op === '!=' ? '!=' : '=', values: ROLES.filter((role) => isOne(stageOf(role))) };
}

/** Whether a unit is one that a report lets through; `null`: none in particular, which every condition on units keeps out. */
export function unitTest({ units, filters }: Pick<ReportQuery, 'units' | 'filters'>): (unit: string | null) => boolean {
  const tests = filters
    .filter(({ field }) => field === 'unit')
    .map(({ op, values }) => {
      const isOne = anyOf(
        op,
        values.map((value) => value ?? UNASSIGNED),
      );
      return (unit: string) => isOne(unit) !== (op === '!=');
    });
  if (units !== null) tests.push((unit) => units.includes(unit === UNASSIGNED ? null : unit));
  return (unit) => (unit === null ? tests.length === 0 : tests.every((test) => test(unit)));
}

/** Whether a text is one of the values, or matches one of the patterns. */
export function anyOf(op: FilterOp, values: readonly (string | null)[]): (text: string) => boolean {
  const texts = values.filter((value) => value !== null);
  const tests = texts.map((each) => (op === '~' ? compileWildcard(each) : (text: string) => text === each));
  return (text) => tests.some((test) => test(text));
}

/** How events without a value of a field are named. */
export const nameOfNone = (field: string): string => (field === 'unit' ? UNASSIGNED : NONE);

/** How tables, and conditions, name a value that an event does not have. */
export const NONE = '(none)';

/** The condition as it is typed. */
export const conditionText = ({
  field,
  op,
  values,
}: {
  field: string;
  op: FilterOp;
  values: readonly string[];
}): string => `${field}${op}${values.map(valueText).join(',')}`;

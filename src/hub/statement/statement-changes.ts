/** What differs between a statement as it was written and as it is computed now. */

import { addDecimals, formatDecimal, parseDecimal } from '../../pricing/decimal.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type Fields = { readonly [name: string]: Json };

export interface StatementChange {
  /** Which figure, as in `line usage qwen3-max: amount`. */
  readonly what: string;
  /** `null`: it is not there. */
  readonly before: string | null;
  readonly now: string | null;
}

export interface StatementChanges {
  /** What the unit used or owes is another: figures, or what they were decided by. */
  readonly changes: readonly StatementChange[];
  /** What is told beside it is another: names, other units, files, rates that are not known any more. */
  readonly notes: readonly StatementChange[];
}

/** Both as JSON, read alike. */
export function statementChanges(before: Fields, now: Fields): StatementChanges {
  return isClosedSince(before, now) ? changesIn(asClosed(before), asClosed(now)) : changesIn(before, now);
}

function changesIn(before: Fields, now: Fields): StatementChanges {
  const lines = comparable(linesOf(before), linesOf(now));
  return {
    changes: differences(figuresOf({ ...before, lines: lines.before }), figuresOf({ ...now, lines: lines.now })),
    notes: differences(besideOf(before, lines.before, linesOf(before)), besideOf(now, lines.now, linesOf(now))),
  };
}

/** Written before the period was closed: what a closing does not keep cannot be compared. */
const isClosedSince = ({ closing: before }: Fields, { closing: now }: Fields): boolean =>
  (before ?? null) === null && (now ?? null) !== null;

const asClosed = ({ total, hashes, straddling: _, ...rest }: Fields): Fields => {
  const { converted: __, ...amounts } = fields(total);
  const { rates: ___, ...others } = fields(hashes);
  const { tokens, unassigned } = fields(rest.context);
  return {
    ...rest,
    total: amounts,
    hashes: others,
    context: { tokens: tokens ?? null, unassigned: unassigned ?? null },
  };
};

function differences(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): StatementChange[] {
  const names = [...new Set([...before.keys(), ...now.keys()])];
  return names.flatMap((what) => {
    const [was, is] = [before.get(what) ?? null, now.get(what) ?? null];
    return was === is ? [] : [{ what, before: was, now: is }];
  });
}

/** Every figure by its name. What follows from others (`figures`, `change`) is left out. */
function figuresOf({ unit, query, readings, lines, total, before, hashes, ...rest }: Fields): Map<string, string> {
  const { rows, rules, prices, rates } = fields(hashes);
  const { covered, unpriced, recordings, straddling, corrections, sharedWarnings } = rest;
  return factsOf({
    units: fields(unit).units ?? null,
    query: query ?? null,
    ...{ reading: readings ?? null, line: lines ?? null, total: total ?? null, 'period before': before ?? null },
    ...{ covered: covered ?? null, unpriced: unpriced ?? null, recording: recordings ?? null },
    ...{ straddling: straddling ?? null, correction: corrections ?? null, 'shared cost': sharedWarnings ?? null },
    hash: { rows: rows ?? null, rules: rules ?? null, prices: prices ?? null, rates: rates ?? null },
  });
}

/** Beside the figures; classes only of lines that were put together to be compared. */
function besideOf({ unit, closing, context, hashes }: Fields, compared: readonly Fields[], lines: readonly Fields[]) {
  const { name, owner, stage } = fields(unit);
  const apart = lines.filter((line) => !compared.includes(line));
  return factsOf({
    unit: { name: name ?? null, owner: owner ?? null, stage: stage ?? null },
    ...{ closing: closing ?? null, context: context ?? null },
    'hash imports': fields(hashes).imports ?? null,
    'rates of': apart.map(({ section, model, mode, price, class: of, rates }) => ({
      ...{ section: section ?? null, model: model ?? null, mode: mode ?? null, price: price ?? null },
      ...{ class: of ?? null, applied: rates ?? null },
    })),
  });
}

// --- lines whose rates are not known any more -------------------------------------------------------------------

/** Usage whose classes are told by one of the two alone is compared as one line: its tokens and amount are the same. */
function comparable(before: readonly Fields[], now: readonly Fields[]) {
  const classes = (lines: readonly Fields[]) => {
    const ofUse = new Map<string, string[]>();
    for (const line of lines)
      ofUse.set(useOf(line), [...(ofUse.get(useOf(line)) ?? []), `${line.class} ${line.rates}`]);
    return ofUse;
  };
  const [was, is] = [classes(before), classes(now)];
  const isAlike = (line: Fields) => String(was.get(useOf(line))) === String(is.get(useOf(line)));
  return { before: together(before, isAlike), now: together(now, isAlike) };
}

const useOf = ({ section, item, model, provider, mode, price, recording, currency }: Fields): string =>
  JSON.stringify([section, item, model, provider, mode, price, recording, currency]);

function together(lines: readonly Fields[], isAlike: (line: Fields) => boolean): Fields[] {
  const sums = new Map<string, Fields>();
  for (const line of lines) {
    const key = isAlike(line) ? JSON.stringify([useOf(line), line.class]) : useOf(line);
    const sum = sums.get(key);
    if (isAlike(line)) sums.set(key, line);
    else sums.set(key, sum === undefined ? { ...line, class: null } : added(sum, line));
  }
  return [...sums.values()];
}

const added = (a: Fields, b: Fields): Fields => ({
  ...a,
  tokens: addTexts(a.tokens, b.tokens),
  amount: addTexts(a.amount, b.amount),
});

const addTexts = (a: Json | undefined, b: Json | undefined): string =>
  formatDecimal(addDecimals(parseDecimal(String(a ?? 0)), parseDecimal(String(b ?? 0))));

// --- facts ------------------------------------------------------------------------------------------------------

/** Fields that say which entry of a list it is; they name it, and are no figures. */
const NAMES = [
  ...['section', 'item', 'model', 'provider', 'mode', 'class', 'price', 'role', 'source', 'account', 'recording'],
  ...['charge', 'reason', 'day', 'grain', 'file', 'from', 'currency', 'period'],
];
/** Follow from the others. */
const LEFT_OUT = new Set(['why', 'rates', 'note', ...NAMES]);

/** Leaves of the tree as texts, by the way to them. */
function factsOf(sections: Fields): Map<string, string> {
  const facts = new Map<string, string>();
  for (const [name, value] of Object.entries(sections)) addFacts(facts, name, value);
  return facts;
}

function addFacts(facts: Map<string, string>, name: string, value: Json): void {
  if (Array.isArray(value) && value.some(isObject))
    for (const entry of value) addEntry(facts, name, fields(entry as Json));
  else if (isObject(value)) for (const [key, field] of Object.entries(value)) addFacts(facts, `${name}: ${key}`, field);
  else if (value !== null)
    facts.set(name, beside(facts.get(name), Array.isArray(value) ? value.join(', ') : String(value)));
}

/** Entries of one name are told together, so that none hides a change of another. */
const beside = (before: string | undefined, value: string): string =>
  before === undefined ? value : `${before}; ${value}`;

function addEntry(facts: Map<string, string>, name: string, entry: Fields): void {
  const called = NAMES.flatMap((field) => (entry[field] == null ? [] : [nameOf(entry[field])]));
  for (const [key, field] of Object.entries(entry))
    if (!LEFT_OUT.has(key)) addFacts(facts, `${name} ${called.join(' ')}: ${key}`, field);
}

const nameOf = (value: Json): string =>
  isObject(value)
    ? Object.values(value)
        .filter((part) => part !== null)
        .join(' ')
    : String(value);

const isObject = (value: Json): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const fields = (value: Json | undefined): Fields => (value !== undefined && isObject(value) ? value : {});

const linesOf = ({ lines }: Fields): Fields[] => (Array.isArray(lines) ? lines.map((line: Json) => fields(line)) : []);

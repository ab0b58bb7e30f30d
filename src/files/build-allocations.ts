/** Allocations of a config: what each splits, over whom, when, and that no two of them split the same. */

import { quoted } from '../errors/wording.js';
import { type InvoiceAllocation, type Split, WHOLE } from '../hub/allocation/allocation.js';
import { splitCircle } from '../hub/allocation/split-order.js';
import { nearest } from '../nearest.js';
import { parseDecimal, roundHalfEven } from '../pricing/decimal.js';
import { PICO_DECIMALS } from '../pricing/money.js';
import { FILTER_FIELDS, type Filter, filterFieldNamed, filterOn, splitCondition } from '../report/filter.js';
import { UNASSIGNED } from '../report/query.js';
import type { CheckUnit } from './build-units.js';
import { isPercent, type RawAllocation, type RawConfig } from './config-schema.js';
import type { ConfigPath, ConfigSource } from './config-source.js';
import type { ConfigAllocation } from './config-type.js';

type Field = keyof RawAllocation;

interface Context {
  readonly path: ConfigPath;
  readonly source: ConfigSource;
  readonly checkUnit: CheckUnit;
}

/**
 * In the order of the config.
 *
 * @throws BAD_CONFIG
 */
export function buildAllocations(
  { allocations = [] }: RawConfig,
  source: ConfigSource,
  checkUnit: CheckUnit,
): ConfigAllocation[] {
  const built = allocations.map((raw, place) =>
    buildAllocation(raw, place, { path: ['allocations', place], source, checkUnit }),
  );
  for (const allocation of built) refuseSameCost(allocation, built, source);
  const circle = splitCircle(built);
  if (circle !== null)
    throw source.wrong(
      ['allocations'],
      `split in a circle: ${circle.join(' -> ')}`,
      'take one unit of it out of the `to` of the one before it',
    );
  return built;
}

function buildAllocation(raw: RawAllocation, place: number, context: Context): ConfigAllocation {
  const { from, amount, since = null, until = null } = raw;
  if ((from === undefined) === (amount === undefined)) throw wrongSource(raw, context);
  if (since !== null && until !== null && since > until)
    throw wrong(context, 'until', `is before since (${since})`, 'swap the two; both days are included');
  const base = { place, split: splitOf(raw, context), since, until };
  return from === undefined
    ? { ...base, ...invoiceOf(raw, context) }
    : {
        ...base,
        kind: 'unit',
        from: unitOf(from, raw, context),
        name: raw.name ?? null,
        ...conditionsOf(raw, context),
      };
}

const wrong = ({ path, source }: Context, field: Field, message: string, hint: string) =>
  source.wrong([...path, field], message, hint);

const wrongSource = ({ from }: RawAllocation, { path, source }: Context) =>
  from === undefined
    ? source.wrong(
        path,
        'splits nothing',
        'add from: a unit whose cost it is, or name, amount and period of an invoice line',
      )
    : source.wrong(
        [...path, 'amount'],
        'stands beside from',
        'make it two: a unit and an invoice line are split apart',
      );

function unitOf(from: string, raw: RawAllocation, context: Context): string | null {
  for (const field of ['period', 'monthly'] as const)
    if (raw[field] !== undefined)
      throw wrong(context, field, 'is of an invoice line, but from names a unit', 'give the days with since and until');
  if (from === UNASSIGNED) return null;
  context.checkUnit(from, [...context.path, 'from']);
  return from;
}

function conditionsOf({ where = [] }: RawAllocation, context: Context) {
  return { where, filters: where.map((text, i) => filterOf(text, [...context.path, 'where', i], context.source)) };
}

function filterOf(text: string, path: ConfigPath, source: ConfigSource): Filter {
  const parts = splitCondition(text);
  const field = parts === null ? null : filterFieldNamed(parts.field);
  if (parts === null || parts.values.length === 0)
    throw source.wrong(path, `${quoted(text)} is no condition`, 'write <field>=<value>, as in charge=purchase');
  if (field !== null) return filterOn(field, parts.op, parts.values);
  const near = nearest(parts.field, FILTER_FIELDS);
  const hint = `${near === null ? '' : `did you mean ${near}? `}fields: ${FILTER_FIELDS.join(', ')}, tag:<name>`;
  throw source.wrong(path, `${quoted(parts.field)} is no field`, hint);
}

type Invoice = Pick<InvoiceAllocation, 'kind' | 'name' | 'currency' | 'pico' | 'month'>;

function invoiceOf({ name, amount = '', period, monthly, where }: RawAllocation, context: Context): Invoice {
  if (name === undefined)
    throw wrong(context, 'amount', 'has no name', 'add what it is for, as in name: gateway servers');
  if (where !== undefined)
    throw wrong(context, 'where', 'is of a unit, but amount is a line of an invoice', 'remove one of the two');
  if (period !== undefined && monthly !== undefined)
    throw wrong(context, 'monthly', 'stands beside period', 'choose one of the two');
  if (period === undefined && monthly === undefined)
    throw wrong(
      context,
      'amount',
      'is of no one time',
      'add period: 2026-10, or monthly: true if it comes every month',
    );
  return { kind: 'invoice', name, ...amountOf(amount, context), month: period ?? null };
}

/** Of an amount, before the point: far more than any invoice has. */
const MOST_DIGITS = 18;

function amountOf(text: string, context: Context): { currency: string; pico: bigint } {
  const [, whole, decimals = '', currency = ''] = /^(-?\d+)(?:\.(\d+))?\s+([A-Z]{3})$/.exec(text) ?? [];
  const refuse = (why: string) => wrong(context, 'amount', `${quoted(text)} ${why}`, 'write it as in 1200 CNY');
  if (whole === undefined) throw refuse('is no amount');
  if (whole.replace('-', '').length > MOST_DIGITS) throw refuse(`has more than ${MOST_DIGITS} digits before the point`);
  if (decimals.length > PICO_DECIMALS) throw refuse(`has more than ${PICO_DECIMALS} decimals`);
  return { currency, pico: roundHalfEven(parseDecimal(`${whole}.${decimals || '0'}`), PICO_DECIMALS) };
}

function splitOf(raw: RawAllocation, context: Context): Split {
  const { by, to } = raw;
  const isOfShares = to !== undefined && !Array.isArray(to);
  if (isOfShares && by !== undefined)
    throw wrong(context, 'by', 'stands beside fixed shares', 'remove it, or give `to` as a list of units');
  if (isOfShares) return sharesOf(to, raw, context);
  if (by === undefined)
    throw context.source.wrong(
      context.path,
      'does not say how to split',
      'add by: even, by: tokens or by: requests, or give shares, to: { chat: 60%, agents: 40% }',
    );
  const units = to ?? null;
  for (const [i, unit] of units?.entries() ?? []) checkTarget(unit, [...context.path, 'to', i], raw, context);
  const twice = units?.find((unit, i) => units.indexOf(unit) < i);
  if (twice !== undefined) throw wrong(context, 'to', `names ${quoted(twice)} twice`, 'name it once');
  return { by, to: units };
}

function sharesOf(to: Readonly<Record<string, string>>, raw: RawAllocation, context: Context): Split {
  const shares = Object.entries(to).map(([unit, text]) => {
    const path = [...context.path, 'to', unit];
    checkTarget(unit, path, raw, context);
    if (!isPercent(text))
      throw context.source.wrong(
        path,
        `${quoted(text)} is no share`,
        'write a share from 0% to 100% of at most 12 decimals, such as 60%',
      );
    return { unit, text, weight: roundHalfEven(parseDecimal(text.replace(/ ?%$/, '')), 12) };
  });
  if (shares.length === 0) throw wrong(context, 'to', 'names no unit', 'write to: { chat: 60%, agents: 40% }');
  if (shares.reduce((sum, { weight }) => sum + weight, 0n) > WHOLE)
    throw wrong(context, 'to', 'shares more than 100%', 'lower a share; less than 100% leaves the rest unallocated');
  return { by: 'share', shares };
}

function checkTarget(unit: string, path: ConfigPath, { from }: RawAllocation, { source, checkUnit }: Context): void {
  checkUnit(unit, path);
  if (unit === from)
    throw source.wrong(
      path,
      `${quoted(unit)} would split its cost over itself`,
      'leave it out; less than 100% leaves the rest unallocated',
    );
}

/** Two allocations of the whole cost of a unit must not be in force on one day. */
function refuseSameCost(allocation: ConfigAllocation, all: readonly ConfigAllocation[], source: ConfigSource): void {
  if (allocation.kind !== 'unit' || allocation.where.length > 0) return;
  const before = all
    .slice(0, allocation.place)
    .find(
      (other) =>
        other.kind === 'unit' &&
        other.from === allocation.from &&
        other.where.length === 0 &&
        overlap(other, allocation),
    );
  if (before === undefined) return;
  throw source.wrong(
    ['allocations', allocation.place],
    `splits the cost of ${quoted(allocation.from ?? UNASSIGNED)}, which allocations[${before.place}] splits on the same days`,
    'join the two, or part them by since and until, or by where',
  );
}

type Dated = Pick<ConfigAllocation, 'since' | 'until'>;

const overlap = (a: Dated, b: Dated): boolean =>
  (a.since === null || b.until === null || a.since <= b.until) &&
  (b.since === null || a.until === null || b.since <= a.until);

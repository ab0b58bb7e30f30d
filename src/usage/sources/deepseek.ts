import { badField } from '../../errors/usage-records.js';
import { formatDecimal, multiplyDecimals } from '../../pricing/decimal.js';
import type { Amount } from '../../pricing/money.js';
import { NO_TOKENS, type TokenClasses } from '../../pricing/token-classes.js';
import { EXPORT_COLUMNS, exportTime, isExport } from '../deepseek/export-time.js';
import { NO_ORIGIN, usageEvent } from '../event.js';
import { namesIn } from '../reading/columns.js';
import { decimalOf } from '../reading/decimals.js';
import { modelOf } from '../reading/model-name.js';
import { tables } from '../reading/recognise.js';
import { decodeRows, type Row } from '../reading/row.js';
import { amountAt } from '../reading/stated-cost.js';
import type { Decoded, Source } from '../source.js';

const COLUMNS = {
  ...EXPORT_COLUMNS,
  keyName: ['api_key_name'],
  key: ['api_key'],
  type: ['type'],
  price: ['price'],
  amount: ['amount'],
  currency: ['currency'],
} as const;
type AmountRow = Row<keyof typeof COLUMNS>;

/** The class that the tokens of a type are; `null`: the type counts calls. */
const TYPES: Readonly<Record<string, keyof TokenClasses | null>> = {
  input_cache_hit_tokens: 'cacheRead',
  input_cache_miss_tokens: 'input',
  output_tokens: 'output',
  request_count: null,
};

/**
 * The `amount` file of DeepSeek's usage export: one line for each bucket, model, key and type of tokens, which add up to
 * whole events. Hits and misses of the cache are disjoint, reasoning is part of the output. A line costs price x amount,
 * exactly. The file names no currency; it is that of the account, which is CNY unless a column says otherwise. Money from
 * granted balance is in it; `deepseek-cost` tells it apart. Several lines of a type may differ in price alone (peak hours).
 */
export const deepseek: Source = {
  name: 'deepseek',
  title: 'DeepSeek usage export, amount CSV',
  kind: 'table',
  role: 'bill',
  documentation: 'https://platform.deepseek.com/usage',
  account: null,
  reads: namesIn(COLUMNS),
  key: 'start and end (or UTC date), account, model and key',
  recognises: tables((headers) => isExport(headers, 'type', 'price', 'amount')),
  decoder: decodeRows(COLUMNS, decodeAmount),
};

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeAmount(row: AmountRow): Decoded {
  const type = row.required('type');
  const tokenClass = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (tokenClass === undefined)
    throw badField(row.field('type'), type, 'is not known', `known are ${Object.keys(TYPES).join(', ')}`);
  const count = row.count('amount') ?? 0;
  if (count === 0) return { skipped: 'nothing used' };
  const model = modelOf([row.cell('model')], row.field('model'));
  const counted =
    tokenClass === null ? { requests: count } : { requests: 0, tokens: { ...NO_TOKENS, [tokenClass]: count } };
  const event = usageEvent({
    ...exportTime(row),
    ...{ model, provider: 'deepseek' },
    account: row.text('user'),
    origin: { ...NO_ORIGIN, key: keyOf(row) },
    ...counted,
    statedCost: costOf(row, count),
  });
  return { events: [event] };
}

/** The key's name, else the key as the export masks it; a key in full is a secret and is not kept. */
function keyOf(row: AmountRow): string | null {
  const key = row.text('key');
  return row.text('keyName') ?? (key?.includes('*') ? key : null);
}

/** Price times amount; lines without a price cost nothing of their own. */
function costOf(row: AmountRow, count: number): Amount | null {
  const price = row.text('price');
  if (price === null) return null;
  const field = row.field('price');
  const cost = multiplyDecimals(decimalOf(price, field), { units: BigInt(count), scale: 0 });
  return amountAt(field, formatDecimal(cost), row.text('currency') ?? 'CNY');
}

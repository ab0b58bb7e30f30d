import { badField, badRecord } from '../../errors.js';
import { negativeAmount } from '../../pricing/money.js';
import { deepseekTime } from '../deepseek/export-time.js';
import { type UsageEvent, usageEvent } from '../event.js';
import { isFields } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { amountAt } from '../reading/stated-cost.js';
import { findColumns, type Row, rowOpener } from '../reading/table-row.js';
import type { Decoded, Source } from '../source.js';

const COLUMNS = {
  start: ['start_time_iso'],
  end: ['end_time_iso'],
  date: ['utc_date'],
  user: ['user_id'],
  model: ['model'],
  wallet: ['wallet_type'],
  cost: ['cost'],
  currency: ['currency'],
} as const;
type CostRow = Row<keyof typeof COLUMNS>;

/**
 * The `cost` file of DeepSeek's usage export: money by bucket, model and wallet, without tokens. What granted balance
 * paid is usage and a credit of the same amount, so that the sum is what was paid. It is a source of its own, because it
 * states the money of `deepseek` again: of the two, alternatives of one bill, a report reads one.
 */
export const deepseekCost: Source = {
  name: 'deepseek-cost',
  title: 'DeepSeek usage export, cost CSV',
  kind: 'table',
  role: 'bill',
  documentation: 'https://platform.deepseek.com/usage',
  account: null,
  reads: Object.values(COLUMNS).flat(),
  key: 'start and end (or UTC date), account, model and kind of charge',
  recognises: (sample) => 'columns' in sample && looksLikeCosts(sample.columns),
  decoder: () => {
    const rows = rowOpener(COLUMNS);
    return ({ value }) => {
      if (!isFields(value)) throw badRecord('is no row of a table', 'export the usage as CSV');
      return decodeCost(rows(value));
    };
  },
};

function looksLikeCosts(headers: readonly string[]): boolean {
  const found = findColumns(headers, COLUMNS);
  const isTimed = found.has('date') || (found.has('start') && found.has('end'));
  return isTimed && (['model', 'wallet', 'cost', 'currency'] as const).every((name) => found.has(name));
}

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeCost(row: CostRow): Decoded {
  const cost = amountAt(row.field('cost'), row.required('cost'), row.required('currency'));
  const isGranted = isGrant(row);
  if (cost.pico === 0n && cost.text === null) return { skipped: 'no cost' };
  const model = modelOf([row.cell('model')], row.field('model'));
  const time = deepseekTime(row);
  const usage = usageEvent({
    ...time,
    ...{ model, provider: 'deepseek', account: row.text('user'), requests: 0, statedCost: cost },
  });
  const credit: UsageEvent = { ...usage, charge: 'credit', statedCost: negativeAmount(cost) };
  return { events: isGranted ? [usage, credit] : [usage] };
}

/** `Paid` (or `topped_up`) and `Granted`. A wallet not known may be either, so it is rejected. */
function isGrant(row: CostRow): boolean {
  const wallet = row.required('wallet');
  if (/^(?:granted|grant)$/i.test(wallet)) return true;
  if (/^(?:paid|topped[_ -]?up)$/i.test(wallet)) return false;
  throw badField(row.field('wallet'), wallet, 'is no wallet known', 'known are Paid and Granted');
}

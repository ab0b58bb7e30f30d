import { badField } from '../../errors/usage-records.js';
import { negativeAmount } from '../../pricing/money.js';
import { EXPORT_COLUMNS, exportTime, isExport } from '../deepseek/export-time.js';
import { type UsageEvent, usageEvent } from '../event.js';
import { isZero } from '../reading/amounts.js';
import { namesIn } from '../reading/columns.js';
import { modelOf } from '../reading/model-name.js';
import { tables } from '../reading/recognise.js';
import { decodeRows, type Row } from '../reading/row.js';
import { amountAt } from '../reading/stated-cost.js';
import type { Decoded, Source } from '../source.js';

const COLUMNS = {
  ...EXPORT_COLUMNS,
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
  reads: namesIn(COLUMNS),
  key: 'start and end (or UTC date), account, model and kind of charge',
  recognises: tables((headers) => isExport(headers, 'wallet_type', 'cost', 'currency')),
  decoder: decodeRows(COLUMNS, decodeCost),
};

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeCost(row: CostRow): Decoded {
  const cost = amountAt(row.field('cost'), row.required('cost'), row.required('currency'));
  const isGranted = isGrant(row);
  if (isZero(cost)) return { skipped: 'no cost' };
  const model = modelOf([row.cell('model')], row.field('model'));
  const time = exportTime(row);
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

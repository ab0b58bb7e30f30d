import { parseTime, type RecordTime } from '../time/record-time.js';
import { billTime, type DateOrder, dateOrder } from '../time/slash-date.js';
import type { AzureRow } from './azure-columns.js';

/** The day of a line. Throws BAD_FIELD. */
export function azureDay(row: AzureRow): RecordTime {
  const name = row.text('Date') === null ? 'UsageDateTime' : 'Date';
  const field = row.field(name);
  const text = (row.text(name) ?? '').replace(/[T ]00:00(:00(\.0+)?)?Z?$/, '');
  const time = billTime(text, orderOf(row, text), field);
  if (time.day !== null) return time;
  return parseTime(new Date(time.at).toISOString().slice(0, 10), 'UTC', field);
}

/** Export files write the month first; a line that contradicts that was changed by another program. */
function orderOf(row: AzureRow, date: string): DateOrder | null {
  const [start, end] = [row.text('BillingPeriodStartDate') ?? '', row.text('BillingPeriodEndDate') ?? ''];
  return dateOrder(start, end) ?? (/^\d{1,2}\/(1[3-9]|[23]\d)\//.test(date) ? 'month first' : null);
}

/** Reads figures of the business by day and unit, such as tickets or users, that costs are divided by. */

import { badHeader } from '../errors/file-formats.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import { badField, missingField } from '../errors/usage-records.js';
import { type Decimal, parseDecimal } from '../pricing/decimal.js';
import type { Kpi, KpiValue } from '../report/kpi.js';
import type { RawRecord } from '../usage/source.js';
import { parseTime } from '../usage/time/record-time.js';
import { openRecords } from './records.js';

const COLUMNS = ['date', 'unit', 'metric', 'value'] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

/**
 * Every metric of a CSV file with the columns `date`, `unit`, `metric`, `value`, in any order and letter case, among
 * others; by name. An empty unit is the whole organisation; an empty value is not known, which is not 0.
 *
 * @param path  absolute
 * @param name  what messages call the file
 * @throws at `file:line: field` for the first row that is wrong or stands twice; what `openRecords` throws
 */
export async function readKpiFile(path: string, name: string): Promise<Map<string, Kpi>> {
  const metrics = new Map<string, KpiValue[]>();
  const lines = new Map<string, number>();
  for await (const batch of openRecords(path, { kind: 'table', name }))
    for (const record of batch) {
      if ('error' in record) throw record.error.at({ file: name, line: record.line });
      const read = placed(name, record.line, () => kpiValueOf(record, name));
      if (read === null) continue;
      const { metric, ...value } = read;
      const key = JSON.stringify([value.day, value.unit, metric]);
      const before = lines.get(key);
      if (before !== undefined) throw statedTwice(read, before).at({ file: name, line: record.line });
      lines.set(key, record.line);
      if (!metrics.has(metric)) metrics.set(metric, []);
      metrics.get(metric)!.push(value);
    }
  return new Map([...metrics].map(([metric, values]) => [metric, { metric, values }]));
}

function kpiValueOf(record: RawRecord, name: string): (KpiValue & { readonly metric: string }) | null {
  const { date, unit, metric, value } = rowOf(record, name);
  if (value === '') return null;
  if (metric === '') throw missingField('metric', 'name what is counted, such as tickets');
  return { day: dayOf(date), unit: unit === '' ? null : unit, metric, value: countOf(value) };
}

function rowOf({ value }: RawRecord, name: string): Row {
  const cells = new Map(
    Object.entries(value as Record<string, string>).map(([column, text]) => [column.trim().toLowerCase(), text.trim()]),
  );
  const missing = COLUMNS.find((column) => !cells.has(column));
  if (missing !== undefined)
    throw badHeader(name, 1, `column ${missing} is missing`, `name the columns ${COLUMNS.join(', ')}`);
  return Object.fromEntries(COLUMNS.map((column) => [column, cells.get(column)!])) as Row;
}

function dayOf(text: string): string {
  if (text === '') throw missingField('date', 'write 2026-10-31');
  const { day } = parseTime(text, 'UTC', 'date');
  if (day === null) throw badField('date', text, 'is no day', 'write 2026-10-31');
  return day;
}

function countOf(text: string): Decimal {
  const value = decimalOf(text);
  if (value.units < 0n)
    throw badField('value', text, 'is below 0', 'a count is from 0; leave it empty where it is not known');
  return value;
}

function decimalOf(text: string): Decimal {
  try {
    return parseDecimal(text);
  } catch (error) {
    throw error instanceof TokenhubError ? error.at({ field: 'value' }) : error;
  }
}

const statedTwice = ({ day, unit, metric }: KpiValue & { readonly metric: string }, line: number): TokenhubError =>
  badField(
    'value',
    `${day}, ${unit ?? 'no unit'}, ${metric}`,
    `stands on line ${line}, too`,
    'leave one of the two rows out, or add them up',
  );

/** Runs work over one row; its errors get the place they lack. */
function placed<T>(file: string, line: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof TokenhubError ? error.at({ file, line }) : error;
  }
}

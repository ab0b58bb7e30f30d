/** What was imported, as a sheet. */

import { localDays } from '../report/local-days.js';
import { type Column, column, type Sheet } from './sheet.js';

/** One import in the body of `imports --format json`: counts of records, as it reported them when it was made. */
export interface ImportBody {
  readonly id: number;
  /** As it was typed. */
  readonly path: string;
  readonly source: string;
  readonly role: string;
  /** First and last instant of what it brought, ISO 8601; `null`: nothing. */
  readonly from: string | null;
  readonly to: string | null;
  readonly read: number;
  readonly added: number;
  readonly duplicate: number;
  readonly updated: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly sha256: string;
  readonly bytes: number;
  /** What it was read with. */
  readonly options: object;
}

/** `timeZone`: of the days of the periods. */
export function importsSheet(imports: readonly ImportBody[], timeZone: string): Sheet {
  const dayOf = localDays();
  const day = (instant: string | null) => (instant === null ? null : dayOf(Date.parse(instant), timeZone));
  return {
    title: null,
    columns: COLUMNS,
    rows: imports.map(({ id, path, source, role, from, to, read, added, duplicate, updated, rejected, sha256 }) => [
      ...[`${id}`, path, source, role, day(from), day(to), read, added, duplicate, updated, rejected],
      sha256.slice(0, SHORT),
    ]),
    totals: null,
    above: [],
    below: imports.length === 0 ? ['nothing was imported yet'] : [],
  };
}

/** Characters of a hash that tell files apart for people. */
const SHORT = 12;

const COLUMNS: readonly Column[] = [
  ...['id', 'file', 'source', 'role', 'from', 'to'].map((key) => column(key, key, 'text')),
  ...['read', 'added', 'duplicate', 'updated', 'rejected'].map((key) => column(key, key, 'count')),
  column('sha256', 'sha256', 'text', 'wide'),
];

/** What a unit rule sees of an event, by the ids the event has. */

import type { Database } from '../../load-driver.js';
import { dayNumber } from '../../report/local-days.js';
import type { Charge, Origin } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import { dateDaySql, localDaySql } from './local-day-sql.js';
import { type OriginRow, originFrom } from './origin-row.js';

/** Local day a rule goes by, as a number: of the instant in the rules' zone; a bucket's own. */
export const ruleDaySql = (db: Database, timeZone: string): string =>
  `iif(e.day IS NULL, ${localDaySql(db, timeZone)('e.ts')}, ${dateDaySql('e.day')})`;

/** Facets of one model and provider are of one class to rules, numbered from 0. */
export function facetClasses(db: Database) {
  const rows = db.prepare<unknown[], FacetRow>(FACETS).safeIntegers(false).all();
  const classes = new Map<string, number>();
  const named: Pick<FacetRow, 'model' | 'provider'>[] = [];
  const classOf = new Int32Array(Math.max(0, ...rows.map(({ id }) => id)) + 1);
  for (const { id, model, provider } of rows) {
    const key = JSON.stringify([model, provider]);
    if (!classes.has(key)) named[classes.size] = { model, provider };
    classOf[id] = classes.get(key) ?? classes.size;
    classes.set(key, classOf[id]!);
  }
  const charges = new Map(rows.map(({ id, charge }) => [id, charge]));
  return {
    named,
    count: named.length,
    classOf: (facet: number): number => classOf[facet]!,
    chargeOf: (facet: number): Charge => charges.get(facet)!,
  };
}

interface FacetRow {
  readonly id: number;
  readonly model: string;
  readonly provider: string;
  readonly charge: Charge;
}

const FACETS = `SELECT f.id, m.name AS model, p.name AS provider, c.name AS charge FROM facet f
  JOIN model m ON m.id = f.model JOIN provider p ON p.id = f.provider JOIN charge c ON c.id = f.charge ORDER BY f.id`;

export const unitNames = (db: Database): Map<number, string> =>
  new Map(db.prepare('SELECT id, name FROM unit').safeIntegers(false).raw().all() as [number, string][]);

/** Before every first day of a span. */
const BEFORE = '0000-01-01';

/** Spans of time between days, numbered from 0: which one a day is in, and a day that stands for all of a span. */
export function daySpans(edges: readonly string[]) {
  const first = edges.map(dayNumber);
  const spanOf = (day: number): number => {
    let span = 0;
    while (span < first.length && day >= first[span]!) span++;
    return span;
  };
  return { count: edges.length + 1, spanOf, dayOf: (span: number): string => (span === 0 ? BEFORE : edges[span - 1]!) };
}

/** What ids stand for; what is of one id is one object. */
export function factReader(db: Database) {
  const recordings = new Map(
    rowsOf<Recording & Id>(db, 'recording').map(({ id, role, source, account }) => [id, { role, source, account }]),
  );
  const rows = new Map(rowsOf<OriginRow & Id>(db, 'origin').map((row) => [row.id, row]));
  const origins = new Map<number, Origin>();
  const originOf = (id: number): Origin => {
    const origin = origins.get(id) ?? originFrom(rows.get(id)!);
    origins.set(id, origin);
    return origin;
  };
  return { recordingOf: (id: number): Recording => recordings.get(id)!, originOf };
}

interface Id {
  readonly id: number;
}

const rowsOf = <Row>(db: Database, table: 'recording' | 'origin'): Row[] =>
  db.prepare<unknown[], Row>(`SELECT * FROM ${table}`).safeIntegers(false).all();

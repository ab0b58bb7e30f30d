import type { Database } from '../../load-driver.js';
import { dayText, localDays } from '../../report/local-days.js';
import type { Window } from '../../report/query.js';
import { readHomeZone } from './home-zone.js';
import { dateDaySql } from './local-day-sql.js';

const DAY_MS = 86_400_000;

/** Last day of a bucket of whole days, as a day number. */
const LAST_DAY = `(${dateDaySql('day')} - 1 +
  iif(until - ts <= 90000000, 1, max(2, CAST((until - ts) / 86400000.0 + 0.5 AS INTEGER))))`;

/** The edge of a window, and what it cuts: buckets of instants around `at`, and dates on both sides of it. */
interface Edge {
  readonly at: number;
  /** Whether it cuts a bucket of whole days, by its first `day` and its last, a day number. */
  readonly isAcross: string;
}

/**
 * The buckets that an edge of a window cuts, as a SELECT like `eventsOfWindow`, each once: those of whole days by their
 * calendar dates, others by their instants. They are looked for near each edge, as far back as the totals kept say that a
 * bucket may begin which reaches it.
 */
export function cutEvents(db: Database, window: Window): string {
  const selects = edgesOf(window).flatMap((edge, i, edges) => {
    const since = earliest(db, edge.at);
    const once = (isCut: (each: Edge) => string) => edges.slice(0, i).map((each) => `AND NOT (${isCut(each)})`);
    const isAround = ({ at }: Edge) => `ts < ${at} AND until > ${at}`;
    const isAcross = (each: Edge) => each.isAcross;
    const [sinceTs, sinceDay] =
      since === null ? ['', ''] : [`AND ts >= ${since * DAY_MS}`, `AND day >= '${dayText(since)}'`];
    return [
      `SELECT * FROM event WHERE day IS NULL AND ${isAround(edge)} ${sinceTs} ${once(isAround).join(' ')}`,
      `SELECT * FROM event WHERE day IS NOT NULL AND ${isAcross(edge)} ${sinceDay} ${once(isAcross).join(' ')}`,
    ];
  });
  return selects.length === 0 ? 'SELECT * FROM event WHERE 0' : selects.join(' UNION ALL ');
}

/** A date that an edge lies inside of is cut by itself. */
function edgesOf({ from, to, firstDay, lastDay, timeZone }: Window): Edge[] {
  const dayOf = localDays();
  const number = (day: string) => dateDaySql(`'${day}'`);
  const edges: Edge[] = [];
  if (from !== null && firstDay !== null)
    edges.push({
      at: from,
      isAcross: `day < '${firstDay}' AND ${LAST_DAY} >= ${number(dayOf(from, timeZone))}`,
    });
  if (to !== null && lastDay !== null)
    edges.push({
      at: to,
      isAcross: `day <= '${dayOf(to - 1, timeZone)}' AND ${LAST_DAY} > ${number(lastDay)}`,
    });
  return edges;
}

/** A day no bucket that reaches an instant begins before; `null`: not known. Days of two zones differ by less than two. */
function earliest(db: Database, at: number): number | null {
  if (readHomeZone(db)?.exact !== true) return null;
  const first = db
    .prepare<unknown[], number | null>(
      `SELECT min(r.day) FROM rollup_day r JOIN shape s ON s.id = r.shape
       WHERE s.grain <> 'request' AND r.day <= $day + 2 AND r.day + max(s.days, 1) >= $day - 2`,
    )
    .pluck()
    .safeIntegers(false)
    .get({ day: Math.floor(at / DAY_MS) });
  return (first ?? Math.floor(at / DAY_MS)) - 2;
}

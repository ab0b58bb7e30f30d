/** Which agents used most, of however many there are. */

import type { Database } from '../../load-driver.js';
import type { AgentQuestion, TopAgents } from '../ledger.js';
import { filters, filterValues } from './cell-sql.js';
import { isSeenTwice } from './twins.js';
import { eventSql, eventsOfWindow, totalOf, windowValues } from './usage-rows.js';

type Ranked = { agent: bigint; name: string; sessions: bigint | null };

/**
 * Ranked where the events are, so that only the names of the first ones leave the store.
 *
 * Time O(events of the window + agents log agents).
 */
export function readTopAgents(db: Database, { window, units, models, top }: AgentQuestion): TopAgents {
  const query = { units, models, filters: [] };
  const values = { ...windowValues(window), ...filterValues(query), top };
  const rows = `${rowsSql(db, window)} ${filters(query)}`;
  const named = `${rows} AND u.agent IS NOT NULL`;
  const ranked = db
    .prepare<unknown[], Ranked>(
      `SELECT g.agent, a.name FROM (
         SELECT u.agent, SUM(u.total) AS tokens FROM ${named} GROUP BY u.agent
       ) g JOIN agent a ON a.id = g.agent ORDER BY g.tokens DESC, a.name LIMIT $top`,
    )
    .all(values);
  const ids = ranked.map(({ agent }) => agent).join();
  const sessions = db
    .prepare<unknown[], Ranked>(
      `SELECT u.agent, COUNT(DISTINCT u.session) AS sessions FROM ${rows} AND u.agent IN (${ids}) GROUP BY u.agent`,
    )
    .all(values);
  const ofAgent = new Map(sessions.map((row) => [row.agent, row.sessions] as const));
  const others = db
    .prepare<unknown[], { agents: bigint; sessions: bigint }>(
      `SELECT COUNT(DISTINCT u.agent) AS agents, COUNT(DISTINCT u.session) AS sessions FROM ${named} AND u.agent NOT IN (${ids})`,
    )
    .get(values)!;
  return {
    agents: ranked.map(({ agent, name }) => ({ name, sessions: ofAgent.get(agent) ?? 0n })),
    others,
  };
}

/** Usage of applications, each request once, `u`, with a condition to go on from; the cheaper way where none can be there twice. */
const rowsSql = (db: Database, window: AgentQuestion['window']): string =>
  isSeenTwice(db)
    ? `(${eventSql(db, window)}) u JOIN recording r ON r.id = u.recording WHERE r.role = 'app' AND u.is_counted`
    : `(SELECT e.agent, e.session, e.unit, e.recording, ${totalOf('e')} AS total, f.model
        FROM (${eventsOfWindow(window)}) e JOIN facet f ON f.id = e.facet) u
       JOIN recording r ON r.id = u.recording WHERE r.role = 'app'`;

/** The events of closed periods, which rules and prices leave as they are, as conditions in SQL without parameters. */

import type { ClosedDays } from '../../hub/closing/closing.js';
import type { Database } from '../../load-driver.js';
import type { Window } from '../../report/query.js';
import { closedWindow } from '../closed-window.js';
import { insideSql } from './usage-rows.js';

/** @param event  what the statement calls the event's table */
export const notClosed = (db: Database, event: string): string => `NOT ${inClosed(db, event)}`;

/**
 * That an event is in a closed period, as a report of that period has it.
 *
 * @throws CLOSING_DAMAGED where the days of one cannot be read, so that its events are not known
 */
export const inClosed = (db: Database, event: string): string =>
  `(${closedWindows(db)
    .map((window) => insideWindow(window, event))
    .concat('0')
    .join(' OR ')})`;

/** That an event is of a window; values stand in place of parameters, so that a statement has room for several. */
export const insideWindow = (window: Window, event: string): string =>
  insideSql(window, {
    column: (name) => `${event}.${name}`,
    value: (name) => (typeof window[name] === 'string' ? `'${window[name]}'` : `${window[name]}`),
  });

export const noneClosed = (db: Database): boolean => closedWindows(db).length === 0;

const closedWindows = (db: Database): Window[] =>
  db
    .prepare<unknown[], ClosedDays & { period: string }>(
      `SELECT period, first_day AS firstDay, last_day AS lastDay, time_zone AS timeZone FROM closing
       WHERE reopened IS NULL ORDER BY id`,
    )
    .all()
    .map(closedWindow);

import type { Database } from '../../load-driver.js';
import type { PriceListUse } from '../../report/cell.js';
import type { Window } from '../../report/query.js';
import { dateDaySql } from './local-day-sql.js';
import { eventsOfWindow, keepsDaysOf, windowValues } from './usage-rows.js';

/** Price lists that some cost of the window was computed with. */
export const readPriceLists = (db: Database, window: Window): PriceListUse[] =>
  db
    .prepare<unknown[], PriceListUse>(
      `SELECT source AS name, as_of AS asOf FROM price
       WHERE id IN (${keepsDaysOf(db, window) ? keptPrices(window) : pricesOfEvents(window)})
       GROUP BY source, as_of ORDER BY source, as_of`,
    )
    .all(windowValues(window));

const keptPrices = ({ firstDay, lastDay }: Window): string => `
  SELECT price FROM rollup_price WHERE 1 ${firstDay === null ? '' : `AND day >= ${dateDaySql('$firstDay')}`}
    ${lastDay === null ? '' : `AND day <= ${dateDaySql('$lastDay')}`}`;

const pricesOfEvents = (window: Window): string =>
  `SELECT f.price FROM facet f WHERE f.id IN (SELECT facet FROM (${eventsOfWindow(window)}))`;

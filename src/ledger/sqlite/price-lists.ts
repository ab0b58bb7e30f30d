import type { Database } from '../../load-driver.js';
import type { LowestTier, PriceListUse } from '../../report/cell.js';
import type { Window } from '../../report/query.js';
import { dateDaySql } from './local-day-sql.js';
import { eventsOfWindow, keepsDaysOf, windowValues } from './usage-rows.js';

/** Price lists that some cost of the window was computed with. */
export const readPriceLists = (db: Database, window: Window): PriceListUse[] =>
  db
    .prepare<unknown[], PriceListUse>(
      `SELECT source AS name, as_of AS asOf FROM price
       WHERE id IN (${pricesIn(db, window)})
       GROUP BY source, as_of ORDER BY source, as_of`,
    )
    .all(windowValues(window));

const pricesIn = (db: Database, window: Window): string =>
  keepsDaysOf(db, window) ? keptPrices(window) : pricesOfEvents(window);

const keptPrices = ({ firstDay, lastDay }: Window): string => `
  SELECT price FROM rollup_price WHERE 1 ${firstDay === null ? '' : `AND day >= ${dateDaySql('$firstDay')}`}
    ${lastDay === null ? '' : `AND day <= ${dateDaySql('$lastDay')}`}`;

const pricesOfEvents = (window: Window): string =>
  `SELECT f.price FROM facet f WHERE f.id IN (SELECT facet FROM (${eventsOfWindow(window)}))`;

/**
 * Tiers that buckets were priced at because they state none, where there is a bound above which requests cost more or
 * have no price; of the prices of the window. `unbilled`: not those whose cost a bill states.
 */
export function readLowestTiers(db: Database, window: Window, which: 'all' | 'unbilled'): LowestTier[] {
  const tiers = db
    .prepare<unknown[], LowestTier & { readonly price: bigint }>(
      `SELECT DISTINCT m.name AS model, p.tier AS upTo, p.id AS price
       FROM facet f JOIN price p ON p.id = f.price JOIN model m ON m.id = f.model
       WHERE f.basis = (SELECT id FROM basis WHERE name = 'bucket') AND f.tier_up_to IS NULL AND p.tier IS NOT NULL
         ${which === 'all' ? '' : 'AND f.billed_currency IS NULL'} ORDER BY m.name, p.tier`,
    )
    .all();
  if (tiers.length === 0) return [];
  const inWindow = new Set(db.prepare<unknown[], bigint>(pricesIn(db, window)).pluck().all(windowValues(window)));
  const found = tiers
    .filter(({ price }) => inWindow.has(price))
    .map(({ model, upTo }) => ({ model, upTo: Number(upTo) }));
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

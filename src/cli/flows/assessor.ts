import type { Config } from '../../files/config-type.js';
import type { RuleBook } from '../../hub/rules-identity.js';
import type { AssessEvent, Ledger } from '../../ledger/ledger.js';
import { type EventCost, eventCosts } from '../../usage/event-cost.js';
import { assignWith } from './entries.js';
import { openPriceBook } from './open-price-book.js';

/** What of the config decides prices. */
export type Pricing = Pick<Config, 'prices' | 'contracts' | 'alibaba' | 'plans'>;

/**
 * Prices and assigns again what records make together, or what is left of it when one of them is taken back.
 * `prepare` must be told of providers that the ledger does not know yet.
 */
export async function assessor(
  ledger: Ledger,
  rules: RuleBook,
  config: Pricing,
): Promise<{ readonly assess: AssessEvent; readonly prepare: (providers: ReadonlySet<string>) => Promise<void> }> {
  const assign = assignWith(rules);
  const book = await openPriceBook(config);
  await book.prepare(await ledger.names('provider'));
  const costOf: EventCost = eventCosts(book, config.plans);
  return {
    prepare: (providers) => book.prepare(providers),
    assess: (event, recording) => ({ computed: costOf(event, recording), unit: assign(event, recording) }),
  };
}

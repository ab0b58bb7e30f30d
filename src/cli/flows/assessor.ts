import type { Config } from '../../files/config-type.js';
import type { RuleBook } from '../../hub/rules-identity.js';
import type { AssessEvent, Ledger } from '../../ledger/ledger.js';
import type { DefaultPriceBook } from '../../pricing/default-book.js';
import { type EventCost, eventCosts } from '../../usage/event-cost.js';
import { assignWith } from './entries.js';
import { openPriceBook } from './open-price-book.js';

/** What of the config decides prices. */
export type Pricing = Pick<Config, 'prices' | 'contracts' | 'alibaba' | 'plans'>;

/** The prices of one run, and what prices and assigns again what records make together. */
export interface Assessor {
  readonly book: DefaultPriceBook;
  /** Must be told of providers that the ledger does not know yet. */
  readonly prepare: (providers: ReadonlySet<string>) => Promise<void>;
  readonly assess: AssessEvent;
}

/** Prices and assigns again what records make together, or what is left of it when one of them is taken back. */
export async function assessor(ledger: Ledger, rules: RuleBook, config: Pricing): Promise<Assessor> {
  const assign = assignWith(rules);
  const book = await openPriceBook(config);
  await book.prepare(await ledger.names('provider'));
  const costOf: EventCost = eventCosts(book, config.plans);
  return {
    book,
    prepare: (providers) => book.prepare(providers),
    assess: (event, recording) => ({ computed: costOf(event, recording), unit: assign(event, recording) }),
  };
}

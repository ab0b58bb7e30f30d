import { staleAccountsWarning } from '../../hub/stale-accounts.js';
import { staleRulesWarning } from '../../hub/stale-rules.js';
import type { Ledger } from '../../ledger/ledger.js';
import type { ReportFacts } from '../../report/breakdown.js';
import type { LowestTier } from '../../report/cell.js';
import { daysToAsk } from '../../report/days-asked.js';
import { byWithUnit, cellQueryOf } from '../../report/dimensions.js';
import type { ReportQuery, Window } from '../../report/query.js';
import { cutWindow, type Straddling, straddlingsOf } from '../../report/straddling.js';
import { topToAsk } from '../../report/top-asked.js';
import type { AccountNames } from '../../usage/account-links.js';
import { correctionWarnings } from './corrections.js';

/** What a report needs to know of the ledger. */
export interface Question {
  readonly query: ReportQuery;
  /** Window to compare with; `null`: none. */
  readonly before: Window | null;
  /** Hash of the config's rules; `null`: there is no config to compare with. */
  readonly rules: string | null;
  /** Accounts that the config links. */
  readonly accounts: AccountNames;
  /** `each`: what is shown beside the rows needs every day. */
  readonly days: 'each' | 'any';
  /** Whether cells must say whose they are, which metrics are told by. */
  readonly byUnit: boolean;
}

/**
 * Asks the ledger all that a report is made of; from one state of it, when called in a snapshot. Beside it the models of
 * whose buckets the computed cost is a lower bound.
 */
export async function reportFacts(
  ledger: Ledger,
  { query, before, rules, accounts, days, byUnit }: Question,
): Promise<ReportFacts & { readonly lowestTiers: readonly LowestTier[] }> {
  const applied = await ledger.appliedRules();
  const warnings = [
    rules === null ? null : staleRulesWarning(rules, applied?.hash ?? null),
    staleAccountsWarning(accounts, Object.keys(accounts).length === 0 ? [] : await ledger.names('account')),
    ...(await correctionWarnings(ledger, query.window)),
  ];
  const by = byUnit ? byWithUnit(query.by) : query.by;
  return {
    query,
    ...(await holdingsIn(ledger, { ...query, by, top: before === null ? query.top : null }, days)),
    prices: await ledger.priceLists(query.window),
    lowestTiers:
      query.cost === 'claimed' || query.cost === 'billed'
        ? []
        : await ledger.lowestTiers(query.window, query.cost === 'auto' ? 'unbilled' : 'all'),
    incomplete: await ledger.incomplete(query.window),
    straddling: await straddlingIn(ledger, query),
    warnings: warnings.filter((warning) => warning !== null),
    costs: query.sideBySide ? await costsIn(ledger, query) : null,
    before:
      before === null
        ? null
        : { window: before, ...(await holdingsIn(ledger, { ...query, window: before, top: null }, days)) },
  };
}

/** What is held is asked first: where all of it is read alike, the ledger may add up days, and rows that are not shown. */
export async function holdingsIn(ledger: Ledger, query: ReportQuery, days: Question['days']) {
  const presence = await ledger.presence(query.window, query.cost);
  const asked = days === 'each' ? 'each' : daysToAsk({ ...query, presence });
  const top = topToAsk({ ...query, presence, days: asked });
  return { presence, cells: await ledger.cells(cellQueryOf(query, asked, top)) };
}

/** Each of the three costs, read of the recordings that are read when it is asked for alone. */
const costsIn = async (ledger: Ledger, query: ReportQuery) => ({
  billed: await holdingsIn(ledger, { ...query, cost: 'billed' }, 'any'),
  computed: await holdingsIn(ledger, { ...query, cost: 'computed' }, 'any'),
  claimed: await holdingsIn(ledger, { ...query, cost: 'claimed' }, 'any'),
});

/** Buckets that an edge of the window cuts. */
async function straddlingIn(ledger: Ledger, query: ReportQuery): Promise<Straddling[]> {
  const window = cutWindow(query.window);
  if (window === null) return [];
  const presence = await ledger.presence(window, query.cost);
  if (presence.length === 0) return [];
  return straddlingsOf(await ledger.cells({ ...cellQueryOf(query), window, by: [] }), presence, query.cost);
}

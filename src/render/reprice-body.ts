import type { Window } from '../report/query.js';
import type { RepriceOutcome } from '../report/reprice-tally.js';

/** The body of `reprice --format json`. */
export interface RepriceBody extends RepriceOutcome {
  /** Whether the new costs are now those of the ledger. */
  readonly applied: boolean;
  readonly query: {
    /** Half-open window, ISO 8601 in UTC; `null`: open. */
    readonly from: string | null;
    readonly to: string | null;
    readonly tz: string;
    /** `null`: all. */
    readonly models: readonly string[] | null;
    readonly providers: readonly string[] | null;
    readonly accounts: readonly string[] | null;
  };
}

interface Asked extends Pick<RepriceBody['query'], 'models' | 'providers' | 'accounts'> {
  readonly window: Window;
}

export const repriceBody = (
  { window, models, providers, accounts }: Asked,
  outcome: RepriceOutcome,
  applied: boolean,
): RepriceBody => ({
  applied,
  query: { from: isoText(window.from), to: isoText(window.to), tz: window.timeZone, models, providers, accounts },
  ...outcome,
});

const isoText = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** A statement as its JSON tells it: counts as bigint, money and rates as decimal text beside the currency. */

import type { Mode } from '../../pricing/price.js';
import type { Charge, Stage } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import type { Section } from './amount-line.js';
import type { MeterPrice, MeterTokens } from './meter-line.js';
import type { CostlessUse } from './statement.js';
import type { ToldCorrections } from './unit-corrections.js';

/** Decimal text by currency, currencies by name. */
export type Amounts = Readonly<Record<string, string>>;

export interface ToldPeriod {
  /** Half-open, ISO 8601 in UTC. */
  readonly from: string;
  readonly to: string;
}

export type ToldTokens = MeterTokens & { readonly total: bigint | null };

export interface ToldReading {
  readonly model: string;
  readonly provider: string;
  readonly requests: bigint;
  readonly tokens: ToldTokens;
  /** Decimal text by name. */
  readonly quantities: Readonly<Record<string, string>>;
  /** The command that tells where the figures come from. */
  readonly why: string;
}

export interface ToldLine {
  readonly section: Section;
  readonly item: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly mode: Mode | null;
  readonly class: string | null;
  /** Decimal text where it is no whole number. */
  readonly tokens: bigint | string | null;
  /** Per million tokens. */
  readonly rates: readonly string[];
  readonly price: MeterPrice | null;
  readonly recording: Recording | null;
  readonly charge: Charge | null;
  readonly note: string | null;
  readonly currency: string;
  readonly amount: string;
  readonly why: string | null;
}

export interface ToldFigures {
  readonly requests: bigint;
  readonly tokens: ToldTokens;
  readonly cost: Amounts;
}

interface ToldChange {
  /** `null`: one of the two is not known. */
  readonly change: bigint | string | null;
  /** Decimal text; `new`: there was none before. */
  readonly percent: string | null;
}

export interface ToldUsage {
  readonly events: bigint;
  readonly tokens: bigint;
}

/** Costs in the currency asked for, beside the originals. */
export interface ToldExchange {
  readonly currency: string;
  /** `null`: nothing could be converted. */
  readonly amount: string | null;
  /** What has no rate: not in the amount. */
  readonly missing: Amounts;
  readonly used: readonly {
    readonly from: string;
    readonly first: string;
    readonly last: string;
    readonly paths: readonly string[];
    readonly sources: readonly string[];
  }[];
}

/** SHA-256 in hex of canonical texts; `null`: there is nothing of the kind. */
export interface ToldHashes {
  /** The unit's meter lines of the period. */
  readonly rows: string;
  /** The bytes of the files imported that reach into the period. */
  readonly imports: string;
  /** The unit rules the ledger was assigned by. */
  readonly rules: string | null;
  /** The prices the computed cost was computed with. */
  readonly prices: string;
  /** The exchange rates of the file up to the end of the period; of a closed one those frozen. */
  readonly rates: string | null;
}

export interface StatementTold {
  readonly unit: {
    readonly id: string;
    readonly name: string | null;
    readonly owner: string | null;
    readonly stage: Stage | null;
    /** The unit and those beneath it. */
    readonly units: readonly string[];
  };
  readonly query: ToldPeriod & {
    readonly tz: string;
    readonly cost: 'auto' | 'billed' | 'computed';
    readonly compare: ToldPeriod;
    readonly currency: string | null;
  };
  /** Of a closed period, whose statement is made of what was frozen; `null`: it is made of what the ledger holds. */
  readonly closing: {
    readonly period: string;
    /** SHA-256 of all that was frozen. */
    readonly hash: string;
    /** Checks of the checklist that found something. */
    readonly accepted: readonly string[];
  } | null;
  readonly readings: readonly ToldReading[];
  readonly lines: readonly ToldLine[];
  /** The lines added up; a lower bound where usage is unpriced. */
  readonly total: {
    readonly cost: Amounts;
    readonly isAtLeast: boolean;
    /** Without shared cost and corrections, which are of no day; `null`: not asked for, or of a closed period. */
    readonly converted: (ToldExchange & { readonly undated: Amounts }) | null;
  };
  /** What makes the parts of shared cost too low, in sentences. */
  readonly sharedWarnings: readonly string[];
  /** Periods whose corrections are among the lines. */
  readonly corrections: readonly ToldCorrections[];
  readonly figures: ToldFigures;
  readonly before: ToldFigures;
  readonly change: {
    readonly requests: ToldChange;
    readonly tokens: ToldChange;
    readonly cost: Readonly<Record<string, ToldChange>>;
  };
  readonly covered: readonly CostlessUse[];
  readonly unpriced: ToldUsage & {
    /** Of it: usage on bills that do not say which part is this unit's; `null`: not kept with the closing. */
    readonly unsplit: ToldUsage | null;
    readonly reasons: readonly CostlessUse[];
  };
  readonly recordings: readonly (Recording & {
    readonly used: 'tokens' | 'money' | 'both' | 'none';
    readonly tokens: bigint;
    readonly cost: Amounts;
    readonly leftOut: { readonly tokens: bigint; readonly cost: Amounts };
  })[];
  /** Buckets that an edge of the period cuts: not in the figures; `null`: a closing does not keep them. */
  readonly straddling:
    | readonly {
        readonly day: string;
        readonly grain: string;
        readonly events: bigint;
        readonly tokens: bigint | null;
        readonly cost: Amounts;
      }[]
    | null;
  /** What is said of the whole organisation beside the statement. */
  readonly context: {
    /** Tokens read of all units, and of them those that no rule assigns. */
    readonly tokens: bigint;
    readonly unassigned: ToldUsage;
    /** Files of which rows were rejected, by name; `null`: a closing does not keep them, but for what it accepted. */
    readonly incomplete: readonly { readonly file: string; readonly rejected: number }[] | null;
    readonly warnings: readonly string[] | null;
  };
  readonly hashes: ToldHashes;
}

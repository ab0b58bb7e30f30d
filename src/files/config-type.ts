import type { Budget } from '../budget/budget.js';
import type { InvoiceAllocation, UnitAllocation } from '../hub/allocation/allocation.js';
import type { UnitDefinition, UnitRule } from '../hub/units.js';
import type { ContractTerms } from '../pricing/contract.js';
import type { Filter } from '../report/filter.js';
import type { Plan } from '../usage/plans.js';

export interface ConfigContract extends ContractTerms {
  readonly prices: readonly string[];
}

/** With its conditions as a report asks them. */
export type ConfigAllocation = InvoiceAllocation | (UnitAllocation & { readonly filters: readonly Filter[] });

/** The configuration, whole and checked; paths in it are absolute. */
export interface Config {
  /** Absolute path of the file it came from; `null`: defaults, no file was found. */
  readonly file: string | null;
  /** IANA zone of report days and of timestamps without one; `UTC` by default. */
  readonly timeZone: string;
  readonly alibaba: { readonly region: 'cn' | 'intl' };
  /** The user's own price files, absolute. */
  readonly prices: readonly string[];
  /** What providers agreed to charge instead of their list prices; price files of their own are absolute paths. */
  readonly contracts: readonly ConfigContract[];
  /** What covers usage so that nothing is owed for it; the first that covers an event counts. */
  readonly plans: readonly Plan[];
  /** Accounts that go by several names: the ledger's name, and what records and `--account` call it. */
  readonly accounts: Readonly<Record<string, readonly string[]>>;
  /** Ledger file, absolute; `null`: found by the usual rule. */
  readonly ledger: string | null;
  readonly units: readonly UnitDefinition[];
  /** Models that go by several names: the name to show, and the others, in which `*` is any run of characters. */
  readonly models: Readonly<Record<string, readonly string[]>>;
  readonly rules: readonly UnitRule[];
  /** Where each of them stands, same order. */
  readonly rulePlaces: readonly { readonly file: string; readonly line: number }[];
  /** Shared cost and how it is split, in order; without circles. */
  readonly allocations: readonly ConfigAllocation[];
  /** Named CSV mappings: tokenhub's field name to the user's column name. */
  readonly mappings: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly budgets: readonly Budget[];
  /** Absolute paths of the configs whose budgets are among them. */
  readonly included: readonly string[];
  /** What the reader should say on stderr, such as keys this version does not act on. */
  readonly warnings: readonly string[];
}

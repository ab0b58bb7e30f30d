import type { Scope } from '../../budget/files/file-budget.js';
import type { FailOn } from '../../budget/verdict.js';
import type { ConfigOptions, LedgerOptions, OutputOptions } from '../options.js';

export interface CheckOptions extends OutputOptions, ConfigOptions, LedgerOptions {
  readonly at?: string;
  readonly tz?: string;
  readonly kind?: 'files' | 'ledger';
  readonly only?: readonly string[];
  readonly failOn: FailOn;
  readonly allowUnknown?: boolean;
  /** Whether the check ends at the first error. */
  readonly failFast?: boolean;
  /** What files are compared with; `false`: nothing. */
  readonly base?: string | false;
  readonly configFrom?: 'base' | 'head';
  /** A file of earlier measures, as typed. */
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly prune?: boolean;
  /** Of a budget that is typed. */
  readonly max?: string;
  readonly warn?: string;
  readonly scope?: Scope;
  readonly messages?: boolean;
  readonly model?: string;
  readonly encoding?: string;
}

import type { Amount } from '../../pricing/money.js';
import type { BudgetBase } from '../budget.js';

/** A share of the context window of the budget's model, in percent: above 0, at most 100. */
export interface ContextShare {
  readonly contextPercent: number;
}

/** Of tokens, of what one call costs, or of the model's context window; exactly at the limit passes. */
export type FileLimit = { readonly tokens: number } | { readonly cost: Amount } | ContextShare;

/** How far over the limit only warns: a share of the limit in percent, or tokens. */
export type Tolerance = { readonly percent: number } | { readonly tokens: number };

/** By how much a file may be larger than in the base; one of the two at least is given. */
export interface MaxIncrease {
  readonly tokens: number | null;
  readonly percent: number | null;
  /** Whether it takes both to be passed, or one of them. */
  readonly when: 'both' | 'either';
}

/** What a limit in money takes for granted. */
export interface CallAssumptions {
  /** Of each call. */
  readonly outputTokens: number;
  readonly calls: number;
}

/** `file`: every file by itself; `total`: all together; `section`: every section of a Markdown file by itself. */
export const SCOPES = ['file', 'total', 'section'] as const;
export type Scope = (typeof SCOPES)[number];

/** A budget on files. */
export interface FileBudget extends BudgetBase {
  readonly kind: 'files';
  /** Globs relative to `root`, `!` negates. */
  readonly paths: readonly string[];
  /** Absolute folder of the file that names the budget. */
  readonly root: string;
  /** Absolute folder that the paths of its verdicts are relative to: that of the config which the command reads. */
  readonly shownFrom: string;
  readonly scope: Scope;
  /** Model or encoding to count with; both `null`: o200k_base, the default. */
  readonly model: string | null;
  readonly encoding: string | null;
  /** Texts as they stand, or JSON that is sent to a model: messages, tools, MCP tool lists. */
  readonly content: 'text' | 'messages';
  /** `null`: only its growth is limited. */
  readonly max: FileLimit | null;
  readonly maxIncrease: MaxIncrease | null;
  readonly tolerance: Tolerance | null;
  /** Whether no file at all is within the budget. */
  readonly allowEmpty: boolean;
  readonly assume: CallAssumptions;
}

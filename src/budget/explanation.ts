/** What the explanation of one code holds, and what several of them share. */

/** Sentences for people, and a config. `null`: there is nothing to lower, or to accept. */
export interface Explanation {
  readonly meaning: string;
  /** Why a check says so, rather than passing or failing. */
  readonly why: string;
  /** How to get rid of it. */
  readonly lower: string | null;
  /** How to live with it: to raise the limit, or to let it pass. */
  readonly accept: string | null;
  /** Part of a config, as YAML. */
  readonly example: string;
}

/** A config of one budget with these lines. */
export const exampleOf = (...keys: readonly string[]): string => `budgets:\n  - ${keys.join('\n    ')}\n`;

export const ALLOW =
  'Type --allow-unknown, which lets every verdict pass that cannot be judged; use it only where somebody looks at them.';

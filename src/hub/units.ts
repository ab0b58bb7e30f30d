import type { Stage } from '../usage/event.js';

/** A unit: who consumes and pays. */
export interface UnitDefinition {
  readonly id: string;
  /** The unit it is part of; `null`: it stands at the top. */
  readonly parent: string | null;
  readonly name: string | null;
  readonly stage: Stage | null;
  readonly owner: string | null;
  readonly operates: readonly Operated[];
}

/** What a unit runs: the systems that record under a source, of one account or of all. */
export interface Operated {
  readonly source: string;
  readonly account: string | null;
}

/** Fields a rule may test, besides tags. */
export const RULE_FIELDS = [
  'key',
  'workspace',
  'project',
  'team',
  'user',
  'service',
  'consumer',
  'path',
  'model',
  'provider',
  'source',
  'account',
] as const;
export type RuleField = (typeof RULE_FIELDS)[number];

/**
 * One rule: all fields named must match (AND), any value of a field is enough (OR); `*` in a value matches any run of
 * characters. Rules are ordered; the first that matches wins.
 */
export interface UnitRule {
  readonly unit: string;
  readonly fields: Readonly<Partial<Record<RuleField, readonly string[]>>>;
  readonly tags: Readonly<Record<string, readonly string[]>>;
  /** First and last local date, inclusive, `YYYY-MM-DD`; `null`: open. */
  readonly from: string | null;
  readonly to: string | null;
}

/** Which sources tell the same calls. */

/**
 * Sources that export one system's calls in several forms: of a family a report reads one source per day, where sources
 * of different families are added. Any other source is a family of its own.
 */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  litellm: ['litellm', 'litellm-daily', 'litellm-export'],
  openrouter: ['openrouter', 'openrouter-api', 'openrouter-daily'],
};

const FAMILY_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(FAMILIES).flatMap(([family, sources]) => sources.map((source) => [source, family] as const)),
);

export const familyOf = (source: string): string => FAMILY_OF.get(source) ?? source;

/**
 * Sources whose records do not say through which provider's account calls went: they tell the calls of every account of
 * their family.
 */
const ACROSS_ACCOUNTS: ReadonlySet<string> = new Set(['litellm-export']);

export const isAcrossAccounts = (source: string): boolean => ACROSS_ACCOUNTS.has(source);

/** Sources whose buckets follow one another, each as long as it happens to be: none of them tells what another does. */
const CONSECUTIVE: ReadonlySet<string> = new Set(['sglang', 'vllm']);

export const isConsecutive = (source: string): boolean => CONSECUTIVE.has(source);

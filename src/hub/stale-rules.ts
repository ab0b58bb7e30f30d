/**
 * What a report must say when its units were assigned by other rules than the config has now; `null` when they agree.
 *
 * @param configHash   SHA-256, in hex, of the config's deciding rules, see `rules-identity.ts`
 * @param appliedHash  that of the rules the ledger's events were assigned by; `null`: none were applied yet
 */
export function staleRulesWarning(configHash: string, appliedHash: string | null): string | null {
  if (configHash === appliedHash) return null;
  const what =
    appliedHash === null
      ? 'the unit rules of the config are not applied to this ledger yet'
      : 'the unit rules of the config changed since they were applied; units below are those of the rules applied';
  return `${what}: see the effect with "tokenhub units", apply it with "tokenhub units --apply"`;
}

import type { LedgerMeasure } from '../../../src/budget/ledger/ledger-measure.js';

/** 900 tokens and 1 USD in October, or with other facts. */
export const ledgerMeasure = (facts: Partial<LedgerMeasure> = {}): LedgerMeasure => ({
  period: '2026-10-01 to 2026-10-31',
  report: { period: '--period 2026-10', zone: null },
  recorded: true,
  unheardOf: null,
  events: 5n,
  tokens: 900n,
  requests: 5n,
  quantities: {},
  reported: true,
  namedBy: [],
  cost: { USD: 10n ** 12n },
  unpricedEvents: 0n,
  unsplitDays: [],
  rejected: 0,
  ...facts,
});

export const tokensOf = (tokens: bigint, facts: Partial<LedgerMeasure> = {}) => ledgerMeasure({ tokens, ...facts });

/** Facts and rules with little to say, for tests of the hub room. */

import type { OriginTotals, RuleFacts } from '../../src/hub/origins.js';
import type { UnitRule } from '../../src/hub/units.js';
import { NO_ORIGIN, type Origin } from '../../src/usage/event.js';

export const facts = (origin: Partial<Origin>, more: Partial<RuleFacts> = {}): RuleFacts => ({
  recording: { role: 'app', source: 'openai', account: 'alibaba' },
  model: 'qwen3-max',
  provider: 'alibaba',
  day: '2026-10-05',
  origin: { ...NO_ORIGIN, ...origin },
  ...more,
});

export const totals = (origin: Partial<Origin>, more: Partial<OriginTotals> = {}): OriginTotals => ({
  ...facts(origin),
  unit: null,
  isClosed: false,
  events: 1n,
  tokens: 10n,
  ...more,
});

export const rule = (parts: Partial<UnitRule> & { unit: string }): UnitRule => ({
  fields: {},
  tags: {},
  from: null,
  to: null,
  ...parts,
});

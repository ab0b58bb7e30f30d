/** Cells and presences with little to say, for tests of the report room. */

import type { Cell, Presence, TokenSums } from '../../src/report/cell.js';
import { NO_ORGANISATION } from '../../src/report/organisation.js';
import type { ReportQuery } from '../../src/report/query.js';
import type { Recording } from '../../src/usage/recording.js';

export const APP: Recording = { role: 'app', source: 'openai', account: 'alibaba' };
export const METER: Recording = { role: 'meter', source: 'dashscope', account: 'alibaba' };
export const BILL: Recording = { role: 'bill', source: 'alibaba-bill', account: 'alibaba' };

/** One unit of currency in pico-units. */
export const ONE = 10n ** 12n;

export const NO_SUMS: TokenSums = { input: null, cacheRead: null, cacheWrite: null, output: null, reasoning: null };

export const cell = (facts: Partial<Cell>): Cell => ({
  recording: APP,
  day: '2026-10-05',
  grain: 'request',
  values: [],
  requests: 1n,
  events: 1n,
  tokens: NO_SUMS,
  quantities: {},
  cost: null,
  usedEvents: 1n,
  planEvents: 0n,
  planTokens: 0n,
  charge: 'usage',
  others: null,
  latency: null,
  unassignedEvents: 0n,
  unassignedTokens: 0n,
  ...facts,
});

export const present = (facts: Partial<Presence>): Presence => ({
  recording: APP,
  day: '2026-10-05',
  grain: 'request',
  charge: 'usage',
  events: 1n,
  tokens: 100n,
  billedEvents: 0n,
  cost: {},
  twins: { events: 0n, tokens: 0n, cost: {} },
  foreignBuckets: 0n,
  ...facts,
});

export const query = (facts: Partial<ReportQuery>): ReportQuery => ({
  window: { from: null, to: null, firstDay: null, lastDay: null, timeZone: 'UTC' },
  by: ['unit'],
  cost: 'auto',
  sideBySide: false,
  units: null,
  models: null,
  filters: [],
  latency: false,
  sort: null,
  top: null,
  organisation: NO_ORGANISATION,
  ...facts,
});

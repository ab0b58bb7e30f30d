/** Entries for tests: a plain one, and what is different about the one at hand. */

import { batchOf } from '../../src/ledger/entry-batch-builder.js';
import type { AssessEvent, Entry, ImportTally, Ledger, Reject, RejectSpan } from '../../src/ledger/ledger.js';
import type { ComputedCost } from '../../src/pricing/cost.js';
import { NO_TOKENS } from '../../src/pricing/token-classes.js';
import type { Window } from '../../src/report/query.js';
import { NO_ORIGIN, type UsageEvent } from '../../src/usage/event.js';
import type { Recording } from '../../src/usage/recording.js';

export const APP: Recording = { role: 'app', source: 'tokenhub', account: 'alibaba' };
export const METER: Recording = { role: 'meter', source: 'tokenhub', account: 'alibaba' };
export const BILL: Recording = { role: 'bill', source: 'alibaba-bill', account: 'alibaba' };

export const UNPRICED: ComputedCost = { known: false, reason: 'no price' };
export const PRICE = {
  source: 'alibaba',
  asOf: '2026-04-01',
  model: 'qwen3-max',
  region: 'intl',
  mode: 'standard',
  tier: 32_000,
};
export const usd = (pico: bigint): ComputedCost => ({
  known: true,
  currency: 'USD',
  pico,
  basis: 'request',
  price: PRICE,
});
export const cny = (pico: bigint): ComputedCost => ({ ...usd(pico), currency: 'CNY' }) as ComputedCost;

/** 2026-10-05T08:00:00Z unless the time is given. */
export const at = (text = '2026-10-05T08:00:00Z'): number => Date.parse(text);

type EventChanges = Partial<Omit<UsageEvent, 'tokens' | 'origin'>> & {
  tokens?: Partial<UsageEvent['tokens']>;
  origin?: Partial<UsageEvent['origin']>;
};

export function event({ tokens = { input: 100, output: 20 }, origin = {}, ...changes }: EventChanges = {}): UsageEvent {
  return {
    id: 'r1',
    at: at(),
    day: null,
    model: 'qwen3-max',
    provider: 'alibaba',
    account: 'alibaba',
    origin: { ...NO_ORIGIN, ...origin },
    agent: null,
    session: null,
    requests: 1,
    tokens: { ...NO_TOKENS, ...tokens },
    quantities: {},
    cacheKind: null,
    mode: 'standard',
    until: changes.day == null ? null : (changes.at ?? at()) + 86_400_000,
    tierUpTo: null,
    charge: 'usage',
    plan: null,
    counter: null,
    status: null,
    latencyMs: null,
    statedCost: null,
    ...changes,
  };
}

export function entry(changes: Partial<Omit<Entry, 'event'>> & { event?: EventChanges } = {}): Entry {
  const { event: eventChanges = {}, id = 'r1', ...rest } = changes;
  return {
    recording: APP,
    id,
    unit: 'wukong',
    computed: usd(5n),
    record: 2,
    ...rest,
    event: event({ id: id.startsWith('~') ? null : id, ...eventChanges }),
  };
}

export const ALL: Window = { from: null, to: null, firstDay: null, lastDay: null, timeZone: 'UTC' };
export const NO_TALLY: ImportTally = { read: 0, added: 0, duplicate: 0, updated: 0, skipped: 0, rejected: 0 };

let files = 0;

export const UNASSESSED: AssessEvent = () => ({ computed: UNPRICED, unit: 'wukong' });

interface Facts {
  readonly assess?: AssessEvent;
  readonly rejects?: readonly Reject[];
  readonly rejectSpan?: RejectSpan | null;
  readonly path?: string | null;
}

/** One file, imported in a transaction of its own. */
export async function importFile(
  ledger: Ledger,
  entries: readonly Entry[],
  { assess = UNASSESSED, rejects = [], rejectSpan = null, path = null }: Facts = {},
) {
  files += 1;
  await ledger.begin();
  const key = { sha256: String(files), source: 'tokenhub', role: 'app', options: '{}' } as const;
  const id = await ledger.openImport(key, path ?? `file-${files}.csv`, 1);
  const appended = await ledger.append(id, batchOf(entries), assess);
  const settled = await ledger.settle(assess);
  const counts = {
    added: appended.added + settled.added,
    duplicate: appended.duplicate + settled.duplicate,
    updated: appended.updated + settled.updated,
    reusedIds: appended.reusedIds + settled.reusedIds,
  };
  await ledger.closeImport(
    id,
    { ...NO_TALLY, ...counts, read: entries.length, rejected: rejects.length },
    rejects,
    rejectSpan,
  );
  await ledger.commit();
  return { id, ...counts };
}

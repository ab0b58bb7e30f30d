/** Random usage logs: requests sent again at other times with other figures, calls without ids, daily buckets. */

import fc from 'fast-check';
import { bucketSums } from '../../src/cli/flows/bucket-sums.js';
import { idsOfFile } from '../../src/cli/flows/entries.js';
import type { AssessEvent, Entry, Reading } from '../../src/ledger/ledger.js';
import { isBucketWithoutId } from '../../src/usage/bucket.js';
import type { UsageEvent } from '../../src/usage/event.js';
import type { Recording } from '../../src/usage/recording.js';
import { APP, BILL, event, METER, UNPRICED, usd } from './entries.js';

const GATEWAY: Recording = { role: 'gateway', source: 'litellm', account: 'alibaba' };
const OTHER: Recording = { ...APP, account: 'other' };

export interface Line {
  readonly recording: Recording;
  readonly event: UsageEvent;
}

/** Price and unit follow from the event alone, as they do for an importer. */
export const ASSESS: AssessEvent = ({ tokens, model, origin, day }) => ({
  computed: model === 'free' ? UNPRICED : usd(BigInt(tokens.input ?? 0) * 3n + BigInt(tokens.output ?? 0) * 7n),
  unit: origin.key === null ? null : `unit of ${origin.key}${day ?? ''}`,
});

const some = fc.constantFrom;
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });

/** Instants around midnights and changes of clocks: of New York on 8 March, of Lord Howe on 4 April 2026. */
const INSTANTS = [
  ...['2026-03-08T04:59:59.999Z', '2026-03-08T05:00:00Z', '2026-03-08T07:30:00Z', '2026-03-09T03:59:59.999Z'],
  ...['2026-04-04T12:59:00Z', '2026-04-04T14:15:00Z', '2026-04-04T15:05:00Z', '2026-04-05T13:29:00Z'],
  ...['2026-03-31T18:29:59Z', '2026-03-31T18:30:00Z', '2026-03-31T23:59:59Z', '2026-04-01T00:00:00Z'],
].map((text) => Date.parse(text));

const figures = (count: fc.Arbitrary<number>) =>
  fc.record({
    input: maybe(count),
    cacheRead: maybe(count),
    cacheWrite5m: maybe(count),
    cacheWrite1h: maybe(count),
    output: maybe(count),
    reasoning: maybe(count),
  });

const facts = (count: fc.Arbitrary<number>, pico: fc.Arbitrary<bigint>) =>
  fc.record({
    model: some('qwen3-max', 'free'),
    tokens: figures(count),
    requests: fc.integer({ min: 0, max: 3 }),
    quantities: fc.dictionary(some('image', 'audio_input_tokens'), fc.bigInt({ min: 0n, max: 2n }), {
      noNullPrototype: true,
      maxKeys: 1,
    }),
    agent: maybe(some('planner', 'writer')),
    session: maybe(some('s1', 's2')),
    status: maybe(some('200', '500')),
    latencyMs: maybe(some(1, 900, 900.5)),
    plan: maybe(some('free quota')),
    origin: fc.record({ key: maybe(some('k1', 'k2')), user: maybe(some('u1')), tags: some({}, { app: 'a' }) }),
    statedCost: maybe(fc.record({ currency: some('USD', 'CNY'), pico, text: some(null) })),
  });

const recordings = some(APP, OTHER, METER, BILL, GATEWAY);

export interface Sizes {
  readonly count: fc.Arbitrary<number>;
  readonly pico: fc.Arbitrary<bigint>;
}
export const SMALL: Sizes = { count: fc.nat({ max: 3 }), pico: fc.bigInt({ min: -1n, max: 3n }) };

/** Which the ledger keeps as bytes, and so after all ids that it keeps as texts. */
const UUIDS = ['0f9e2a7c-44ec-4b6d-8bb6-6b0dac29fca6', '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d'] as const;

/** Requests with few ids, at few instants. */
export const requests = ({ count, pico }: Sizes, from: fc.Arbitrary<Recording> = recordings): fc.Arbitrary<Line> =>
  fc
    .record({ recording: from, id: maybe(some('r1', ...UUIDS)), at: some(...INSTANTS), facts: facts(count, pico) })
    .map(({ recording, id, at, facts }) => lineOf(recording, { id, at, ...facts }));

/** Few requests of one recording, so that many records are of the same one and many of those are alike. */
export const resends: fc.Arbitrary<Line> = fc
  .record({
    id: some('r1', UUIDS[0]),
    at: some(...INSTANTS.slice(0, 3)),
    facts: fc.record({ tokens: fc.record({ output: some(null, 1, 2) }), user: maybe(some('u1')) }),
  })
  .map(({ id, at, facts: { tokens, user } }) => lineOf(APP, { id, at, tokens, origin: { user } }));

const HOURS = 3_600_000;
const ZONES = [0, 8, -5.5];

/** Daily buckets of two dates under several zones, with few dimensions. */
export const buckets = ({ count, pico }: Sizes, from: fc.Arbitrary<Recording> = recordings): fc.Arbitrary<Line> =>
  fc
    .record({ recording: from, day: some('2026-03-08', '2026-04-05'), zone: some(...ZONES), facts: facts(count, pico) })
    .map(({ recording, day, zone, facts: { model, tokens, requests, statedCost, origin } }) => {
      const at = Date.parse(`${day}T00:00:00Z`) - zone * HOURS;
      const cost = statedCost === null ? null : { ...statedCost, currency: 'USD' };
      const facts = { model, tokens, requests, statedCost: cost, origin: { ...origin, user: null, tags: {} } };
      return lineOf(recording, { id: null, at, day, until: at + 24 * HOURS, ...facts });
    });

/** Buckets of several days, within a month and over its end. */
export const spans = (from: fc.Arbitrary<Recording>): fc.Arbitrary<Line> =>
  fc
    .record({ recording: from, day: some('2026-03-08', '2026-03-30'), days: some(2, 5), output: fc.nat({ max: 3 }) })
    .map(({ recording, day, days, output }) => {
      const at = Date.parse(`${day}T00:00:00Z`);
      return lineOf(recording, { id: null, at, day, until: at + days * 24 * HOURS, tokens: { output } });
    });

/** One bucket under two zones, with few figures. */
export const bucketsAgain: fc.Arbitrary<Line> = fc
  .record({ zone: some(0, 8), output: some(1, 2, 3), cost: maybe(some(5n, 6n)) })
  .map(({ zone, output, cost }) => {
    const at = Date.parse('2026-03-08T00:00:00Z') - zone * HOURS;
    const statedCost = cost === null ? null : { currency: 'USD', pico: cost, text: null };
    return lineOf(BILL, { id: null, at, day: '2026-03-08', until: at + 24 * HOURS, tokens: { output }, statedCost });
  });

const ENGINE: Recording = { role: 'engine', source: 'vllm', account: 'own' };

/** Readings of two meters, which start anew every now and then. */
export const readings: fc.Arbitrary<Line> = fc
  .record({
    counter: some('vllm{engine="0"}', 'vllm{engine="1"}'),
    at: some(...INSTANTS),
    tokens: fc.record({ input: fc.nat({ max: 9 }), cacheRead: maybe(fc.nat({ max: 9 })), output: fc.nat({ max: 9 }) }),
  })
  .map((facts) => lineOf(ENGINE, { id: null, ...facts }));

const lineOf = (recording: Recording, facts: object): Line => ({
  recording,
  event: event({ ...facts, account: recording.account }),
});

/** The entries that an importer makes of the lines of one file. */
export function entriesOf(lines: readonly Line[]): Entry[] {
  const idOf = idsOfFile();
  const sums = new Map<Recording, ReturnType<typeof bucketSums>>();
  const entries: Entry[] = [];
  const entryOf = (recording: Recording, event: UsageEvent, record: number): Entry => ({
    ...{ recording, id: idOf(event), event, record },
    ...ASSESS(event, recording),
  });
  for (const [index, { recording, event }] of lines.entries()) {
    if (event.counter !== null) continue;
    if (isBucketWithoutId(event)) {
      if (!sums.has(recording)) sums.set(recording, bucketSums());
      sums.get(recording)!.add(event, index + 2);
    } else entries.push(entryOf(recording, event, index + 2));
  }
  for (const [recording, { all }] of sums)
    for (const { event, record } of all()) entries.push(entryOf(recording, event, record));
  return entries;
}

/** The readings of meters among the lines of one file. */
export const readingsOf = (lines: readonly Line[]): Reading[] =>
  lines.flatMap(({ recording, event }, index) =>
    event.counter === null ? [] : [{ recording, event, record: index + 2 }],
  );

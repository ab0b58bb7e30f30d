import fc from 'fast-check';
import { expect, test } from 'vitest';
import { periodLines } from '../../../src/cli/flows/period-lines.js';
import { groupBy } from '../../../src/group-by.js';
import type { MeterLine } from '../../../src/hub/statement/meter-line.js';
import type { Ledger } from '../../../src/ledger/ledger.js';
import { readCellsOf } from '../../../src/report/lines.js';
import { periodFrom } from '../../../src/report/period.js';
import type { CostChoice, Window } from '../../../src/report/query.js';
import { sumOf } from '../../../src/report/sum-cells.js';
import type { Recording } from '../../../src/usage/recording.js';
import { APP, importFile, METER } from '../../ledger/entries.js';
import { rawLedger } from '../../ledger/raw-ledger.js';
import { ASSESS, buckets, entriesOf, type Line, requests, SMALL, spans } from '../../ledger/usage-logs.js';

const COSTS: readonly CostChoice[] = ['auto', 'billed', 'computed', 'claimed'];
const PERIODS = [{}, { period: '2026-03' }, { from: '2026-03-08', to: '2026-04-04' }] as const;
const ZONES = ['UTC', 'Asia/Kolkata', 'America/New_York'];

async function ledgerWith(lines: readonly Line[]): Promise<Ledger> {
  const { ledger } = rawLedger();
  await ledger.begin();
  await ledger.keepTotalsIn('UTC');
  await ledger.commit();
  await importFile(ledger, entriesOf(lines), { assess: ASSESS });
  return ledger;
}

/** What a report of the window reads of a unit and model, every day apart. */
async function reported(ledger: Ledger, window: Window, cost: CostChoice): Promise<Map<string, unknown>> {
  const cells = await ledger.cells({
    ...{ window, cost, by: ['unit', 'model'], days: 'each', units: null, models: null, filters: [] },
    ...{ latency: false, top: null },
  });
  const read = readCellsOf({ cells, presence: await ledger.presence(window, cost) }, cost);
  const groups = groupBy(read, ({ cell }) => JSON.stringify(cell.values));
  return new Map(
    [...groups].map(([key, ofOne]) => {
      const { requests, events, tokens, quantities, cost: amounts, planEvents, planTokens } = sumOf(ofOne);
      return [key, { requests, events, tokens, quantities, amounts, planEvents, planTokens }];
    }),
  );
}

function told(lines: readonly MeterLine[]): Map<string, unknown> {
  const read = lines.filter((line) => line.isReadForTokens || line.isReadForMoney);
  return new Map(
    [...groupBy(read, ({ unit, model }) => JSON.stringify([unit, model]))].map(([key, ofOne]) => {
      const used = ofOne.filter((line) => line.isReadForTokens);
      const covered = used.filter(({ isCovered }) => isCovered);
      const quantities = new Map<string, bigint>();
      for (const [name, value] of used.flatMap((line) => Object.entries(line.quantities)))
        quantities.set(name, (quantities.get(name) ?? 0n) + value);
      const amounts = new Map<string, bigint>();
      for (const { cost } of ofOne.filter((line) => line.isReadForMoney && line.cost !== null))
        amounts.set(cost!.currency, (amounts.get(cost!.currency) ?? 0n) + cost!.pico);
      return [
        key,
        {
          requests: add(used.map(({ requests }) => requests)) ?? 0n,
          events: add(used.map(({ events }) => events)) ?? 0n,
          tokens: {
            input: add(used.map(({ tokens }) => tokens.input)),
            cacheRead: add(used.map(({ tokens }) => tokens.cacheRead)),
            cacheWrite: add(used.flatMap(({ tokens }) => [tokens.cacheWrite5m, tokens.cacheWrite1h])),
            output: add(used.map(({ tokens }) => tokens.output)),
            reasoning: add(used.map(({ tokens }) => tokens.reasoning)),
          },
          ...{ quantities, amounts },
          planEvents: add(covered.map(({ events }) => events)) ?? 0n,
          planTokens: add(covered.map(totalOf)) ?? 0n,
        },
      ];
    }),
  );
}

/** `null` only where every part is. */
const add = (parts: readonly (bigint | null)[]): bigint | null =>
  parts.reduce((sum, part) => (part === null ? sum : (sum ?? 0n) + part), null);

const totalOf = ({ tokens: { reasoning: _, ...classes } }: MeterLine): bigint => add(Object.values(classes)) ?? 0n;

/** Another application of the account: a request both saw counts once. */
const SIBLING: Recording = { role: 'app', source: 'openai', account: 'alibaba' };

const logs = fc.array(
  fc.oneof(
    requests(SMALL),
    requests(SMALL, fc.constantFrom(APP, SIBLING)),
    buckets(SMALL),
    spans(fc.constantFrom(APP, METER)),
  ),
  {
    minLength: 1,
    maxLength: 14,
  },
);

test('meter lines that are read add up to the report of the window, by unit and model', async () => {
  await fc.assert(
    fc.asyncProperty(logs, fc.constantFrom(...ZONES), async (lines, timeZone) => {
      const ledger = await ledgerWith(lines);
      for (const choice of PERIODS)
        for (const cost of COSTS) {
          const window = periodFrom(choice, { now: 0, timeZone });
          const found = await periodLines(ledger, window, cost);
          expect(told(found)).toEqual(await reported(ledger, window, cost));
        }
    }),
    { numRuns: 60 },
  );
}, 120_000);

test('the order of the records does not show in the lines', async () => {
  const window = periodFrom({}, { now: 0, timeZone: 'UTC' });
  await fc.assert(
    fc.asyncProperty(fc.array(requests(SMALL), { minLength: 1, maxLength: 8 }), async (lines) => {
      const apart = lines.map(({ recording, event }, i) => ({ recording, event: { ...event, id: `r${i}` } }));
      const [one, other] = [await ledgerWith(apart), await ledgerWith([...apart].reverse())];
      expect(await periodLines(one, window, 'auto')).toEqual(await periodLines(other, window, 'auto'));
    }),
    { numRuns: 30 },
  );
}, 120_000);

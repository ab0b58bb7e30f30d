import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FlowCell } from '../../../src/hub/flow/flow-cell.js';
import { type FlowDimension, foldFlow } from '../../../src/hub/flow/fold-flow.js';
import { STAGES } from '../../../src/usage/roles.js';
import { daysOf, flowCell } from './cells.js';

const ALL_DAYS = ['01', '02', '03'];
const fold = (
  cells: readonly FlowCell[],
  by: readonly FlowDimension[] = ['model', 'unit'],
  days = daysOf({ create: ALL_DAYS, transport: ALL_DAYS, apply: ALL_DAYS }),
) => foldFlow({ cells, daysOf: days, by, unassigned: '(unassigned)' });

describe('differences', () => {
  test('are of the days that both stages cover; what one side alone has is not compared', () => {
    const cells = [
      flowCell({ stage: 'transport', day: '01', input: 100n }),
      flowCell({ stage: 'transport', day: '02', input: 40n, cacheRead: 60n, output: 100n, reasoning: 10n }),
      flowCell({ stage: 'apply', day: '02', input: 90n, output: 60n, reasoning: 20n }),
      flowCell({ stage: 'apply', day: '03', input: 7n }),
    ];
    const days = daysOf({ transport: ['01', '02'], apply: ['02', '03'] });
    const { transportToApply } = fold(cells, ['model'], days).rows[0]!.differences;
    expect(transportToApply.compared).toMatchObject({
      days: 1,
      before: { total: 200n }, // 40 + 60 + 100 of day 2
      after: { total: 150n }, // 90 + 60 of day 2
      change: {
        total: { tokens: 50n, percent: '25.0', is: 'lost' }, // 50 / 200
        input: { tokens: 50n, percent: '125.0', is: 'more' }, // 90 - 40
        cacheRead: null, // the application does not report it
        reasoning: { tokens: 10n, percent: '100.0', is: 'more' },
      },
    });
    expect(transportToApply.notCompared).toEqual({ before: 100n, after: 7n });
  });

  test('a bucket of several days is compared only where the other side covers each of them', () => {
    const bucket = flowCell({ stage: 'transport', days: ['2026-10-01', '2026-10-02'], input: 100n });
    const cells = [bucket, flowCell({ day: '01', input: 30n }), flowCell({ day: '02', input: 30n })];
    const whole = daysOf({ transport: ['01', '02'], apply: ['01', '02'] });
    expect(fold(cells, ['model'], whole).rows[0]!.differences.transportToApply.compared?.change.total).toEqual({
      ...{ tokens: 40n, percent: '40.0', is: 'lost' }, // 100 - 60
    });
    const half = daysOf({ transport: ['01', '02'], apply: ['01'] });
    expect(fold(cells.slice(0, 2), ['model'], half).rows[0]!.differences.transportToApply).toEqual({
      compared: null,
      notCompared: { before: 100n, after: 30n },
    });
  });

  test('a day on which a stage has other events, but none of the model, is one of 0 tokens', () => {
    const cells = [
      flowCell({ stage: 'transport', day: '01', input: 10n }),
      flowCell({ stage: 'transport', day: '02', input: 10n }),
      flowCell({ stage: 'apply', day: '01', input: 10n }),
    ];
    const days = daysOf({ transport: ['01', '02'], apply: ['01', '02'] });
    expect(fold(cells, ['model'], days).rows[0]!.differences.transportToApply.compared?.change.total).toEqual({
      ...{ tokens: 10n, percent: '50.0', is: 'lost' }, // 20 - 10
    });
  });

  test('of everything are the sum of those of the models: a model that one stage does not record is no loss', () => {
    const cells = [
      flowCell({ stage: 'transport', model: 'a', input: 100n }),
      flowCell({ stage: 'transport', model: 'b', input: 900n }),
      flowCell({ stage: 'apply', model: 'a', input: 90n }),
    ];
    const { transportToApply } = fold(cells).totals.overall.differences;
    expect(transportToApply.compared?.change.total).toEqual({ tokens: 10n, percent: '10.0', is: 'lost' });
    expect(transportToApply.notCompared).toEqual({ before: 900n, after: 0n });
  });

  test('what is unassigned is not compared by unit, since another stage may know whose it is', () => {
    const cells = [
      flowCell({ stage: 'create', input: 500n }),
      flowCell({ stage: 'transport', input: 20n }),
      flowCell({ stage: 'transport', unit: 'wukong', input: 480n }),
    ];
    const { rows, totals } = fold(cells, ['unit']);
    expect(rows.map(({ unit, differences }) => [unit, differences.createToTransport.compared])).toEqual([
      ['(unassigned)', null],
      ['wukong', null],
    ]);
    expect(totals.models[0]!.differences.createToTransport.compared?.change.total?.is).toBe('same'); // 500 = 20 + 480
  });
});

describe('stages', () => {
  test('without a record are not recorded, and a 0 that was recorded is 0', () => {
    const [row] = fold([flowCell({ stage: 'transport', input: 0n })]).rows;
    expect(row!.stages.create).toBeNull();
    expect(row!.stages.apply).toBeNull();
    expect(row!.stages.transport!.tokens.total).toBe(0n);
    expect(row!.stages.transport!.tokens.reasoning).toBeNull();
  });

  test('tell tokens of what is read for tokens, and cost of what is read for money', () => {
    const meter = {
      stage: 'transport',
      input: 10n,
      reads: { tokens: true, money: false },
      owed: { events: 1n, tokens: 10n },
    } as const;
    const bill = { stage: 'transport', input: 10n, reads: { tokens: false, money: true } } as const;
    const cost = { currency: 'CNY', pico: 2_500_000_000_000n };
    const told = fold([flowCell(meter), flowCell({ ...bill, cost })]).rows[0]!.stages.transport!;
    expect(told).toMatchObject({ tokens: { total: 10n }, cost: { CNY: '2.5' }, unpriced: { events: 0n } });
    // A row that the bill says nothing of does not know what it cost.
    const apart = fold([flowCell({ ...meter, unit: 'a' }), flowCell({ ...bill, cost })], ['unit']).rows[0]!;
    expect(apart.stages.transport).toMatchObject({ cost: {}, unpriced: { events: 1n, tokens: 10n } });
  });

  const cells = fc.array(
    fc
      .record({
        stage: fc.constantFrom(...STAGES),
        model: fc.constantFrom('a', 'b', '__proto__'),
        unit: fc.constantFrom('u', 'v', null),
        day: fc.constantFrom(...ALL_DAYS),
        input: fc.option(fc.bigInt(0n, 1000n)),
        output: fc.option(fc.bigInt(0n, 1000n)),
      })
      .map((stated) => flowCell(stated)),
    { maxLength: 30 },
  );

  test('are never added together: each is the same, whatever the others hold', () =>
    fc.assert(
      fc.property(cells, (all) => {
        for (const stage of STAGES) {
          const alone = fold(all.filter((cell) => cell.stage === stage));
          expect(fold(all).totals.overall.stages[stage]).toEqual(alone.totals.overall.stages[stage]);
          for (const { model, unit, stages } of fold(all).rows)
            expect(stages[stage]).toEqual(
              alone.rows.find((row) => row.model === model && row.unit === unit)?.stages[stage] ?? null,
            );
        }
      }),
    ));

  test('of the rows add up to that of the total, and so do what is compared and what is not', () =>
    fc.assert(
      fc.property(cells, fc.constantFrom<FlowDimension[]>(['model'], ['unit'], ['model', 'unit']), (all, by) => {
        const { rows, totals } = fold(all, by);
        for (const stage of STAGES) {
          const sum = rows.reduce((total, { stages }) => total + (stages[stage]?.tokens.total ?? 0n), 0n);
          expect(totals.overall.stages[stage]?.tokens.total ?? 0n).toBe(sum);
        }
        for (const { stages, differences } of [...rows, totals.overall]) {
          const { compared, notCompared } = differences.transportToApply;
          expect((compared?.before.total ?? 0n) + (notCompared.before ?? 0n)).toBe(
            stages.transport?.tokens.total ?? 0n,
          );
          expect((compared?.after.total ?? 0n) + (notCompared.after ?? 0n)).toBe(stages.apply?.tokens.total ?? 0n);
        }
      }),
    ));
});

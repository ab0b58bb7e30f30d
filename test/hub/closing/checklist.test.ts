import { describe, expect, test } from 'vitest';
import { CHECKS, findingsOf } from '../../../src/hub/closing/checklist.js';
import type { ClosingFacts } from '../../../src/hub/closing/closing-facts.js';
import { discrepanciesOf, type RoleDay } from '../../../src/hub/closing/discrepancies.js';
import type { Role } from '../../../src/usage/event.js';
import { line } from './lines.js';

const CLEAN: ClosingFacts = {
  ...{ period: '2026-10', firstDay: '2026-10-01', lastDay: '2026-10-31', timeZone: 'UTC' },
  ...{
    isEnded: true,
    lines: [line()],
    gaps: [],
    rejects: [],
    discrepancies: [],
    preliminary: [],
    rates: null,
    isStale: false,
  },
};
const BILL = { role: 'bill', source: 'alibaba-bill', account: 'acme' } as const;

const findings = (facts: Partial<ClosingFacts>) => findingsOf({ ...CLEAN, ...facts });

describe('the checklist', () => {
  test('finds nothing where nothing is wrong', () => {
    expect(findings({})).toEqual([]);
  });

  const wrong: Readonly<Record<string, Partial<ClosingFacts>>> = {
    unended: { isEnded: false },
    empty: { lines: [] },
    gaps: { gaps: [{ recording: BILL, runs: [{ from: '2026-10-02', to: '2026-10-02', days: 1 }] }] },
    rejects: { rejects: [{ path: 'a.csv', rejected: 2 }] },
    unassigned: { lines: [line({ unit: null })] },
    unpriced: { lines: [line({ cost: null, unpriced: 'no price is known' })] },
    unreconciled: {
      discrepancies: [
        {
          roles: [
            { role: 'gateway', tokens: 90n },
            { role: 'app', tokens: 100n },
          ],
          ...{ account: 'acme', days: 3n, tokens: 10n, percent: '10.00' },
        },
      ],
    },
    preliminary: { preliminary: [{ recording: BILL, finalAt: '2026-11-03T04:00:00.000Z' }] },
    rates: { rates: { file: 'r.csv', missing: [{ from: 'CNY', to: 'USD', days: ['2026-10-02'] }] } },
    rules: { isStale: true },
  };

  test.each(CHECKS)('finds what is wrong, and what mends it: %s', (check) => {
    const found = findings(wrong[check]!);
    expect(found.map((finding) => finding.check)).toEqual([check]);
    expect(found[0]!.command).toMatch(/^tokenhub [a-z]+/);
  });

  test('does not count usage that a plan covers, that used nothing, or that is no usage, as unpriced', () => {
    const none = { cost: null, unpriced: 'x' } as const;
    expect(
      findings({
        lines: [
          line({ ...none, isCovered: true }),
          line({ ...none, tokens: { input: 0n } }),
          line({ ...none, tokens: {}, quantities: { agent_run: 1_000_000n } }), // what an agent did is no usage
          line({ ...none, charge: 'tax' }),
          line({ ...none, isReadForMoney: false }),
        ],
      }),
    ).toEqual([]);
    expect(findings({ lines: [line({ ...none, tokens: {}, quantities: { image: 1n } })] })).toHaveLength(1);
  });

  test('counts usage without a unit once, as tokens are read', () => {
    const [found] = findings({
      lines: [line({ unit: null, events: 2n }), line({ unit: null, isReadForTokens: false })],
    });
    expect(found?.figures).toEqual({ events: 2n, tokens: 120n });
  });

  test('names files as a shell takes them', () => {
    const [found] = findings({ rejects: [{ path: "it's; rm -rf.csv", rejected: 1 }] });
    expect(found?.command).toBe("tokenhub import 'it'\\''s; rm -rf.csv'");
  });

  test.each([
    ['engine', 'gateway', '--app ledger:engine --gateway ledger:gateway'],
    ['gateway', 'app', '--app ledger:app --gateway ledger:gateway'],
    ['meter', 'app', '--app ledger:app --bill ledger:meter'],
    ['meter', 'bill', '--gateway ledger:meter --bill ledger:bill'],
    ['engine', 'bill', '--gateway ledger:engine --bill ledger:bill'],
  ] as const)('compares %s and %s by two flags of reconcile', (one, other, sides) => {
    const roles = [
      { role: one, tokens: 1n },
      { role: other, tokens: 2n },
    ] as const;
    const discrepancies = [{ account: 'a', roles, days: 1n, tokens: 1n, percent: '50.00' }];
    expect(findings({ discrepancies })[0]?.command).toBe(`tokenhub reconcile ${sides} --period 2026-10`);
  });
});

describe('discrepancies', () => {
  const on = (role: Role, day: string, tokens: bigint): RoleDay => ({ account: 'acme', role, day, tokens });

  test('are of the days that two roles recorded, and none where they agree', () => {
    expect(discrepanciesOf([on('app', '1', 10n), on('bill', '1', 10n), on('bill', '2', 99n)])).toEqual([]);
    expect(discrepanciesOf([on('app', '1', 10n), on('bill', '2', 99n)])).toEqual([]);
    expect(discrepanciesOf([on('app', '1', 10n), { ...on('bill', '1', 99n), account: 'other' }])).toEqual([]);
  });

  test('are told of every two roles, with tokens and percent of the larger one', () => {
    const days = [
      on('app', '1', 100n),
      on('app', '1', 100n),
      on('gateway', '1', 150n),
      on('meter', '2', 5n),
      on('app', '2', 6n),
    ];
    // gateway 150 of 200: 50 of 200 is 25 %; meter 5 of 6: 1 of 6 is 16.66 %
    expect(discrepanciesOf(days)).toMatchObject([
      {
        roles: [
          { role: 'gateway', tokens: 150n },
          { role: 'app', tokens: 200n },
        ],
        days: 1n,
        tokens: 50n,
        percent: '25.00',
      },
      {
        roles: [
          { role: 'meter', tokens: 5n },
          { role: 'app', tokens: 6n },
        ],
        days: 1n,
        tokens: 1n,
        percent: '16.66',
      },
    ]);
  });

  test('a role without tokens, as a bill that states none, recorded nothing to compare', () => {
    expect(discrepanciesOf([on('app', '1', 10n), on('bill', '1', 0n)])).toEqual([]);
  });
});

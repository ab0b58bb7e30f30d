/** Accounts whose recordings in two roles tell of different numbers of tokens. */

import type { Role } from '../../usage/event.js';
import { ROLES } from '../../usage/roles.js';

/** Tokens that a role of an account recorded on one day, each once. */
export interface RoleDay {
  readonly account: string;
  readonly role: Role;
  /** `YYYY-MM-DD`, or a first and a last one. */
  readonly day: string;
  readonly tokens: bigint;
}

interface RoleTokens {
  readonly role: Role;
  readonly tokens: bigint;
}

export interface Discrepancy {
  readonly account: string;
  /** In order of the supply chain; on the days that both recorded. */
  readonly roles: readonly [RoleTokens, RoleTokens];
  readonly days: bigint;
  /** By how much they differ, above 0. */
  readonly tokens: bigint;
  /** Of the larger one, decimal text, rounded down to hundredths. */
  readonly percent: string;
}

/** Every two roles of an account that recorded the same days and do not agree on their tokens. */
export function discrepanciesOf(days: readonly RoleDay[]): Discrepancy[] {
  const accounts = [...new Set(days.map(({ account }) => account))].sort();
  return accounts.flatMap((account) => {
    const tokensOf = new Map(ROLES.map((role) => [role, tokensByDay(days, account, role)]));
    return ROLES.flatMap((one, i) =>
      ROLES.slice(i + 1).flatMap((other) => compared(account, [one, other], tokensOf.get(one)!, tokensOf.get(other)!)),
    );
  });
}

function tokensByDay(days: readonly RoleDay[], account: string, role: Role): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { day, tokens, ...of } of days)
    if (of.account === account && of.role === role && tokens > 0n) sums.set(day, (sums.get(day) ?? 0n) + tokens);
  return sums;
}

type ByDay = ReadonlyMap<string, bigint>;

function compared(account: string, [one, other]: readonly [Role, Role], a: ByDay, b: ByDay): Discrepancy[] {
  const shared = [...a.keys()].filter((day) => b.has(day));
  const sum = (of: ByDay) => shared.reduce((total, day) => total + of.get(day)!, 0n);
  const [of, ofOther] = [sum(a), sum(b)];
  if (of === ofOther) return [];
  const [more, less] = of > ofOther ? [of, ofOther] : [ofOther, of];
  return [
    {
      account,
      roles: [
        { role: one, tokens: of },
        { role: other, tokens: ofOther },
      ],
      days: BigInt(shared.length),
      tokens: more - less,
      percent: percentOf(more - less, more),
    },
  ];
}

const percentOf = (part: bigint, whole: bigint): string => {
  const hundredths = ((part * 10_000n) / whole).toString().padStart(3, '0');
  return `${hundredths.slice(0, -2)}.${hundredths.slice(-2)}`;
};

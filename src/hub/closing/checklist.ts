/** What must be mended, or accepted, before a period is closed. */

import { shellWord } from '../../errors/wording.js';
import type { Role } from '../../usage/event.js';
import type { MeterLine } from '../statement/meter-line.js';
import type { ClosingFacts } from './closing-facts.js';
import type { Discrepancy } from './discrepancies.js';
import { unassignedUsage, unpricedModels } from './line-usage.js';

export const CHECKS = [
  ...(['unended', 'empty', 'gaps', 'rejects', 'unassigned', 'unpriced', 'unreconciled'] as const),
  ...(['preliminary', 'rates', 'rules'] as const),
] as const;
export type Check = (typeof CHECKS)[number];

export interface Finding {
  readonly check: Check;
  /** What it is about: a recording, a file, a model; `null`: the period. */
  readonly subject: string | null;
  readonly message: string;
  /** What mends it, ready to type. */
  readonly command: string;
  /** Its figures, exact. */
  readonly figures: Readonly<Record<string, bigint | string>>;
}

/** Findings in the order of `CHECKS`; none: the period may be closed. */
export const findingsOf = (facts: ClosingFacts): Finding[] => [
  ...unended(facts),
  ...(facts.lines.length > 0 ? [] : [empty(facts)]),
  ...facts.gaps.map((gaps) => gapFinding(facts, gaps)),
  ...facts.rejects.map(rejectFinding),
  ...unassigned(facts.lines),
  ...unpriced(facts),
  ...facts.discrepancies.map((each) => unreconciled(facts, each)),
  ...facts.preliminary.map(preliminary),
  ...missingRates(facts),
  ...(facts.isStale ? [STALE] : []),
];

const unended = ({ period, lastDay, isEnded }: ClosingFacts): Finding[] =>
  isEnded
    ? []
    : [
        {
          ...{ check: 'unended', subject: null },
          message: `the period has not ended: its last day is ${lastDay}`,
          command: `tokenhub close ${period}`,
          figures: { lastDay },
        },
      ];

const empty = ({ period }: ClosingFacts): Finding => ({
  ...{ check: 'empty', subject: null },
  message: `the ledger has no usage of ${period}`,
  command: 'tokenhub import <files...>',
  figures: {},
});

function gapFinding({ period }: ClosingFacts, { recording, runs }: ClosingFacts['gaps'][number]): Finding {
  const { role, source, account } = recording;
  const subject = `${role} ${source} of ${account}`;
  const days = runs.reduce((sum, run) => sum + run.days, 0);
  const shown = runs.slice(0, SHOWN).map(({ from, to }) => (from === to ? from : `${from} to ${to}`));
  const more = runs.length > SHOWN ? `, and ${runs.length - SHOWN} more` : '';
  return {
    ...{ check: 'gaps', subject },
    message: `${subject} has no events on ${plural(days, 'day')}: ${shown.join(', ')}${more}`,
    command: `tokenhub imports --coverage --period ${period}`,
    figures: { days: BigInt(days) },
  };
}

/** Gaps, days or models that a message names. */
const SHOWN = 3;

const rejectFinding = ({ path, rejected }: ClosingFacts['rejects'][number]): Finding => ({
  ...{ check: 'rejects', subject: path },
  message: `${path}: ${plural(rejected, 'row')} rejected; mend the file and import it again`,
  command: `tokenhub import ${shellWord(path)}`,
  figures: { rejected: BigInt(rejected) },
});

function unassigned(lines: readonly MeterLine[]): Finding[] {
  const { events, tokens } = unassignedUsage(lines);
  if (events === 0n) return [];
  return [
    {
      ...{ check: 'unassigned', subject: null },
      message: `${plural(events, 'event')} with ${plural(tokens, 'token')} of no unit`,
      command: 'tokenhub units',
      figures: { events, tokens },
    },
  ];
}

const unpriced = ({ period, lines }: ClosingFacts): Finding[] =>
  unpricedModels(lines).map(({ model, events, tokens, reason }) => ({
    ...{ check: 'unpriced', subject: model },
    message: `${model}: ${plural(events, 'event')} with ${plural(tokens, 'token')} without a price (${reason}); add it to a price file`,
    command: `tokenhub reprice --model ${shellWord(model)} --period ${period} --apply`,
    figures: { events, tokens },
  }));

function unreconciled({ period }: ClosingFacts, { account, roles, days, tokens, percent }: Discrepancy): Finding {
  const [one, other] = roles;
  return {
    ...{ check: 'unreconciled', subject: account },
    message:
      `${account}: ${one.role} recorded ${plural(one.tokens, 'token')} and ${other.role} ${separated(other.tokens)} on ` +
      `${plural(days, 'day')} that both have; they differ by ${separated(tokens)}, ${percent}%`,
    command: `tokenhub reconcile ${sidesOf(one.role, other.role)} --period ${period}`,
    figures: { [one.role]: one.tokens, [other.role]: other.tokens, days, tokens, percent },
  };
}

/** Two roles, in order of the supply chain, as `reconcile` takes them: each by its own flag, the earlier one else by the one before. */
function sidesOf(one: Role, other: Role): string {
  const place = (role: Role): number => FLAGS.findIndex(({ roles }) => roles.includes(role));
  const sides = [
    { at: place(one) === place(other) ? place(one) - 1 : place(one), role: one },
    { at: place(other), role: other },
  ].sort((a, b) => a.at - b.at);
  return sides.map(({ at, role }) => `${FLAGS[at]!.flag} ledger:${role}`).join(' ');
}

const FLAGS: readonly { readonly flag: string; readonly roles: readonly Role[] }[] = [
  { flag: '--app', roles: ['app'] },
  { flag: '--gateway', roles: ['engine', 'gateway'] },
  { flag: '--bill', roles: ['meter', 'bill'] },
];

const preliminary = ({ recording, finalAt }: ClosingFacts['preliminary'][number]): Finding => ({
  ...{ check: 'preliminary', subject: `${recording.source} of ${recording.account}` },
  message: `${recording.source} of ${recording.account} is preliminary until ${finalAt}; download it after that and import it again`,
  command: 'tokenhub import <bill> --restate',
  figures: { finalAt },
});

const missingRates = ({ period, rates }: ClosingFacts): Finding[] =>
  (rates?.missing ?? []).map(({ from, to, days }) => ({
    ...{ check: 'rates', subject: `${from} in ${to}` },
    message: `${rates?.file} has no rate of ${from} in ${to} for ${plural(days.length, 'day')}: ${days.slice(0, SHOWN).join(', ')}${days.length > SHOWN ? ', ...' : ''}`,
    command: `tokenhub report --by day --period ${period} --currency ${to} --rates ${shellWord(rates?.file ?? '')}`,
    figures: { days: BigInt(days.length) },
  }));

const STALE: Finding = {
  ...{ check: 'rules', subject: null },
  message: 'the unit rules of the config are not those of the ledger',
  command: 'tokenhub units --apply',
  figures: {},
};

// --- words ------------------------------------------------------------------------------------------------------

const separated = (number: bigint | number): string => `${number}`.replace(/\B(?=(\d{3})+$)/g, ',');

const plural = (number: bigint | number, noun: string): string =>
  `${separated(number)} ${noun}${BigInt(number) === 1n ? '' : 's'}`;

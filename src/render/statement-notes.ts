/** What a reader must know to trust a statement, in sentences. */

import type { StatementTold } from '../hub/statement/statement-told.js';
import { amountText } from './amount-text.js';
import { counted, separated, usageText } from './counted.js';
import type { NumberedStatement } from './statement-sheets.js';

const BASIS: Readonly<Record<StatementTold['query']['cost'], string>> = {
  auto: 'billed where a bill states it, else computed: tokens times the price in force',
  billed: 'what bills state',
  computed: 'tokens times the price in force',
};

export const headNotes = ({ unit, query, closing }: NumberedStatement): string[] => [
  `unit: ${[unit.id, ...(unit.owner === null ? [] : [`owner ${unit.owner}`]), ...(unit.stage === null ? [] : [`stage ${unit.stage}`])].join(', ')}`,
  ...(unit.units.length > 1 ? [`with the units beneath it: ${unit.units.slice(1).join(', ')}`] : []),
  `period: from ${query.from}, before ${query.to}`,
  `cost: ${BASIS[query.cost]}`,
  ...(closing === null
    ? []
    : [
        `closed: ${closing.period}, as it was frozen: sha256 ${closing.hash}`,
        ...(closing.accepted.length === 0 ? [] : [`accepted when it was closed: ${closing.accepted.join(', ')}`]),
      ]),
];

/** Of the readings: nothing at all, and what no amount below is for. */
export const missingNotes = ({ readings, covered, unpriced, ...told }: StatementTold): string[] => [
  ...(readings.length > 0 ? [] : [isOnlyLeftOut({ readings, ...told }) ? ONLY_LEFT_OUT : NONE_RECORDED]),
  ...covered.map((use) => `nothing owed: ${usageText(use)} of ${use.model}, ${use.reason}`),
  ...unpriced.reasons.map((use) => `unpriced: ${usageText(use)} of ${use.model}, ${use.reason}`),
  ...unsplitNotes(unpriced),
];

const NONE_RECORDED = 'no usage of this unit is recorded in the period';
const ONLY_LEFT_OUT =
  'what is read of the period names no usage of this unit, but views left out do, below: what it owes is not known; rules may assign the rest: tokenhub units';

/** Whether views that are not read alone tell usage of the unit, so that nothing read is not nothing used. */
export const isOnlyLeftOut = ({ readings, recordings }: Pick<StatementTold, 'readings' | 'recordings'>): boolean =>
  readings.length === 0 && recordings.some(({ leftOut }) => leftOut.tokens > 0n);

function unsplitNotes({ unsplit }: StatementTold['unpriced']): string[] {
  if (unsplit === null) return ['not known: usage on bills that do not say which part is of these units together'];
  return unsplit.events === 0n
    ? []
    : [`unpriced: ${usageText(unsplit)} on bills that do not say which part is of this unit`];
}

/** Of the amounts: what is not in them, and what they are in another currency. */
export const amountNotes = ({
  query,
  lines,
  readings,
  unpriced,
  total,
  straddling,
  ...body
}: StatementTold): string[] => [
  ...(lines.length === 0 && unpriced.events === 0n && !isOnlyLeftOut({ readings, ...body }) ? ['nothing is owed'] : []),
  ...(total.isAtLeast ? [`not in the total: ${usageText(unpriced)} without a price`] : []),
  ...body.corrections.flatMap(costlessNotes),
  ...body.sharedWarnings.map((warning) => `shared cost: ${warning}`),
  ...(straddling ?? []).map(
    ({ day, events, tokens }) =>
      `not in the figures: ${counted(events, 'bucket')} of ${day} (${counted(tokens ?? 0n, 'token')}), cut by the edge of the period`,
  ),
  ...(query.currency !== null && total.converted === null
    ? [`not converted into ${query.currency}: what a closing keeps has no days, and so no rates of them`]
    : convertedNotes(total)),
];

const costlessNotes = ({ period, costless, added, removed }: StatementTold['corrections'][number]): string[] =>
  costless.events === 0n && costless.tokens === 0n
    ? []
    : [
        `correction of ${period} without an amount: ${counted(costless.events, 'event')}, ${counted(costless.tokens, 'token')} (${[...added, ...removed].join(', ') || 'a correction taken back'}), not priced, covered, or on a bill`,
      ];

function convertedNotes({ converted }: StatementTold['total']): string[] {
  if (converted === null) return [];
  const { currency, amount, missing, used, undated } = converted;
  const rates = used.map(
    ({ from, first, last, paths, sources }) =>
      `${from} of ${first === last ? first : `${first} to ${last}`}, ${paths.join(' and ')} (${sources.join(', ')})`,
  );
  const left = Object.keys(missing).map((each) => amountText(missing, each));
  const apart = Object.keys(undated).map((each) => amountText(undated, each));
  return [
    `${apart.length === 0 ? 'total' : 'usage and charges'} in ${currency}: ${amount === null ? 'not known' : amountText({ [currency]: amount }, currency)}${rates.length === 0 ? '' : `, at rates of ${rates.join('; ')}`}`,
    ...(left.length === 0 ? [] : [`not converted: ${left.join(', ')}, as no rate of the days is known`]),
    ...(apart.length === 0
      ? []
      : [`not converted: ${apart.join(', ')} of shared cost and corrections, which are of no day`]),
  ];
}

/** Where the figures come from, and what makes the statement the one it is. */
export const originNotes = ({ recordings, context, hashes }: NumberedStatement): string[] => [
  ...recordings.flatMap(recordingNotes),
  `unassigned of all units: ${shareText(context)}`,
  ...(context.incomplete ?? []).map(
    ({ file, rejected }) => `incomplete: ${counted(BigInt(rejected), 'row')} of ${file} rejected by its import`,
  ),
  ...(context.warnings ?? []).map((warning) => `warning: ${warning}`),
  ...Object.entries(hashes).map(([name, hash]) => `sha256 of ${name}: ${hash ?? 'none'}`),
];

const READ_FOR = { both: 'tokens and cost', tokens: 'tokens', money: 'cost', none: 'nothing' };

function recordingNotes({ role, source, account, used, leftOut }: StatementTold['recordings'][number]): string[] {
  const name = `${role} ${source} of account ${account}`;
  const costs = Object.keys(leftOut.cost).map((currency) => amountText(leftOut.cost, currency));
  const left = [...(leftOut.tokens === 0n ? [] : [counted(leftOut.tokens, 'token')]), ...costs];
  return [
    ...(used === 'none' ? [] : [`read for ${READ_FOR[used]}: ${name}`]),
    ...(left.length === 0 ? [] : [`left out: ${left.join(', ')} of ${name}, another view of the same usage`]),
  ];
}

function shareText({ tokens, unassigned }: StatementTold['context']): string {
  if (unassigned.events === 0n) return 'none';
  const percent = tokens === 0n ? '0' : ((Number(unassigned.tokens) / Number(tokens)) * 100).toFixed(1);
  return `${usageText(unassigned)}, ${percent}% of ${separated(tokens.toString())}`;
}

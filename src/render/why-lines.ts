/** What a figure is made of, in words: a line for each section, and lines beneath it, which begin with blanks. */

import { placeText } from '../errors/tokenhub-error.js';
import type { ImportUse } from '../hub/why/import-uses.js';
import type { PriceUse, Product } from '../hub/why/price-uses.js';
import type { RuleUse } from '../hub/why/rule-uses.js';
import type { Share } from '../hub/why/share.js';
import { UNASSIGNED } from '../report/query.js';
import type { Recording } from '../usage/recording.js';
import { counted, separated } from './counted.js';
import { ruleText } from './rule-text.js';
import type { WhyBody, WhyRecording } from './why-body.js';

export const sectionLines = (body: WhyBody): string[] => [
  `total: ${totalText(body.total)}`,
  ...section('recordings', body.recordings.flatMap(recordingLines)),
  ...section('rules', body.rules.map(ruleLine)),
  ...section('prices', body.prices.flatMap(priceLines)),
  ...section('allocations, beside the total', body.allocations.map(allocationLine)),
  ...section('files', body.imports.flatMap(importLines)),
];

const section = (name: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${name}:`, ...lines.map((line) => `  ${line}`)];

// --- total and shares -------------------------------------------------------------------------------------------

const CLASSES = { input: 'input', cacheRead: 'cached input', cacheWrite: 'cache write', output: 'output' } as const;

function totalText({ tokens, cost, unpriced, covered, quantities, ...all }: WhyBody['total']): string {
  const classes = Object.entries(CLASSES).flatMap(([name, title]) => {
    const count = tokens[name as keyof typeof CLASSES];
    return count === null ? [] : [`${separated(`${count}`)} ${title}`];
  });
  return [
    counted(all.events, 'event'),
    `${counted(tokens.total ?? 0n, 'token')}${classes.length < 2 ? '' : ` (${classes.join(' + ')})`}`,
    ...Object.entries(quantities).map(([name, amount]) => `${separated(amount)} ${name}`),
    ...amounts(cost),
    ...(unpriced.events === 0n ? [] : [`${counted(unpriced.events, 'event')} without a price`]),
    ...(covered.events === 0n ? [] : [`${counted(covered.events, 'event')} covered by a plan`]),
  ].join(', ');
}

const amounts = (cost: Share['cost']): string[] =>
  Object.entries(cost).map(([currency, amount]) => `${separated(amount)} ${currency}`);

const shareText = ({ events, tokens, cost }: Share): string =>
  [counted(events, 'event'), counted(tokens, 'token'), ...amounts(cost)].join(', ');

// --- recordings -------------------------------------------------------------------------------------------------

const READ_FOR = { both: 'tokens and cost', tokens: 'tokens', money: 'cost', none: 'nothing' } as const;

const nameOf = ({ role, source, account }: Recording): string => `${role} ${source} of account ${account}`;

function recordingLines(recording: WhyRecording): string[] {
  const { used, leftOut, instead, twins, events } = recording;
  const held = events === 0n ? 'nothing of this selection' : shareText(recording);
  const read = `read for ${READ_FOR[used]}: ${nameOf(recording)}: ${held}`;
  const views = instead.length === 0 ? '' : `, which ${instead.map(nameOf).join(' and ')} tells, too`;
  return [
    ...(used === 'none' && events === 0n ? [] : [read]),
    ...(leftOut.events === 0n
      ? []
      : [`left out: ${nameOf(recording)}: ${shareText(leftOut)}, another view of the same tokens${views}`]),
    ...(twins === 0n
      ? []
      : [
          `counted elsewhere: ${counted(twins, 'request')} of ${nameOf(recording)} in the period, which another source recorded, too`,
        ]),
  ];
}

// --- rules ------------------------------------------------------------------------------------------------------

function ruleLine(use: RuleUse): string {
  const { by, number, unit, rule, place } = use;
  if (by === 'own') return `no rule, the records name the unit ${unit ?? UNASSIGNED}: ${shareText(use)}`;
  if (rule === null) return `no rule matches: ${unit ?? UNASSIGNED}: ${shareText(use)}`;
  return `rule ${number}${place === null ? '' : ` (${placeText(place)})`}: ${ruleText(rule)}: ${shareText(use)}`;
}

// --- prices -----------------------------------------------------------------------------------------------------

function priceLines(use: PriceUse): string[] {
  const lines = use.product === null ? [] : productLines(use, use.product);
  return [
    `${priceText(use)}: ${costText(use)}`,
    ...[...lines, ...(use.noProduct === null ? [] : [`no rates: ${use.noProduct}; the stored cost is kept`])].map(
      (line) => `  ${line}`,
    ),
  ];
}

function priceText({ state, model, provider, mode, charge, price, basis, reason }: PriceUse): string {
  const what = charge === 'usage' ? `${model} of ${provider}, ${mode}` : `${charge}, ${model} of ${provider}`;
  if (price === null) return `${state}${reason === null ? '' : ` (${reason})`}: ${what}`;
  const tier = price.tier === null ? '' : `, up to ${separated(`${price.tier}`)} tokens of input`;
  const region = price.region === null ? '' : `, ${price.region}`;
  const bucket = basis === 'bucket' ? ', tier of a bucket' : '';
  return `${state}: ${what}, at ${price.source} (${price.asOf}) for ${price.model}${region}${tier}${bucket}`;
}

const costText = ({ events, usedTokens, cost }: PriceUse): string =>
  [counted(events, 'event'), counted(usedTokens, 'token'), ...amounts(cost)].join(', ');

function productLines(
  { events, cost }: PriceUse,
  { lines, sum, currency, agrees, difference, isSame }: Product,
): string[] {
  const rates = lines.map(
    (line) =>
      `${line.class}: ${separated(line.tokens)} × ${line.rate} ${currency} per million = ${separated(line.amount)} ${currency}`,
  );
  const total = `sum: ${separated(sum)} ${currency}`;
  const now = isSame ? 'the list' : 'another list or date';
  const stored = amounts(cost).join(', ');
  if (agrees === 'exact') return [...rates, `${total}, as stored`];
  if (agrees === 'rounding')
    return [
      ...rates,
      `${total}; ${stored} stored, as each of ${counted(events, 'event')} is rounded to 10^-12 (${difference})`,
    ];
  return [...rates, `${total} is what ${now} now gives; the stored cost is kept: ${stored}`];
}

const allocationLine = ({ from, to, by, amount, currency }: WhyBody['allocations'][number]): string =>
  `${from} to ${to}, ${by}: ${separated(amount)} ${currency}`;

// --- files ------------------------------------------------------------------------------------------------------

function importLines(use: ImportUse): string[] {
  return [
    `${use.path}, ${linesText(use)}: ${shareText(use)} (import ${use.id}, ${use.source}, sha256 ${use.sha256})`,
    ...use.alsoIn.map(
      (other) =>
        `  ${counted(other.events, 'event')} of it also in ${other.path}, ${linesText(other)} (import ${other.id}, sha256 ${other.sha256})`,
    ),
  ];
}

const linesText = ({ firstLine, lastLine }: { firstLine: number; lastLine: number }): string =>
  firstLine === lastLine ? `line ${firstLine}` : `lines ${firstLine} to ${lastLine}`;

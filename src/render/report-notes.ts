/** What a reader must know to trust a report's figures, in sentences. */

import { formatPico } from '../pricing/money.js';
import { printShares } from '../pricing/printed-money.js';
import type { CostTexts } from '../report/figures.js';
import { conditionText } from '../report/filter.js';
import type { Grain } from '../report/grain.js';
import { isKnownBy } from '../report/kpi.js';
import type { CostChoice } from '../report/query.js';
import type { RecordingUse } from '../report/recording-use.js';
import type { ReportBody } from '../report/report-body.js';
import { COST_KINDS } from '../report/side-by-side.js';
import { amountText } from './amount-text.js';
import { counted, incompleteText, separated, usageText } from './counted.js';
import { moneyDecimals } from './money-decimals.js';
import { periodText } from './period-text.js';
import { picoOf } from './pico-of.js';
import { recordingName } from './recording-name.js';
import { ownDecimals } from './report-allocation-columns.js';
import { splitNotes, unallocatedNotes } from './report-allocation-notes.js';

/** What the figures are made of. */
export const notesAbove = (body: ReportBody): string[] => [
  `cost: ${BASIS[body.query.cost]}${kindsText(body)}`,
  ...costNotes(body),
  ...chargeNotes(body),
  ...splitNotes(body),
  ...exchangeNotes(body),
  ...filterNotes(body.query),
  ...compareNotes(body.query),
  ...recordingNotes(body.query),
  ...(body.prices.length > 0 ? [`prices: ${body.prices.map(({ name, asOf }) => `${name} (${asOf})`).join(', ')}`] : []),
];

/** What is missing from them, said even when it is nothing. */
export const notesBelow = (body: ReportBody): string[] => [
  `unassigned: ${body.unassigned.events === 0n ? 'none' : usageText(body.unassigned)}`,
  ...unallocatedNotes(body),
  ...unpricedNotes(body.totals),
  ...perNotes(body),
  ...otherNotes(body),
];

/** Usage that a plan covered is told beside what is unpriced: neither is in the cost, but nothing is owed for it. */
const unpricedNotes = ({ unpriced, covered, previous }: ReportBody['totals']): string[] => [
  `unpriced: ${unpriced.events === 0n ? 'none' : `${usageText(unpriced)}, not in the cost`}${
    covered.events === 0n ? '' : `; covered by a plan: ${usageText(covered)}`
  }`,
  ...(previous !== undefined && previous.unpriced.events > 0n
    ? [`unpriced before: ${usageText(previous.unpriced)}, not in the cost compared with`]
    : []),
];

const otherNotes = ({ unsplit, incomplete, straddling, warnings }: ReportBody): string[] => [
  ...(unsplit.events > 0n ? [unsplitNote(unsplit)] : []),
  ...incomplete.map(incompleteText),
  ...straddling.map(
    ({ day, grain, events, tokens }) =>
      `straddling: ${counted(events, BUCKETS[grain])} of ${day} (${counted(tokens ?? 0n, 'token')}), cut by the edge of the period, not in the figures`,
  ),
  ...warnings.map((warning) => `warning: ${warning}`),
];

const BUCKETS: Readonly<Record<Grain, string>> = {
  request: 'request',
  minute: 'minute bucket',
  hour: 'hourly bucket',
  day: 'daily bucket',
  range: 'bucket',
};

/** Usage whose cost is in another line of the table, or, under a filter, in none. */
const unsplitNote = ({ days, ...usage }: ReportBody['unsplit']): string =>
  `not split: ${usageText(usage)} on ${counted(BigInt(days.length), 'day')}, unpriced in its line: the cost is on a bill that does not say what part of it is for this line`;

const BASIS: Readonly<Record<CostChoice | 'all', string>> = {
  all: 'billed, computed and claimed side by side; ordered by billed, else computed',
  auto: 'billed, else computed',
  billed: 'billed alone',
  computed: 'computed alone',
  claimed: 'as claimed by the log that was read',
};

/** ` (USD 1.25 billed, 0.50 computed)`, at the decimals of the rows, so that the parts add up to the total shown. */
function kindsText(body: ReportBody): string {
  const { query, rows, allocation } = body;
  const texts = Object.entries(query.costKinds).map(([currency, kinds]) => {
    const decimals =
      allocation === undefined
        ? moneyDecimals(rows.flatMap(({ cost }) => picoOf(cost, currency) ?? []))
        : ownDecimals(body, currency);
    const names = Object.keys(kinds);
    const { lines } = printShares(
      names.map((kind) => picoOf(kinds as CostTexts, kind)!),
      decimals,
    );
    return `${currency} ${names.map((kind, i) => `${separated(lines[i]!)} ${kind}`).join(', ')}`;
  });
  return texts.length === 0 ? '' : ` (${texts.join('; ')})`;
}

/** What each cost was read of, and how much usage has none. */
function costNotes({ query: { costRecordings }, totals: { costs } }: ReportBody): string[] {
  if (costRecordings === undefined || costs === undefined) return [];
  const notes = COST_KINDS.map((kind) => {
    const names = costRecordings[kind].map(recordingName);
    const without = costs.without[kind].events === 0n ? '' : `; of ${usageText(costs.without[kind])} it is not known`;
    return `${kind}: ${names.length === 0 ? 'nothing is' : `read of ${names.join(', ')}`}${without}`;
  });
  return [...notes, 'difference: billed less computed, where all usage of the line has both'];
}

/** What of the cost is no usage: the lines of a bill beside it. */
function chargeNotes({ totals: { charges } }: ReportBody): string[] {
  const parts = Object.entries(charges).map(
    ([charge, amounts]) =>
      `${charge} ${Object.keys(amounts)
        .map((currency) => amountText(amounts, currency))
        .join(', ')}`,
  );
  return parts.length === 0 ? [] : [`charges: beside usage the cost holds ${parts.join('; ')}`];
}

function exchangeNotes({ query: { exchange }, totals: { converted } }: ReportBody): string[] {
  if (exchange === null || converted === undefined) return [];
  const rates = exchange.used.map(
    ({ from, first, last, paths, sources }) =>
      `${from} ${exchange.rate}, ${first === last ? first : `${first} to ${last}`}, ${paths.join(' and ')} (${sources.join(', ')})`,
  );
  const missing = Object.keys(converted.missing).map((currency) => amountText(converted.missing, currency));
  return [
    `in ${exchange.currency}: ${rates.length === 0 ? `no rate was ${missing.length === 0 ? 'needed' : 'used'}` : `rates of ${rates.join('; ')}`}`,
    ...(missing.length === 0 ? [] : [`not converted: ${missing.join(', ')}, as no rate of the days is known`]),
  ];
}

const compareNotes = ({ compare, tz }: ReportBody['query']): string[] =>
  compare === null ? [] : [`compared with: ${periodText({ ...compare, tz })}`];

function perNotes({ query: { per, by }, totals }: ReportBody): string[] {
  if (per === null) return [];
  const missing = totals.per?.missingDays ?? 0;
  const other = by.filter((dimension) => !isKnownBy(dimension));
  return [
    ...(other.length === 0 ? [] : [`${per}: known by unit and day, not by ${other.join(', ')}`]),
    ...(missing === 0 ? [] : [`${per}: not known of ${counted(BigInt(missing), 'day')} with usage`]),
  ];
}

const filterNotes = ({ units, models, filters }: ReportBody['query']): string[] => [
  ...filters.map((filter) => `only where: ${conditionText(filter)}`),
  ...(units === null ? [] : [`only units: ${units.join(', ')}`]),
  ...(models === null ? [] : [`only models: ${models.join(', ')}`]),
];

function recordingNotes({ recordings, foreignBuckets, tz }: ReportBody['query']): string[] {
  const buckets = `${counted(foreignBuckets, 'daily bucket')}: the days are those of their issuer and begin at another time than those of ${tz}`;
  return [
    ...recordings.filter(({ used }) => used !== 'none').map(readNote),
    ...recordings.flatMap(leftOutNotes),
    ...(foreignBuckets > 0n ? [buckets] : []),
  ];
}

const READ_FOR: Readonly<Record<RecordingUse['used'], string>> = {
  both: 'tokens and cost',
  tokens: 'tokens',
  money: 'cost',
  none: 'nothing',
};

const readNote = (use: RecordingUse): string => `read for ${READ_FOR[use.used]}: ${recordingName(use)}`;

/** What was not read of a recording, by why. One left out for only one of tokens and cost is told by what it is read for. */
function leftOutNotes(use: RecordingUse): string[] {
  const { days, buckets, twins, ...all } = use.leftOut;
  const name = recordingName(use);
  const when = days < use.days ? ` on ${days} of its ${use.days} days` : '';
  const notes: string[] = [];
  if (days > 0)
    notes.push(
      `left out: ${name}${when} (${partText(without(all, [buckets, twins]))}), another view of the same tokens`,
    );
  if (buckets.days > 0)
    notes.push(
      `left out: buckets of ${name} on ${counted(BigInt(buckets.days), 'day')} (${partText(buckets)}), of which finer records are read`,
    );
  if (twins.events > 0n)
    notes.push(
      `left out: ${counted(twins.events, 'request')} of ${name} (${partText(twins)}), read from another source that recorded them, too`,
    );
  return notes;
}

type Part = Pick<RecordingUse, 'tokens' | 'cost'>;

const partText = ({ tokens, cost }: Part): string =>
  [counted(tokens, 'token'), ...Object.keys(cost).map((currency) => amountText(cost, currency))].join(', ');

/** A part without parts of it; currencies of which nothing is left are gone. */
function without(all: Part, parts: readonly Part[]): Part {
  const less = (currency: string) => parts.reduce((sum, { cost }) => sum + (picoOf(cost, currency) ?? 0n), 0n);
  const left = Object.keys(all.cost).map(
    (currency) => [currency, picoOf(all.cost, currency)! - less(currency)] as const,
  );
  return {
    tokens: parts.reduce((sum, { tokens }) => sum - tokens, all.tokens),
    cost: Object.fromEntries(left.flatMap(([currency, pico]) => (pico === 0n ? [] : [[currency, formatPico(pico)]]))),
  };
}

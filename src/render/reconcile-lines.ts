/** What stands above and below the causes, for people. */

import { CAUSES } from '../hub/reconcile/causes.js';
import { absolute, distanceOf } from '../hub/reconcile/token-sums.js';
import { counted, separated } from './counted.js';
import type { ReconcileBody } from './reconcile-body.js';

type Body = ReconcileBody;
type Pair = Body['pairs'][number];

export const linesAbove = ({ recordings, pairs }: Body): string[] => [
  ...recordings.map(recordingLine),
  ...pairs.map(pairLine),
];

export const linesBelow = (body: Body): string[] => [
  ...outsideLines(body),
  ...whyLines(body),
  unexplainedLine(body),
  ...verdictLines(body),
];

function recordingLine({
  role,
  source,
  name,
  events,
  tokens,
  cost,
  costKind,
  unpriced,
  rejected,
}: Body['recordings'][number]) {
  const money = Object.entries(cost).map(([code, amount]) => `, ${amount} ${code} ${costKind}`);
  const without = unpriced === 0 || money.length === 0 ? '' : `, ${separated(`${unpriced}`)} without a cost`;
  const bad = rejected === 0 ? '' : `, ${counted(BigInt(rejected), 'bad row')}`;
  const used = `${counted(BigInt(events), 'event')}, ${separated(`${tokens.input}`)} input, ${separated(`${tokens.output}`)} output`;
  return `${role}: ${name} (${source}): ${used}${money.join('')}${without}${bad}`;
}

function pairLine(pair: Pair): string {
  const { between, dimensions, matched, unmatched, difference, percent } = pair;
  const tokens = `${separated(`${difference.input}`)} input, ${separated(`${difference.output}`)} output`;
  const money = moneyTexts(difference.cost, percent.difference.cost);
  const apart = [`${tokens}${inPercent(percent.difference.tokens, ' of tokens')}`, ...money].join(', ');
  const open = openTexts(pair);
  const rest = open.length === 0 ? '' : `; unexplained ${open.join(', ')}`;
  return `${between.join(' to ')}, by ${dimensions.join(', ')}: ${separated(`${matched}`)} matched, ${separated(`${unmatched}`)} not; difference ${apart}${rest}`;
}

/** What of a comparison is unexplained, counted up without regard to signs. */
function openTexts({ unexplained: { gross, grossCost }, percent: { unexplained } }: Pair): string[] {
  const tokens = gross === 0n ? [] : [`${counted(gross, 'token')}${inPercent(unexplained.tokens)}`];
  return [...tokens, ...moneyTexts(grossCost, unexplained.cost)];
}

const moneyTexts = (cost: Body['difference']['cost'], percent: Pair['percent']['difference']['cost']): string[] =>
  Object.entries(cost)
    .filter(([, amount]) => amount !== '0')
    .map(([code, amount]) => `${amount} ${code}${inPercent(percent[code] ?? null)}`);

const inPercent = (percent: string | null, of = ''): string => (percent === null ? '' : ` (${percent}%${of})`);

const outsideLines = ({ recordings }: Body): string[] =>
  recordings.flatMap(({ role, incomparable, outside }) => [
    ...(incomparable === 0
      ? []
      : [`not compared: ${counted(BigInt(incomparable), 'event')} of ${role} with neither tokens nor a cost`]),
    ...(['before', 'after'] as const).flatMap((place) => {
      const { events, tokens } = outside[place];
      if (events === 0) return [];
      return [
        `not compared: ${counted(BigInt(events), 'event')} of ${role}, ${counted(tokens, 'token')}, ${place} the time that all cover`,
      ];
    }),
  ]);

const whyLines = ({ causes }: Body): string[] =>
  [...new Set(causes.map(({ cause }) => cause))].map((cause) => `${cause}: ${CAUSES[cause]}`);

function unexplainedLine({ unexplained: { tokens, gross, difference, cost, grossCost } }: Body): string {
  const money = Object.entries(grossCost)
    .filter(([, amount]) => amount !== '0')
    .map(([code, amount]) => netAndGross(cost[code]!, amount, ` ${code}`));
  const net = gross === 0n ? [] : [netAndGross(separated(`${tokens}`), separated(`${gross}`), ' tokens')];
  const cached = absolute(difference.cacheRead) + absolute(difference.cacheWrite);
  const told = gross === 0n && cached !== 0n ? [`${counted(cached, 'token')} that one alone tells as cached`] : [];
  const open = [...net, ...told, ...money];
  return open.length === 0 ? 'nothing is left unexplained' : `unexplained: ${open.join('; ')}`;
}

/** @example netAndGross('-2', '6', ' CNY') // '-2 CNY net, 6 counted up' */
const netAndGross = (net: string, gross: string, of: string): string =>
  net === gross ? `${net}${of}` : `${net}${of} net, ${gross} counted up`;

function verdictLines({ query: { threshold, thresholdOn }, pairs, passed }: Body): string[] {
  if (threshold === null) return ['no threshold was given: --threshold 5%'];
  const unjudged = threshold.endsWith('%') ? pairs.filter(({ difference }) => isEmpty(difference.cost)) : [];
  const notes = unjudged.map((pair) => `${betweenText(pair)}: cost is not judged: no currency in common`);
  if (passed) return [...notes, passedLine(pairs, threshold, thresholdOn)];
  return [...notes, ...pairs.flatMap((pair) => pairVerdicts(pair, threshold, thresholdOn))];
}

const isEmpty = (cost: Body['difference']['cost']): boolean => Object.keys(cost).length === 0;

const betweenText = ({ between }: Pair): string => between.join(' to ');

function pairVerdicts(pair: Pair, threshold: string, on: Body['query']['thresholdOn']): string[] {
  const failed = pair.over.map(
    (name) => `failed: ${betweenText(pair)}: ${overText(pair, name, on)} is over ${threshold}`,
  );
  const unknown = pair.unknown.map(
    (name) =>
      `unknown: ${betweenText(pair)}: ${overText(pair, name, on)} is within ${threshold}, but usage without a cost is not in it; set prices in the config`,
  );
  return [...failed, ...unknown];
}

function passedLine(pairs: readonly Pair[], threshold: string, on: Body['query']['thresholdOn']): string {
  const judged = [...new Set(pairs.flatMap((pair) => pair.judged))].join(' and of ');
  return `passed: ${on === 'difference' ? 'the difference' : 'what is unexplained'} of ${judged} is within ${threshold}`;
}

/** `the difference of 4.2 CNY (7.40%)`. */
function overText({ difference, percent, unexplained }: Pair, name: string, on: Body['query']['thresholdOn']): string {
  const isTokens = name === 'tokens';
  const share = isTokens ? percent[on].tokens : (percent[on].cost[name] ?? null);
  if (on === 'unexplained') {
    const amount = isTokens ? counted(unexplained.gross, 'token') : `${unexplained.grossCost[name]} ${name}`;
    return `what is unexplained, ${amount}${inPercent(share)},`;
  }
  const amount = isTokens ? counted(distanceOf(difference), 'token') : `${difference.cost[name]} ${name}`;
  return `the difference of ${amount}${inPercent(share)}`;
}

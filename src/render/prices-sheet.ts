/** What the lists say of one model, as a sheet: a row per list and tier, the price that is used first or marked. */

import { MODES, type Price, type Rates } from '../pricing/price.js';
import { RATE_NAMES } from '../pricing/price-differences.js';
import type { Offer } from '../pricing/price-finding.js';
import { RATE_KEYS } from '../pricing/rate-keys.js';
import { instantText, type PricesAnswer, type PricesQuery } from './prices-body.js';
import { type Column, column, type Sheet, type SheetCell } from './sheet.js';

export function pricesSheet({ query, finding }: PricesAnswer): Sheet {
  const { answer, offers, elsewhere, notes } = finding;
  return {
    title: `Prices of ${query.model}`,
    columns: columnsOf(offers),
    rows: offers.flatMap((offer) => offer.price.tiers.map((tier) => cellsOf(offer, tier))),
    totals: null,
    above: [askedLine(query), ...(answer.known ? [] : [answer.reason])],
    below: [
      ...offers.flatMap(offerLines),
      modesLine(finding),
      ...elsewhere.map((price) => `also of ${price.provider}: ${ratesText(price)} (${price.source} ${price.asOf})`),
      ...notes,
    ],
  };
}

const TITLES: Readonly<Record<keyof Rates, string>> = {
  input: 'input',
  cacheRead: 'cached',
  cacheReadExplicit: 'cached explicitly',
  cacheWrite5m: 'cache write 5m',
  cacheWrite1h: 'cache write 1h',
  output: 'output',
  outputThinking: 'thinking',
  inputAudio: 'audio in',
  outputAudio: 'audio out',
};

/** Rates that no list states are left to the exports. */
function columnsOf(offers: readonly Offer[]): Column[] {
  const tiers = offers.flatMap(({ price }) => price.tiers);
  const isStated = (name: keyof Rates) => tiers.some(({ rates }) => rates[name] !== null);
  return [
    column('source', 'list', 'text'),
    column('as_of', 'as of', 'text', 'wide'),
    column('used', 'used', 'text'),
    column('provider', 'provider', 'text', 'export'),
    column('model', 'model', 'text', 'export'),
    column('mode', 'mode', 'text', 'export'),
    column('region', 'region', 'text', 'export'),
    column('currency', 'currency', 'text'),
    column('up_to', 'input to', 'count', tiers.some(({ upTo }) => upTo !== null) ? 'always' : 'export'),
    ...RATE_NAMES.map((name) => column(RATE_KEYS[name], TITLES[name], 'decimal', isStated(name) ? 'always' : 'export')),
    ...['from', 'to', 'hours', 'differs', 'reference', 'note'].map((key) => column(key, key, 'text', 'export')),
  ];
}

const cellsOf = ({ price, used, differs }: Offer, { upTo, rates }: Price['tiers'][number]): SheetCell[] => [
  ...[price.source, price.asOf, used ? 'yes' : 'no', price.provider, price.model, price.mode, price.region],
  ...[price.currency, upTo],
  ...RATE_NAMES.map((name) => rates[name]),
  ...[instantText(price.valid.from), instantText(price.valid.to), price.valid.hours],
  ...[differs.join(' ') || null, price.reference, price.note],
];

function askedLine({ provider, mode, at, account, key }: PricesQuery): string {
  const parts = [
    `of ${provider}, mode ${mode}`,
    at === null ? 'now' : `at ${instantText(at)}`,
    ...(account === null ? [] : [`account ${account}`]),
    ...(key === null ? [] : [`key ${key}`]),
  ];
  return `${parts.join(', ')}; per million tokens`;
}

/** What a list says beside its rates. */
function offerLines({ price, used, differs }: Offer): string[] {
  const { source, asOf, model, region, valid, reference, note } = price;
  const facts = [
    `model ${model}`,
    ...(region === null ? [] : [`region ${region}`]),
    ...(valid.from === null ? [] : [`from ${instantText(valid.from)}`]),
    ...(valid.to === null ? [] : [`to ${instantText(valid.to)}`]),
    ...(valid.hours === null ? [] : [valid.hours]),
    ...(note === null ? [] : [note]),
    reference,
  ];
  const titles = differs.map((name) => TITLES[name as keyof Rates] ?? name);
  const differing = titles.length === 0 ? ': it says the same' : `: it differs in ${titles.join(', ')}`;
  return [`${source} ${asOf}: ${facts.join('; ')}`, ...(used ? [] : [`${source} is not used${differing}`])];
}

function modesLine({ modes }: PricesAnswer['finding']): string {
  const texts = MODES.map((mode) => {
    const answer = modes.find((each) => each.mode === mode)?.answer;
    return `${mode} ${answer?.known ? `priced (${answer.price.source})` : 'not priced'}`;
  });
  return `modes: ${texts.join(', ')}`;
}

/** The base tier in short. */
function ratesText({ currency, tiers }: Price): string {
  const { input, output } = tiers[0]?.rates ?? { input: null, output: null };
  return `${currency} ${input ?? '-'} input, ${output ?? '-'} output`;
}

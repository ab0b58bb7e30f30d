import { badOption } from '../../errors/command-line.js';
import { noListedModel } from '../../errors/money.js';
import { ExitCode } from '../../errors/tokenhub-error.js';
import type { Mode, PriceSource } from '../../pricing/price.js';
import { findPrices, onlyProviderOf } from '../../pricing/price-finding.js';
import { type PricesQuery, priceListsBody, pricesBody } from '../../render/prices-body.js';
import { priceListsSheet } from '../../render/prices-lists-sheet.js';
import { pricesSheet } from '../../render/prices-sheet.js';
import { instantOf } from '../../report/period.js';
import { accountLinks } from '../../usage/account-links.js';
import { providerOf } from '../../usage/providers.js';
import type { Io } from '../io.js';
import type { ConfigOptions, OutputOptions } from '../options.js';
import { outputTargets, present } from '../output.js';
import { say } from '../say.js';
import { envelope } from './envelope.js';
import { openPriceBook } from './open-price-book.js';
import { loadSettings, type Settings } from './settings.js';

export interface PricesOptions extends OutputOptions, ConfigOptions {
  readonly provider?: string;
  readonly mode?: Mode;
  readonly at?: string;
  readonly region?: 'cn' | 'intl';
  readonly account?: string;
  readonly key?: string;
}

/** The prices of a model, or the lists there are. `model` absent: the lists. */
export async function pricesFlow(io: Io, model: string | undefined, options: PricesOptions): Promise<ExitCode> {
  outputTargets(io, options);
  const settings = await loadSettings(io, options);
  return model === undefined
    ? showLists(io, options, settings)
    : showPrices(io, queryOf(io, model, options, settings), options, settings);
}

async function showLists(io: Io, options: PricesOptions, { config }: Settings): Promise<ExitCode> {
  for (const name of ['provider', 'mode', 'at', 'account', 'key'] as const) {
    const value = options[name];
    if (value === undefined) continue;
    throw badOption(
      `--${name}`,
      value,
      'asks about a model, and none is named',
      `name one: tokenhub prices gpt-4o --${name} ${value}`,
    );
  }
  const book = await openPriceBook({ ...config, alibaba: { region: options.region ?? config.alibaba.region } });
  const answer = { lists: await book.lists(), contracts: config.contracts };
  await present(io, options, {
    body: () => envelope('price-lists', priceListsBody(answer)),
    rows: () => priceListsBody(answer).lists,
    sheet: () => priceListsSheet(answer),
  });
  return ExitCode.ok;
}

function queryOf(io: Io, model: string, options: PricesOptions, { config, timeZone }: Settings): PricesQuery {
  const {
    provider = null,
    mode = 'standard',
    at,
    region = config.alibaba.region,
    account: name = null,
    key = null,
  } = options;
  const account = name === null ? null : accountLinks(config.accounts)(name);
  if (account !== name) say(io, `account ${name} is linked to ${account} by the config`);
  return {
    ...{ model, provider: providerOf(model, provider), mode, region, account, key },
    at: at === undefined ? null : instantOf({ flag: '--at', text: at, plusDays: 0, timeZone }),
  };
}

/** @throws UNKNOWN_MODEL when no list names the model, whatever the provider, date and mode */
async function showPrices(io: Io, asked: PricesQuery, options: PricesOptions, { config }: Settings): Promise<ExitCode> {
  const book = await openPriceBook({ ...config, alibaba: { region: asked.region } });
  const lists = await book.lists();
  const query = asked.provider === 'unknown' ? withOnlyProvider(asked, lists) : asked;
  const finding = findPrices(book, lists, { ...query, at: query.at ?? io.now() });
  if (!finding.isListed) throw noListedModel(query.model, finding.nearest);
  const notes = query === asked ? finding.notes : [onlyProviderNote(query.provider), ...finding.notes];
  const answer = { query, finding: { ...finding, notes } };
  await present(io, options, {
    body: () => envelope('prices', pricesBody(answer)),
    rows: () => pricesBody(answer).prices,
    sheet: () => pricesSheet(answer),
  });
  return finding.answer.known ? ExitCode.ok : ExitCode.noHonestAnswer;
}

/** The name tells no provider: the one that a list has it of, where that is one alone. */
function withOnlyProvider(query: PricesQuery, lists: readonly PriceSource[]): PricesQuery {
  const provider = onlyProviderOf(query.model, lists);
  return provider === null ? query : { ...query, provider };
}

const onlyProviderNote = (provider: string): string =>
  `the name tells no provider; only ${provider} is listed with it, and usage must name ${provider} to be priced so`;

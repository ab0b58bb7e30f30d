/** The price lists there are, as a sheet, in the order they are asked. */

import { formatDecimal } from '../pricing/decimal.js';
import { instantText, listFacts, type PriceLists } from './prices-body.js';
import { type Column, column, type Sheet } from './sheet.js';

export const priceListsSheet = ({ lists, contracts }: PriceLists): Sheet => ({
  title: 'Price lists, in the order they are asked',
  columns: COLUMNS,
  rows: lists.map(listFacts).map(({ list, asOf, models, providers }) => [list, asOf, models, providers.join(' ')]),
  totals: null,
  above: [],
  below: [
    ...contracts.map(contractLine),
    ...(contracts.length === 0
      ? []
      : ['contracts go before every list: of a key, then of an account, then of a provider']),
  ],
});

const COLUMNS: readonly Column[] = [
  column('list', 'list', 'text'),
  column('as_of', 'as of', 'text'),
  column('models', 'models', 'count'),
  column('providers', 'providers', 'text', 'wide'),
];

/** `contract acme: account acme; models qwen*; 15% off; 1 price file; from 2026-01-01T00:00:00.000Z`. */
function contractLine({
  name,
  key,
  account,
  provider,
  models,
  discount,
  prices,
  from,
  to,
}: PriceLists['contracts'][number]): string {
  const facts = [
    ...Object.entries({ key, account, provider }).flatMap(([field, value]) =>
      value === null ? [] : [`${field} ${value}`],
    ),
    ...(models.length === 0 ? [] : [`models ${models.join(' ')}`]),
    ...(discount === null ? [] : [`${formatDecimal({ units: discount.units * 100n, scale: discount.scale })}% off`]),
    ...(prices.length === 0 ? [] : ['prices of its own']),
    ...(from === null ? [] : [`from ${instantText(from)}`]),
    ...(to === null ? [] : [`to ${instantText(to)}`]),
  ];
  return `contract ${name}: ${facts.join('; ')}`;
}

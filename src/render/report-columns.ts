/** The columns of a report: what each shows of a row's figures. */

import type { CostTexts } from '../report/figures.js';
import type { ReportBody, RowFigures } from '../report/report-body.js';
import { COST_KINDS } from '../report/side-by-side.js';
import { allocationColumns } from './report-allocation-columns.js';
import { count, decimal, type FigureColumn, money, price, share, shownIf } from './report-column.js';
import { comparedConverted, comparedCost, comparedCount } from './report-compare-columns.js';

/**
 * Narrow tables lose `wide` columns from the right, so the more telling stand further left.
 *
 * @param spark  the chart of each row; `null`: none
 */
export function figureColumns(body: ReportBody, spark: FigureColumn | null): FigureColumn[] {
  const { totals, unsplit } = body;
  const currencies = Object.keys(totals.cost);
  const isBeside = totals.costs !== undefined && totals.previous === undefined;
  return [
    count('requests', 'requests', 'always', ({ requests }) => requests),
    ...comparedCount(body, 'requests', ({ previous, delta }) => [previous.requests, delta.requests]),
    count('input', 'input', 'wide', ({ tokens }) => tokens.input),
    count('cache_read', 'cached input', 'wide', ({ tokens }) => tokens.cacheRead),
    count('cache_write', 'cache write', shownIf(totals.tokens.cacheWrite), ({ tokens }) => tokens.cacheWrite),
    count('output', 'output', 'wide', ({ tokens }) => tokens.output),
    count('reasoning', 'of it reasoning', shownIf(totals.tokens.reasoning), ({ tokens }) => tokens.reasoning),
    count('total', 'total tokens', 'always', ({ tokens }) => tokens.total),
    ...comparedCount(body, 'total', ({ previous, delta }) => [previous.tokens.total, delta.tokens]),
    ...(spark === null ? [] : [spark]),
    ...Object.keys(totals.quantities).map(quantity),
    ...currencies.flatMap((currency) => [
      money(
        `cost_${currency}`,
        costTitle(body, currency),
        currency,
        ({ cost }) => cost,
        isBeside ? 'export' : 'always',
      ),
      ...comparedCost(body, currency),
    ]),
    ...allocationColumns(body),
    ...costColumns(body),
    ...convertedColumns(body),
    count(
      'unpriced_events',
      'unpriced events',
      shownIf(totals.unpriced.events + unsplit.events),
      ({ unpriced }) => unpriced.events,
    ),
    count('unpriced_tokens', 'unpriced tokens', 'export', ({ unpriced }) => unpriced.tokens),
    ...coveredColumns(body),
    ...chargeColumns(body),
    ...perColumns(body),
    ...latencyColumns(body),
    share('cached_share', 'cached', ({ metrics }) => metrics.cachedShare),
    ...unitPrices(currencies),
  ];
}

const costTitle = ({ allocation }: ReportBody, currency: string): string =>
  allocation === undefined ? currency : `${currency} own`;

/** A quantity that is a part of the tokens (`image_input_tokens`) is told in exports; what is used beside tokens, always. */
const quantity = (name: string): FigureColumn =>
  decimal(`quantity_${name}`, name, name.endsWith('_tokens') ? 'export' : 'wide', ({ quantities }) =>
    Object.hasOwn(quantities, name) ? quantities[name]! : null,
  );

/** Each currency's three costs and the difference of the first two; what no line has is left to the exports. */
function costColumns({ rows, totals }: ReportBody): FigureColumn[] {
  if (totals.costs === undefined) return [];
  const currencies = [...new Set(COST_KINDS.flatMap((kind) => Object.keys(totals.costs![kind])))].sort();
  return currencies.flatMap((currency) =>
    ([...COST_KINDS, 'difference'] as const).map((kind) => {
      const costOf = ({ costs }: RowFigures) => costs?.[kind] ?? {};
      const isKnown = rows.some((row) => Object.hasOwn(costOf(row), currency));
      return money(`${kind}_${currency}`, `${currency} ${kind}`, currency, costOf, isKnown ? 'always' : 'export');
    }),
  );
}

/** Columns there are only where the total has something in them. */
function convertedColumns(body: ReportBody): FigureColumn[] {
  const { converted } = body.totals;
  if (converted === undefined) return [];
  const { currency, missing } = converted;
  return [
    money(`converted_${currency}`, `in ${currency}`, currency, (row) => inCurrency(row, currency)),
    ...comparedConverted(body, currency),
    ...Object.keys(missing).map((from) =>
      money(`not_converted_${from}`, `${from} not converted`, from, (row) => row.converted?.missing ?? {}, 'wide'),
    ),
  ];
}

const inCurrency = ({ converted }: RowFigures, currency: string): CostTexts =>
  converted?.amount === undefined || converted.amount === null ? {} : { [currency]: converted.amount };

const coveredColumns = ({ totals: { covered } }: ReportBody): FigureColumn[] =>
  covered.events === 0n
    ? []
    : [
        count('covered_events', 'covered events', 'wide', (row) => row.covered.events),
        count('covered_tokens', 'covered tokens', 'export', (row) => row.covered.tokens),
      ];

const chargeColumns = ({ totals: { charges } }: ReportBody): FigureColumn[] =>
  Object.entries(charges).flatMap(([charge, amounts]) =>
    Object.keys(amounts).map((currency) =>
      money(
        `charge_${charge}_${currency}`,
        `${charge} ${currency}`,
        currency,
        (row) => row.charges[charge] ?? {},
        'export',
      ),
    ),
  );

function perColumns({ query: { per }, totals }: ReportBody): FigureColumn[] {
  if (per === null) return [];
  return [
    decimal(`metric_${per}`, per, 'wide', (row) => row.per?.count ?? null),
    ...Object.keys(totals.cost).map((currency) =>
      price(
        `cost_per_${per}_${currency}`,
        `${currency} per ${per}`,
        currency,
        'always',
        (row) => row.per?.cost ?? null,
      ),
    ),
  ];
}

function latencyColumns({ totals: { latency } }: ReportBody): FigureColumn[] {
  if (latency === undefined) return [];
  return [
    count('latency_count', 'calls timed', 'export', (row) => row.latency?.count ?? null),
    ...(['p50', 'p95', 'p99'] as const).map((name) =>
      decimal(`latency_${name}_ms`, `${name} ms`, 'always', (row) => row.latency?.[name]?.toString() ?? null),
    ),
  ];
}

/** With several currencies each is a part of what a call costs, which is of little use in a table. */
const unitPrices = (currencies: readonly string[]): FigureColumn[] =>
  currencies.flatMap((currency) => {
    const show = currencies.length === 1 ? 'wide' : 'export';
    return [
      price(
        `cost_per_million_tokens_${currency}`,
        `${currency}/1M tokens`,
        currency,
        show,
        ({ metrics }) => metrics.costPerMillionTokens,
      ),
      price(
        `cost_per_request_${currency}`,
        `${currency}/request`,
        currency,
        show,
        ({ metrics }) => metrics.costPerRequest,
      ),
    ];
  });

/** A statement as the JSON body of the contract. */

import type { AmountLine } from '../hub/statement/amount-line.js';
import type { MeterTokens } from '../hub/statement/meter-line.js';
import { type MeterReading, totalTokens } from '../hub/statement/meter-reading.js';
import { costOf, type RecordingTold } from '../hub/statement/recordings-told.js';
import type { PeriodFigures, Statement } from '../hub/statement/statement.js';
import type {
  Amounts,
  StatementTold,
  ToldExchange,
  ToldFigures,
  ToldLine,
  ToldReading,
  ToldTokens,
} from '../hub/statement/statement-told.js';
import { formatDecimal } from '../pricing/decimal.js';
import { formatPico } from '../pricing/money.js';
import { changeOf } from '../report/compare.js';
import { whyCommand } from './why-command.js';

/** What a statement is of, and what is known beside the meter lines. */
export interface StatementBeside
  extends Pick<StatementTold, 'unit' | 'query' | 'closing' | 'corrections' | 'sharedWarnings'>,
    Pick<StatementTold, 'straddling' | 'context' | 'hashes'> {
  /** Zone of the config: references name no other one. */
  readonly homeZone: string;
  /** Usage without a cost that is owed for, and of it what bills do not split by unit. */
  readonly unpriced: Pick<StatementTold['unpriced'], 'events' | 'tokens' | 'unsplit'>;
  readonly converted: ToldExchange | null;
  /** Whether usage of the period before is without a cost. */
  readonly isBeforeUnpriced: boolean;
}

export function statementBody(statement: Statement, beside: StatementBeside): StatementTold {
  const { unit, query, straddling, context, hashes, unpriced, closing, sharedWarnings, corrections } = beside;
  const whyOf = (model: string | null) => whyCommand({ ...query, unit: unit.id, model, homeZone: beside.homeZone });
  const isAtLeast = unpriced.events > 0n;
  return {
    unit,
    query,
    closing,
    readings: statement.readings.map((reading) => readingBody(reading, whyOf)),
    lines: statement.lines.map((line) => lineBody(line, whyOf)),
    total: { cost: amounts(statement.total), isAtLeast, converted: convertedBody(statement, beside.converted) },
    ...{ sharedWarnings, corrections },
    figures: figuresBody(statement.now),
    before: figuresBody(statement.before),
    change: changeBody(statement, { now: isAtLeast, before: beside.isBeforeUnpriced }),
    covered: statement.covered,
    unpriced: { ...unpriced, reasons: statement.unpriced },
    recordings: statement.recordings.map(recordingBody),
    straddling,
    context,
    hashes,
  };
}

type WhyOf = (model: string | null) => string;

const readingBody = ({ model, provider, requests, tokens, quantities }: MeterReading, whyOf: WhyOf): ToldReading => ({
  ...{ model, provider, requests, tokens: tokensBody(tokens) },
  quantities: Object.fromEntries(Object.entries(quantities).map(([name, value]) => [name, millionthsText(value)])),
  why: whyOf(model),
});

const tokensBody = ({ input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning }: MeterTokens): ToldTokens => {
  const tokens = { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning };
  return { ...tokens, total: totalTokens(tokens) };
};

const millionthsText = (millionths: bigint): string => formatDecimal({ units: millionths, scale: 6 });

/** What is of no day has no rate of a day. */
function convertedBody({ lines }: Statement, converted: ToldExchange | null): StatementTold['total']['converted'] {
  if (converted === null) return null;
  const undated = lines.filter(({ section }) => section === 'allocation' || section === 'correction');
  const cost = costOf(undated.map(({ currency, pico }) => ({ cost: { kind: 'computed', currency, pico } })));
  return { ...converted, undated: amounts(cost) };
}

/** A correction is of another period, whose figure is not what it corrects any more. */
const lineBody = ({ tokenClass, amount, pico, ...line }: AmountLine, whyOf: WhyOf): ToldLine => ({
  ...{ section: line.section, item: line.item, model: line.model, provider: line.provider, mode: line.mode },
  ...{ class: tokenClass, tokens: countOf(amount), rates: line.rates, price: line.price },
  ...{ recording: line.recording, charge: line.charge, note: line.note },
  ...{ currency: line.currency, amount: formatPico(pico) },
  why: line.section === 'correction' ? null : whyOf(line.model),
});

/** Decimal text where it is no whole number. */
function countOf(millionths: bigint | null): bigint | string | null {
  if (millionths === null) return null;
  return millionths % 1_000_000n === 0n ? millionths / 1_000_000n : millionthsText(millionths);
}

const figuresBody = ({ requests, tokens, cost }: PeriodFigures): ToldFigures => ({
  ...{ requests, tokens: tokensBody(tokens), cost: amounts(cost) },
});

const amounts = (picos: Readonly<Record<string, bigint>>): Amounts =>
  Object.fromEntries(Object.entries(picos).map(([currency, pico]) => [currency, formatPico(pico)]));

/** Nothing in a currency is 0, unless there is usage without a price, which may have cost something in it. */
function changeBody(
  { now, before }: Statement,
  isUnpriced: { readonly now: boolean; readonly before: boolean },
): StatementTold['change'] {
  const currencies = [...new Set([...Object.keys(now.cost), ...Object.keys(before.cost)])].sort();
  const costIn = ({ cost }: PeriodFigures, currency: string, hasUnpriced: boolean): bigint | null =>
    cost[currency] ?? (hasUnpriced ? null : 0n);
  return {
    requests: changeOf(now.requests, before.requests),
    tokens: changeOf(totalTokens(now.tokens) ?? 0n, totalTokens(before.tokens) ?? 0n),
    cost: Object.fromEntries(
      currencies.map((currency) => {
        const [cost, was] = [costIn(now, currency, isUnpriced.now), costIn(before, currency, isUnpriced.before)];
        const { change, percent } = changeOf(cost, was);
        return [currency, { change: change === null ? null : formatPico(change), percent }];
      }),
    ),
  };
}

const recordingBody = ({
  tokensRead,
  costRead,
  tokens,
  cost,
  used,
  ...recording
}: RecordingTold): StatementTold['recordings'][number] => ({
  ...{ role: recording.role, source: recording.source, account: recording.account, used },
  ...{ tokens, cost: amounts(cost) },
  leftOut: { tokens: tokens - tokensRead, cost: amounts(less(cost, costRead)) },
});

/** Currencies of which nothing is left are gone. */
const less = (all: Readonly<Record<string, bigint>>, part: Readonly<Record<string, bigint>>): Record<string, bigint> =>
  Object.fromEntries(
    Object.entries(all).flatMap(([currency, pico]) => {
      const left = pico - (part[currency] ?? 0n);
      return left === 0n ? [] : [[currency, left]];
    }),
  );

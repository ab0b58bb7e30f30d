import type { CallRecord, Side } from '../hub/reconcile/call-record.js';
import { CAUSE_NAMES, type Cause } from '../hub/reconcile/causes.js';
import type { Finding } from '../hub/reconcile/finding.js';
import type { GridName } from '../hub/reconcile/grid.js';
import type { Outside } from '../hub/reconcile/late-bill.js';
import { type Measures, percentOf } from '../hub/reconcile/measures.js';
import { addCosts, addMoney, type MoneySums, NO_MONEY } from '../hub/reconcile/money-sums.js';
import type { Owner } from '../hub/reconcile/owner.js';
import type { Pair } from '../hub/reconcile/pair.js';
import type { Judged, JudgedOn } from '../hub/reconcile/threshold.js';
import { absolute, distanceOf, NO_SUMS, plus, sumOfAll, type TokenSums, totalOf } from '../hub/reconcile/token-sums.js';
import { formatPico } from '../pricing/money.js';

/** Money by currency, exact decimal text. */
type Money = Readonly<Record<string, string>>;

/** `input` is all input; `cacheRead` and `cacheWrite` are parts of it. */
type Difference = TokenSums & { readonly cost: Money };

interface UnexplainedBody {
  /** Net: input and output together. */
  readonly tokens: bigint;
  /** Without regard to signs, item by item: what is too much here does not hide what is too little there. */
  readonly gross: bigint;
  readonly difference: TokenSums;
  readonly cost: Money;
  readonly grossCost: Money;
  readonly evidence: readonly string[];
}

/** Percent of the larger side, decimal text of two decimals or `<0.01`; `null`: neither has any. */
interface Percent {
  readonly tokens: string | null;
  readonly cost: Readonly<Record<string, string | null>>;
}

interface CauseBody {
  readonly cause: Cause;
  /** The two recordings it stands between. */
  readonly between: readonly [Side, Side];
  readonly requests: number;
  readonly tokens: bigint;
  readonly difference: Difference;
  /** Request ids, or names of buckets. */
  readonly evidence: readonly string[];
}

interface PairBody {
  readonly between: readonly [Side, Side];
  readonly by: 'request' | GridName;
  readonly dimensions: readonly string[];
  readonly matched: number;
  readonly unmatched: number;
  readonly difference: Difference;
  readonly percent: { readonly difference: Percent; readonly unexplained: Percent };
  readonly unexplained: UnexplainedBody;
  /** `tokens`, and codes of currencies; nothing without a threshold. */
  readonly judged: readonly string[];
  /** Which of it is over the threshold. */
  readonly over: readonly string[];
  /** Currencies within the threshold by the costs there are, while usage compared has none: neither passed nor over. */
  readonly unknown: readonly string[];
  readonly passed: boolean;
}

/** What a file or a part of the ledger was read as. */
export interface ReadAs {
  readonly side: Side;
  readonly role: string;
  readonly source: string;
  /** As typed. */
  readonly name: string;
  /** Of a bill its own money, whichever flag it came by. */
  readonly costKind: 'billed' | 'computed';
  /** Events with neither tokens nor a cost, as of grains: they are not among the others. */
  readonly incomparable: number;
  readonly rejected: number;
}

export interface ReconcileBody {
  readonly query: {
    readonly from: string | null;
    readonly to: string | null;
    readonly tz: string;
    readonly units: readonly (string | null)[] | null;
    readonly models: readonly string[] | null;
    readonly bucket: 'hour' | 'day' | null;
    readonly tokenizers: Readonly<Partial<Record<Side, string>>>;
    readonly threshold: string | null;
    readonly thresholdOn: JudgedOn;
  };
  readonly recordings: readonly (Omit<ReadAs, 'side'> & {
    readonly events: number;
    readonly tokens: TokenSums & { readonly total: bigint };
    readonly cost: Money;
    /** Events without a cost. */
    readonly unpriced: number;
    /** What lies outside of the time that all recordings cover. */
    readonly outside: Readonly<Record<'before' | 'after', { readonly events: number; readonly tokens: bigint }>>;
  })[];
  readonly matched: number;
  readonly unmatched: number;
  /** Last recording less first. */
  readonly difference: Difference;
  readonly causes: readonly CauseBody[];
  readonly unexplained: UnexplainedBody;
  readonly passed: boolean;
  readonly pairs: readonly PairBody[];
}

/** Everything that was found out. */
interface ReconcileFacts {
  readonly query: ReconcileBody['query'];
  readonly read: readonly ReadAs[];
  readonly compared: readonly { readonly side: Side; readonly records: readonly CallRecord[] }[];
  readonly outside: ReadonlyMap<Side, Outside>;
  readonly pairs: readonly { readonly pair: Pair; readonly judged: Judged }[];
}

export function reconcileBody({ query, read, compared, outside, pairs }: ReconcileFacts): ReconcileBody {
  return {
    query,
    recordings: compared.map(({ side, records }, i) => recordingBody(read[i]!, records, outside.get(side)!)),
    matched: pairs.reduce((sum, { pair }) => sum + pair.matched, 0),
    unmatched: pairs.reduce((sum, { pair }) => sum + pair.unmatched, 0),
    difference: {
      ...pairs.reduce((sum, { pair }) => plus(sum, pair.difference), NO_SUMS),
      cost: costOfEnds(compared[0]!.records, compared.at(-1)!.records),
    },
    causes: pairs.flatMap(({ pair }) => causesOf(pair)),
    unexplained: unexplainedOf(pairs.map(({ pair }) => pair)),
    passed: pairs.every(({ judged }) => isPassed(judged)),
    pairs: pairs.map(({ pair, judged }) => pairBody(pair, judged)),
  };
}

/** The difference of the first and the last recording in the currencies both have. */
function costOfEnds(first: readonly CallRecord[], last: readonly CallRecord[]): Money {
  const [before, after] = [addCosts(new Map(), first, 1n), addCosts(new Map(), last, 1n)];
  return moneyText(new Map([...addMoney(after, before, -1n)].filter(([code]) => before.has(code) && after.has(code))));
}

function recordingBody(
  { role, source, name, costKind, incomparable, rejected }: ReadAs,
  records: readonly CallRecord[],
  { before, after }: Outside,
): ReconcileBody['recordings'][number] {
  const tokens = sumOfAll(records);
  return {
    ...{ role, source, name },
    events: records.length,
    tokens: { ...tokens, total: totalOf(tokens) },
    cost: moneyText(addCosts(new Map(), records, 1n)),
    costKind,
    unpriced: records.filter(({ cost }) => cost === null).length,
    ...{ incomparable, rejected },
    outside: { before: usageOf(before), after: usageOf(after) },
  };
}

const usageOf = (records: readonly CallRecord[]) => ({ events: records.length, tokens: totalOf(sumOfAll(records)) });

function causesOf({ left, right, findings }: Pair): CauseBody[] {
  return CAUSE_NAMES.flatMap((cause) => {
    const found = findings.filter((finding) => finding.cause === cause);
    if (found.length === 0) return [];
    return [
      {
        cause,
        between: [left, right] as const,
        requests: found.reduce((sum, { requests }) => sum + requests, 0),
        tokens: found.reduce((sum, { tokens }) => sum + tokens, 0n),
        difference: differenceOf(found),
        evidence: [...new Set(found.flatMap(({ evidence }) => evidence))],
      },
    ];
  });
}

function differenceOf(findings: readonly Finding[]): Difference {
  const sum = findings.reduce((tokens, { difference }) => plus(tokens, difference), NO_SUMS);
  return { ...sum, cost: moneyText(moneyOf(findings)) };
}

const moneyOf = (findings: readonly Finding[]): MoneySums =>
  findings.reduce((sum, { cost }) => (cost.size === 0 ? sum : addMoney(sum, cost, 1n)), NO_MONEY);

const grossOf = (findings: readonly Finding[]): MoneySums =>
  findings.reduce(
    (sum, { cost }) => addMoney(sum, new Map([...cost].map(([code, pico]) => [code, absolute(pico)])), 1n),
    NO_MONEY,
  );

/** Money in every currency that was compared, also where nothing of it is unexplained. */
function unexplainedOf(pairs: readonly Pair[]): UnexplainedBody {
  const found = pairs.flatMap(({ findings }) => findings).filter(({ cause }) => cause === null);
  const { cost: _, ...difference } = differenceOf(found);
  const compared = new Map(pairs.flatMap(({ cost }) => [...cost.keys()].map((currency) => [currency, 0n] as const)));
  return {
    tokens: totalOf(difference),
    gross: found.reduce((sum, finding) => sum + distanceOf(finding.difference), 0n),
    difference,
    cost: moneyText(addMoney(compared, moneyOf(found), 1n)),
    grossCost: moneyText(addMoney(compared, grossOf(found), 1n)),
    evidence: [...new Set(found.flatMap(({ evidence }) => evidence))],
  };
}

const pairBody = (pair: Pair, { difference, unexplained, judged, over, unknown }: Judged): PairBody => ({
  between: [pair.left, pair.right],
  by: pair.by,
  dimensions: dimensionsOf(pair),
  matched: pair.matched,
  unmatched: pair.unmatched,
  difference: { ...pair.difference, cost: moneyText(pair.cost) },
  percent: { difference: percentBody(difference), unexplained: percentBody(unexplained) },
  unexplained: unexplainedOf([pair]),
  ...{ judged, over, unknown, passed: isPassed({ over, unknown }) },
});

const isPassed = ({ over, unknown }: Pick<Judged, 'over' | 'unknown'>): boolean =>
  over.length === 0 && unknown.length === 0;

const dimensionsOf = ({ by, owner }: { readonly by: Pair['by']; readonly owner: Owner | null }): string[] =>
  by === 'request' ? ['request'] : [by, ...(owner === null ? [] : [owner]), 'model', 'class'];

const percentBody = ({ tokens, cost }: Measures): Percent => ({
  tokens: percentOf(tokens),
  cost: Object.fromEntries([...cost].map(([currency, measure]) => [currency, percentOf(measure)])),
});

const moneyText = (sums: MoneySums): Money =>
  Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, pico]) => [code, formatPico(pico)]));

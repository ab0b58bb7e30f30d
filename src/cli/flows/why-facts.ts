/** What the ledger tells of a figure: the figure as a report has it, and the events behind it. */

import type { Config } from '../../files/config-type.js';
import { type AllocationPart, borderParts } from '../../hub/allocation/border-parts.js';
import { compileFirstMatch } from '../../hub/rules.js';
import { decidingRules, parseRules, type RuleBook } from '../../hub/rules-identity.js';
import type { KnownRule } from '../../hub/why/rule-uses.js';
import type { ReadTrace } from '../../hub/why/trace.js';
import type { ImportRecord, Ledger } from '../../ledger/ledger.js';
import type { AlsoIn, Selection, TracedEvent } from '../../ledger/trace-query.js';
import { breakdown } from '../../report/breakdown.js';
import { chooseRecordings } from '../../report/choose-recordings.js';
import { cellQueryOf } from '../../report/dimensions.js';
import type { ReportBody } from '../../report/report-body.js';
import type { View } from '../../report/view.js';
import { stageOf } from '../../usage/roles.js';
import { reportFacts } from './report-facts.js';
import { hasRules, rulesOf } from './settings.js';
import { sharedCostIn } from './shared-cost.js';
import type { WhyQuery } from './why-query.js';

export interface WhyFacts {
  /** The report of the same selection, without rows by dimensions. */
  readonly report: ReportBody;
  readonly parts: readonly ReadTrace[];
  readonly shared: readonly AlsoIn[];
  readonly rules: readonly KnownRule[];
  readonly imports: readonly ImportRecord[];
  readonly events: readonly TracedEvent[];
  /** What shared cost brought to the units and took from them, beside the figure. */
  readonly allocations: readonly AllocationPart[];
}

/** Asks all of one state of the ledger, when called in a snapshot. */
export async function whyFacts(
  ledger: Ledger,
  asked: WhyQuery,
  { config, rows }: { readonly config: Config; readonly rows: number },
): Promise<WhyFacts> {
  const { query, stage } = asked;
  const rules = hasRules(config) ? rulesOf(config).hash : null;
  const { accounts } = config;
  const facts = await reportFacts(ledger, { query, before: null, rules, accounts, days: 'each', byUnit: false });
  const isOfStage = ({ recording }: Pick<View, 'recording'>) => stage === null || stageOf(recording.role) === stage;
  const held = {
    ...facts,
    presence: facts.presence.filter(isOfStage),
    cells: facts.cells.filter(isOfStage),
    straddling: stage === null ? facts.straddling : [],
  };
  const { read } = chooseRecordings(held.presence, query.cost);
  const isRead = (view: View) => isOfStage(view) && (read(view).tokens || read(view).money);
  const selection: Selection = cellQueryOf(query);
  const book = await appliedBook(ledger);
  const match = { timeZone: book.timeZone, ruleOf: compileFirstMatch(book.rules) };
  const { parts, alsoIn } = await ledger.traces(selection, match);
  return {
    report: breakdown(held),
    parts: parts.filter(isOfStage).map((trace) => ({ trace, reading: read(trace) })),
    shared: alsoIn.filter(isRead),
    rules: placedRules(book, config),
    imports: await ledger.imports(),
    events: await ledger.largestEvents(selection, rows, isRead),
    allocations: await allocationsOf(ledger, config, asked),
  };
}

/** Whole units are what shared cost is split over: a model, a condition, a stage or a budget has no part in it. */
async function allocationsOf(
  ledger: Ledger,
  config: Config,
  { query: { units, models, filters, window, cost }, stage, budget }: WhyQuery,
): Promise<AllocationPart[]> {
  const isWhole = models === null && filters.length === 0 && stage === null && budget === null;
  if (units === null || !isWhole) return [];
  return borderParts((await sharedCostIn(ledger, config, window, cost)).splits, new Set(units));
}

/** The rules the units of the ledger follow from. */
async function appliedBook(ledger: Ledger): Promise<RuleBook> {
  const applied = await ledger.appliedRules();
  return applied === null ? { units: [], rules: [], timeZone: 'UTC' } : parseRules(applied.json);
}

/** Each applied rule with the place of the same rule in the config, which may have been changed since. */
function placedRules({ rules }: RuleBook, config: Config): KnownRule[] {
  const textOf = (rule: RuleBook['rules'][number]) => decidingRules([rule], '');
  const texts = config.rules.map(textOf);
  return rules.map((rule, index) => {
    const text = textOf(rule);
    const at = texts[index] === text ? index : texts.indexOf(text);
    return { rule, place: config.rulePlaces[at] ?? null };
  });
}

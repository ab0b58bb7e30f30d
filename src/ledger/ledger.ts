/**
 * The Ledger port: the store of priced usage events, keyed so that importing twice changes nothing.
 * `sqlite/` implements it; `test/ledger/contract.ts` is what every implementation must pass.
 */

import type { Closing, NewClosing } from '../hub/closing/closing.js';
import type { OriginQuery, OriginTotals, RulesQuery } from '../hub/origins.js';
import type { ComputedCost } from '../pricing/cost.js';
import type { Cell, IncompleteImport, LowestTier, Presence, PriceListUse } from '../report/cell.js';
import type { CoveredDay } from '../report/coverage-gaps.js';
import type { StoredField } from '../report/filter.js';
import type { CellQuery, CostChoice, Window } from '../report/query.js';
import type { StoredCost } from '../report/stored-cost.js';
import type { View } from '../report/view.js';
import type { Role, UsageEvent } from '../usage/event.js';
import type { Recording } from '../usage/recording.js';
import type { EntryBatch } from './entry-batch.js';
import type { MeterCell, MeterQuery } from './meter-cell.js';
import type { NewestUsage, RuleMatch, Selection, TracedEvent, Traces } from './trace-query.js';

/** A usage event as the ledger keeps it: keyed, assigned to a recording and a unit, priced, and traceable to a file. */
export interface Entry {
  readonly recording: Recording;
  /** `event.id`, or the importer's key for a record without one (such keys begin with `~`). */
  readonly id: string;
  readonly event: UsageEvent;
  /** Unit the rules assign; `null`: unassigned. */
  readonly unit: string | null;
  readonly computed: ComputedCost;
  /** Record number: the line of the file the record starts on. */
  readonly record: number;
}

/** What a cumulative meter had counted by an instant: an event with a `counter`, see there. */
export type Reading = Pick<Entry, 'recording' | 'event' | 'record'>;

/** What makes two imports the same: the bytes and everything that decides what they become. */
export interface ImportKey {
  readonly sha256: string;
  readonly source: string;
  readonly role: Role;
  /** Canonical JSON of the options that change the outcome (`account`, `mapping`, `timeZone`, `at`). */
  readonly options: string;
}

export interface ImportTally {
  readonly read: number;
  readonly added: number;
  readonly duplicate: number;
  readonly updated: number;
  readonly skipped: number;
  readonly rejected: number;
}

/** What became of entries. */
export interface AppendCounts extends Pick<ImportTally, 'added' | 'duplicate' | 'updated'> {
  /** Of those that met an entry of their id: how many look like another call (`looksLikeAnother` in `usage/merge.ts`). */
  readonly reusedIds: number;
  /** Of the buckets that joined one of an earlier import: how many have figures smaller than what it had. */
  readonly shrunk: number;
}

/** How the buckets of an import stand to what earlier imports say of them: the larger figures are kept, or its own. */
export type Standing = 'joins' | 'restates';

export interface PastImport extends ImportTally {
  readonly id: number;
  readonly path: string;
  /** As in its `ImportKey`. */
  readonly options: string;
}

/** Rejects kept of one import; the import keeps the count of all. */
export const REJECTS_KEPT = 10_000;

export interface Reject {
  /** The record's own time in ms since 1970-01-01T00:00Z; `null` when it cannot be read. */
  readonly at: number | null;
  readonly line: number;
  readonly field: string | null;
  readonly reason: string;
}

/** First and last time, both inclusive, in ms, of rejected records. */
export interface RejectSpan {
  readonly from: number;
  readonly to: number;
}

/** Rules as they were applied to the ledger's events. `json` is their canonical form, `hash` the SHA-256, in hex, of what decides in it. */
export interface AppliedRules {
  readonly hash: string;
  readonly json: string;
}

export interface RulesOutcome {
  /** How many events changed unit. */
  readonly changed: number;
  /** As `Ledger.origins` would have told of the query before. */
  readonly origins: OriginTotals[];
}

/** What an event costs and whose it is, decided again after two records of the same request were merged. */
export type AssessEvent = (
  event: UsageEvent,
  recording: Recording,
) => { readonly computed: ComputedCost; readonly unit: string | null };

/** Whose events are priced again; `null` instead of a list: all. Lines of a bill that are no usage never are. */
export interface PriceSelection {
  /** Requests by their instant; buckets that lie in it whole. */
  readonly window: Window;
  readonly models: readonly string[] | null;
  readonly providers: readonly string[] | null;
  readonly accounts: readonly string[] | null;
}

/** Whose events are told one by one: those of recordings of this role or source, by their time. */
export interface RecordedSelection {
  readonly window: Window;
  /** A role or a source. */
  readonly of: string;
}

/** An event as it was recorded, without agent and session; `computed` as the ledger keeps it. */
export type RecordedEvent = Pick<Entry, 'recording' | 'event' | 'unit' | 'computed'>;

/** The costs of some events, in their order. */
type PriceAgain = (batch: readonly StoredCost[]) => Promise<readonly ComputedCost[]>;

/** What taking an import back did: events gone, and events that are as they were before it. */
export interface UndoCounts {
  readonly removed: number;
  readonly restored: number;
}

/** Where in a file an import began to read: after what an earlier import had read of it. */
export interface ImportStart {
  /** Bytes before it. */
  readonly offset: number;
  /** Number of the line there. */
  readonly line: number;
}

/** One import as `imports` lists it. */
export interface ImportRecord extends PastImport {
  readonly start: ImportStart;
  /** Number of the line a later import of the same file, grown, may begin with; `null`: it must be read whole. */
  readonly endLine: number | null;
  readonly source: string;
  readonly role: Role;
  readonly sha256: string;
  readonly bytes: number;
  /** First and last instant, in ms, of what it brought; `null`: nothing. */
  readonly from: number | null;
  readonly to: number | null;
}

/** Buckets of two imports that are of the same times and differ in the dimensions they name, so that both are counted. */
export interface Regrouped {
  readonly recording: Recording;
  /** The other import. */
  readonly import: number;
  readonly path: string;
  /** Dimensions that the buckets of each name (`model`, `key`), in a fixed order. */
  readonly dimensions: readonly string[];
  readonly otherDimensions: readonly string[];
}

/** Days on which a recording has events. */
export interface Coverage {
  readonly recording: Recording;
  /** `YYYY-MM-DD`, ascending. */
  readonly days: readonly CoveredDay[];
}

/** Whose usage at the stage of applications is ranked. */
export interface AgentQuestion {
  readonly window: Window;
  /** As of a `CellQuery`. */
  readonly units: readonly (string | null)[] | null;
  readonly models: readonly string[] | null;
  /** How many agents are told apart, from 1. */
  readonly top: number;
}

/** Agents by tokens, most first; of equal ones by name. */
export interface TopAgents {
  readonly agents: readonly { readonly name: string; readonly sessions: bigint }[];
  /** How many other agents there are, and their sessions. */
  readonly others: { readonly agents: bigint; readonly sessions: bigint };
}

export interface Ledger {
  /**
   * Starts a transaction; every write below needs one. Waits for another writer, then throws LEDGER_BUSY.
   *
   * @param patience  milliseconds to wait, in which nothing else is done; default 5,000
   */
  begin(patience?: number): Promise<void>;
  /** Makes a zone the one whose days totals are kept for; totals of another zone are made anew. */
  keepTotalsIn(timeZone: string): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;

  /** Imports of the same bytes, source and role, oldest first, whatever their options. */
  findImports(key: Omit<ImportKey, 'options'>): Promise<PastImport[]>;
  /** Registers a file, which joins others unless it is said to restate them; returns the import's id. */
  openImport(key: ImportKey, path: string, bytes: number, start?: ImportStart, standing?: Standing): Promise<number>;
  /** Adds entries; one already present is merged (`usage/merge.ts`) and counts as duplicate, or updated if it changed. */
  append(importId: number, batch: EntryBatch, assess: AssessEvent): Promise<AppendCounts>;
  /** Keeps readings of meters; what was used between them, whatever import they came with, becomes events. */
  addReadings(importId: number, readings: readonly Reading[], assess: AssessEvent): Promise<AppendCounts>;
  /** Must follow the last batch of a file: joins records of one request that were added at different times. */
  settle(assess: AssessEvent): Promise<AppendCounts>;
  /**
   * `rejectSpan` is of all rejected records, also those beyond `REJECTS_KEPT`; `null`: the time of one is not known.
   * `endLine` as in `ImportRecord`.
   */
  closeImport(
    importId: number,
    tally: ImportTally,
    rejects: readonly Reject[],
    rejectSpan: RejectSpan | null,
    endLine?: number | null,
  ): Promise<void>;

  /** Replaces the options of an import by what they are known to be once its file was read. */
  keepOptions(importId: number, options: string): Promise<void>;
  /** Other imports of one recording with buckets of the same times, which differ in what they are grouped by. */
  regrouped(importId: number): Promise<Regrouped[]>;

  /** Every import, oldest first. */
  imports(): Promise<ImportRecord[]>;
  /** Which days each recording has events on, by import. */
  coverage(timeZone: string): Promise<Coverage[]>;
  /** Takes an import back exactly; what it had changed becomes what the other imports say. */
  undoImport(id: number, assess: AssessEvent): Promise<UndoCounts>;

  /**
   * Prices the events of a selection again, batch by batch in order of time. `apply` keeps what is answered, with the
   * totals that follow from it; stated amounts stay, and so do events of closed periods. `preview` changes nothing, and
   * needs no transaction.
   */
  reprice(selection: PriceSelection, priceAgain: PriceAgain, keep: 'preview' | 'apply'): Promise<void>;

  /** Runs questions that are to be answered from one state of the ledger, whatever others write meanwhile; in a transaction, from that. */
  snapshot<T>(work: () => Promise<T>): Promise<T>;

  /** Tells the usage events of some recordings, batch by batch in order of time; each is kept by nobody. */
  recorded(selection: RecordedSelection, take: (batch: readonly RecordedEvent[]) => void): Promise<void>;

  presence(window: Window, cost: CostChoice): Promise<Presence[]>;
  cells(query: CellQuery): Promise<Cell[]>;
  topAgents(question: AgentQuestion): Promise<TopAgents>;
  /** What every unit used, by recording, day, model, mode, charge and price; each request once. */
  meterLines(query: MeterQuery): Promise<MeterCell[]>;
  /** What `cells` adds up, by what decided it: rules, terms of costs, imports. */
  traces(selection: Selection, match: RuleMatch): Promise<Traces>;
  /** The largest events, at most `rows`, of the views that are read: by tokens, then by amount. */
  largestEvents(selection: Selection, rows: number, isRead: (view: View) => boolean): Promise<TracedEvent[]>;
  /** The newest usage of each view of a selection, of what begins at an instant (ms) at the latest. */
  newest(selection: Selection, notAfter: number): Promise<NewestUsage[]>;
  incomplete(window: Window): Promise<IncompleteImport[]>;
  /** Price lists that costs of the window were computed with. */
  priceLists(window: Window): Promise<PriceListUse[]>;
  /** Models whose buckets were priced at the lowest tier, of the prices of the window; `unbilled`: where no bill states a cost. */
  lowestTiers(window: Window, which: 'all' | 'unbilled'): Promise<LowestTier[]>;
  /** First and last instant of all events; `null` when the ledger is empty. */
  span(): Promise<{ from: number; to: number } | null>;

  /** Every value of a field that any event ever had, by name. */
  names(of: StoredField): Promise<string[]>;

  appliedRules(): Promise<AppliedRules | null>;
  /** In no order. */
  origins(query: OriginQuery): Promise<OriginTotals[]>;
  /** Assigns every event anew, but those of closed periods, and stores the rules, in one transaction. */
  applyRules(rules: AppliedRules, query: RulesQuery): Promise<RulesOutcome>;

  /** Every closing of a period, oldest first. */
  closings(): Promise<Closing[]>;
  /** Keeps a closing; returns its id. That its period overlaps no closed one is the caller's to see. */
  addClosing(closing: NewClosing): Promise<number>;
  /** Opens a closed period again; the closing stays listed. */
  reopenClosing(id: number, reason: string): Promise<void>;
  /** Events of a selection that are in closed periods. */
  closedEvents(selection: PriceSelection): Promise<number>;
  /** Events that an import brought to a window. */
  importedEvents(importId: number, window: Window): Promise<number>;
  /** Those of some imports that brought buckets of whole days to a window. */
  bucketImports(importIds: readonly number[], window: Window): Promise<number[]>;

  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

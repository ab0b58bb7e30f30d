/**
 * The Ledger port: the store of priced usage events, keyed so that importing twice changes nothing.
 * `sqlite/` implements it; `test/ledger/contract.ts` is what every implementation must pass.
 */

import type { AssignUnit, OriginTotals } from '../hub/origins.js';
import type { ComputedCost } from '../pricing/cost.js';
import type { Cell, IncompleteImport, Presence, PriceListUse } from '../report/cell.js';
import type { CellQuery, CostChoice, Window } from '../report/query.js';
import type { Role, UsageEvent } from '../usage/event.js';
import type { Recording } from '../usage/recording.js';

export type { AssignUnit, OriginTotals } from '../hub/origins.js';
export type { Cell, IncompleteImport, Presence, PriceListUse, TokenSums } from '../report/cell.js';
export type { CellQuery, CostChoice, Dimension, StoredDimension, Window } from '../report/query.js';
export type { Recording } from '../usage/recording.js';

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

export interface PastImport extends ImportTally {
  readonly id: number;
  readonly path: string;
}

export interface Reject {
  readonly line: number;
  readonly field: string | null;
  readonly reason: string;
}

/** Largest amount (pico-units) and quantity (millionths) that one event can hold; beyond it: AMOUNT_TOO_LARGE. */
export const LARGEST_INTEGER = 2n ** 63n - 1n;

/** Rules as they were applied to the ledger's events. `json` is their canonical form, `hash` its SHA-256 in hex. */
export interface AppliedRules {
  readonly hash: string;
  readonly json: string;
}

/** Prices an event again after two records of the same request were merged. */
export type PriceEvent = (event: UsageEvent) => ComputedCost;

export interface Ledger {
  /** Starts a transaction; every write below needs one. Waits for another writer, then throws LEDGER_BUSY. */
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;

  findImport(key: ImportKey): Promise<PastImport | null>;
  /** Registers a file; returns the import's id. */
  openImport(key: ImportKey, path: string, bytes: number): Promise<number>;
  /** Adds entries; one already present is merged (`usage/merge.ts`) and counts as duplicate, or updated if it changed. */
  append(
    importId: number,
    entries: readonly Entry[],
    price: PriceEvent,
  ): Promise<{ added: number; duplicate: number; updated: number }>;
  closeImport(importId: number, tally: ImportTally, rejects: readonly Reject[]): Promise<void>;

  presence(window: Window, cost: CostChoice): Promise<Presence[]>;
  cells(query: CellQuery): Promise<Cell[]>;
  incomplete(window: Window): Promise<IncompleteImport[]>;
  priceLists(): Promise<PriceListUse[]>;
  /** First and last instant of all events; `null` when the ledger is empty. */
  span(): Promise<{ from: number; to: number } | null>;

  appliedRules(): Promise<AppliedRules | null>;
  origins(timeZone: string): Promise<OriginTotals[]>;
  /** Assigns every event anew and stores the rules, in one transaction. Returns how many events changed unit. */
  applyRules(rules: AppliedRules, timeZone: string, assign: AssignUnit): Promise<number>;

  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

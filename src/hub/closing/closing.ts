/** A period that was closed: what a ledger keeps of it. */

/** Calendar dates `YYYY-MM-DD`, both inclusive, of an IANA zone. */
export interface ClosedDays {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly timeZone: string;
}

/** What is kept of a closing besides its number. */
export interface NewClosing extends ClosedDays {
  /** As `close` names it: `2026-10`. */
  readonly period: string;
  /** Canonical JSON of all that is frozen; `closing-content.ts` reads it. */
  readonly content: string;
  /** SHA-256 of `content`, in hex. */
  readonly hash: string;
  readonly note: string | null;
  /** Milliseconds since 1970 UTC. */
  readonly closedAt: number;
}

export interface Closing extends NewClosing {
  /** In the order of closing. */
  readonly id: number;
  /** Why the period was opened again; `null`: it is closed. */
  readonly reopened: string | null;
}

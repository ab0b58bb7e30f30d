/** An account of a file's events. */
export interface SeenAccount {
  /** As the records, `--account` or the provider's name call it. */
  readonly name: string;
  /** The account of the ledger that goes by the name. */
  readonly account: string;
  /** By a record or by `--account`. */
  readonly isStated: boolean;
  /** Of the events. */
  readonly providers: Set<string>;
}

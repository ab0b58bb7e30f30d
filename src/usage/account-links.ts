/** Names of one account, by the account the ledger knows: `{ alibaba: ['1234567890123456', 'prod-2'] }`. */
export type AccountNames = Readonly<Record<string, readonly string[]>>;

/** The account that goes by a name: the one whose names hold it, else the name itself. */
export function accountLinks(accounts: AccountNames): (name: string) => string {
  const linked = new Map(
    Object.entries(accounts).flatMap(([account, names]) => names.map((name) => [name, account] as const)),
  );
  return (name) => linked.get(name) ?? name;
}

/** A provider's own counting endpoint: how it is asked and what its answer says. The network is elsewhere. */

export interface CountingEndpoint {
  readonly provider: string;
  /** The endpoint as the provider calls it. */
  readonly name: string;
  /** Page and the day it was read. */
  readonly documentation: string;
  /** What the names of the provider's models begin with, lower case. */
  readonly stem: string;
  /** Without a slash at the end; the variable of the environment names another one. */
  readonly address: string;
  readonly addressVariable: string;
  /** Variables of the environment that may hold the key; the first that is set counts. */
  readonly keyVariables: readonly string[];
  /** Whether it refuses a message of white space alone; every endpoint refuses an empty one. */
  readonly refusesBlank: boolean;
  /** Below the address, from its slash on. */
  readonly path: (model: string) => string;
  readonly headers: (key: string) => Readonly<Record<string, string>>;
  /** A text as the one message of a user. */
  readonly messagesOf: (text: string) => readonly object[];
  readonly body: (model: string, messages: readonly object[]) => object;
  /** The count as the answer states it, not yet checked. */
  readonly tokensIn: (answer: unknown) => unknown;
}

/** No request holds a billion tokens: what says so is no count. */
const MOST_TOKENS = 1_000_000_000;

/** Whether a stated count can be one: a message with text in it has a token at least. */
export const isPlausibleCount = (tokens: unknown): tokens is number =>
  Number.isSafeInteger(tokens) && (tokens as number) >= 1 && (tokens as number) <= MOST_TOKENS;

/** Own member of a JSON object that came from outside; `undefined` for everything else. */
export const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** What a provider says of an error, `{ error: { message } }` with all of them; `null`: nothing. */
export function errorMessageIn(answer: unknown): string | null {
  const message = memberOf(memberOf(answer, 'error'), 'message');
  return typeof message === 'string' ? message : null;
}

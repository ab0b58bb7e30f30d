/** Asks a provider's counting endpoint, again where asking again may help. */

import { setTimeout } from 'node:timers/promises';
import { apiUnreachable } from '../errors/counting-api.js';
import { type ApiModel, countOrFailure, type Failure, withoutKey } from './judge-api-answer.js';
import { postJson } from './post-json.js';

/** How long a count may take. Times in milliseconds. */
export interface Patience {
  readonly tries: number;
  /** For one request. */
  readonly timeLimit: number;
  /** A provider that asks for a longer wait is not asked again. */
  readonly longestWait: number;
  /** Rejects when stopped. */
  readonly wait: (time: number, stop: AbortSignal) => Promise<unknown>;
}

export const PATIENCE: Patience = {
  tries: 3,
  timeLimit: 30_000,
  longestWait: 60_000,
  wait: (time, stop) => setTimeout(time, undefined, { signal: stop }),
};

/** Milliseconds, where the provider names no wait; doubled with every try. */
const FIRST_WAIT = 1000;

/**
 * Tokens of messages as the model's provider counts them.
 *
 * Asks again after 429, 5xx and a connection that broke; waits as long as `retry-after` says, else 1 s, then 2 s.
 *
 * @param messages  as the endpoint's `messagesOf` makes them
 * @param stop      gives up
 * @throws API_UNREACHABLE, API_REFUSED, API_ANSWER_UNUSABLE; none of them holds the key
 */
export async function countViaApi(
  model: ApiModel,
  messages: readonly object[],
  stop: AbortSignal,
  { tries, timeLimit, longestWait, wait }: Patience = PATIENCE,
): Promise<number> {
  for (let tried = 1; ; tried++) {
    const outcome = await ask(model, messages, timeLimit, stop);
    if (typeof outcome === 'number') return outcome;
    const { error, retry } = outcome;
    const pause = retry?.after ?? FIRST_WAIT * 2 ** (tried - 1);
    if (retry === null || tried === tries || pause > longestWait) throw error;
    await wait(pause, stop);
  }
}

async function ask(
  model: ApiModel,
  messages: readonly object[],
  timeLimit: number,
  stop: AbortSignal,
): Promise<number | Failure> {
  const { endpoint, providerName, access } = model;
  const request = {
    url: `${access.address}${endpoint.path(providerName)}`,
    headers: endpoint.headers(access.key),
    body: endpoint.body(providerName, messages),
  };
  try {
    return countOrFailure(model, await postJson(request, timeLimit, stop));
  } catch (cause) {
    const why = withoutKey(networkReason(cause, timeLimit), access);
    return { error: apiUnreachable(access.origin, why, cause), retry: isBroken(cause) ? { after: null } : null };
  }
}

/** Connections that were there and broke; what never was there does not come by asking again. */
const isBroken = (cause: unknown): boolean => ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(codeOf(cause));

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the host name cannot be looked up',
};

function networkReason(cause: unknown, timeLimit: number): string {
  if (cause instanceof DOMException && cause.name === 'TimeoutError') return `nothing within ${timeLimit / 1000} s`;
  const code = codeOf(cause);
  return REASONS[code] ?? (code === '' ? messageOf(cause) : code);
}

/** fetch wraps the network's error as its `cause`. */
function codeOf(error: unknown): string {
  const { code } = (error instanceof Error ? (error.cause ?? error) : {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? messageOf(error.cause ?? error.message) : String(error);

/** What the environment says of a provider's API: its address and the user's key. */

import { apiKeyMissing, badApiAddress, badApiKey } from '../errors/counting-api.js';
import type { CountingEndpoint } from '../tokenizer/counting-endpoints/endpoint.js';

type Environment = Readonly<Record<string, string | undefined>>;

export interface ApiAccess {
  /** Never printed, not even in errors. */
  readonly key: string;
  readonly keyVariable: string;
  /** No user, query or fragment, and no slash at the end. */
  readonly address: string;
  /** Scheme and host, for people. */
  readonly origin: string;
}

/**
 * Address and key for an endpoint. An empty variable counts as unset.
 *
 * @throws API_KEY_MISSING, BAD_API_KEY, BAD_API_ADDRESS
 */
export function accessTo(endpoint: CountingEndpoint, env: Environment): ApiAccess {
  const { provider, keyVariables } = endpoint;
  const keyVariable = keyVariables.find((name) => isSet(env[name]));
  if (keyVariable === undefined) throw apiKeyMissing(provider, keyVariables);
  const key = env[keyVariable]!.trim();
  // Beyond these a header would be refused by an error that quotes it.
  if (!/^[\x21-\x7e]+$/.test(key)) throw badApiKey(keyVariable);
  return { key, keyVariable, ...addressOf(endpoint, env) };
}

const isSet = (value: string | undefined): boolean => value !== undefined && value.trim() !== '';

function addressOf({ address, addressVariable }: CountingEndpoint, env: Environment) {
  const stated = env[addressVariable];
  const url = plainUrl(stated !== undefined && isSet(stated) ? stated.trim() : address);
  if (url === null) throw badApiAddress(addressVariable);
  return { address: url.href.replace(/\/+$/, ''), origin: url.origin };
}

function plainUrl(text: string): URL | null {
  if (!URL.canParse(text) || /[?#]/.test(text)) return null;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url : null;
}

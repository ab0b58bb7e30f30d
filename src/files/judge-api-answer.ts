/** What an answer of a provider's counting endpoint means: a count, or an error that never holds the key. */

import { apiAnswerUnusable, apiRefused } from '../errors/counting-api.js';
import { ExitCode, type TokenhubError } from '../errors/tokenhub-error.js';
import { quoted } from '../errors/wording.js';
import type { ServedModel } from '../tokenizer/counting-endpoints/all.js';
import { type CountingEndpoint, errorMessageIn, isPlausibleCount } from '../tokenizer/counting-endpoints/endpoint.js';
import type { ApiAccess } from './api-access.js';
import type { HttpAnswer } from './post-json.js';

/** A model, and the access to the provider that serves it. */
export interface ApiModel extends ServedModel {
  readonly access: ApiAccess;
}

export interface Failure {
  readonly error: TokenhubError;
  /** Whether the same request may pass later, and in how many milliseconds the provider says so; `null`: it will not. */
  readonly retry: { readonly after: number | null } | null;
}

/** The count an answer states, or why it states none. */
export function countOrFailure({ endpoint, access }: ApiModel, answer: HttpAnswer): number | Failure {
  const { status, text, retryAfter } = answer;
  if (status < 200 || status > 299) {
    const mayPass = status === 429 || status >= 500;
    return { error: refusal(endpoint, access, answer), retry: mayPass ? { after: retryAfter } : null };
  }
  const tokens = endpoint.tokensIn(jsonOf(text));
  if (isPlausibleCount(tokens)) return tokens;
  const why = text === null ? 'it is longer than 64 KiB' : quoted(withoutKey(text, access));
  return { error: apiAnswerUnusable(access.origin, why, `what it should be: ${endpoint.documentation}`), retry: null };
}

/** A text from outside without the key, which a provider or a gateway may echo. */
export const withoutKey = (text: string, { key }: ApiAccess): string => text.replaceAll(key, '(key)');

/** `undefined`: no JSON; whoever reads on finds no count in it and quotes the text. */
function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function refusal(endpoint: CountingEndpoint, access: ApiAccess, { status, text, location }: HttpAnswer): TokenhubError {
  const isRedirect = status >= 300 && status <= 399;
  const said = isRedirect
    ? `redirects to ${location ?? 'nowhere'}`
    : (errorMessageIn(jsonOf(text)) ?? (text ?? '').trim());
  return apiRefused(access.origin, {
    status,
    said: withoutKey(said, access),
    hint: hintFor(status, endpoint, access),
    // A key or a name is the user's to change; for the rest there is no honest answer.
    exitCode: [401, 403, 404].includes(status) ? ExitCode.userError : ExitCode.noHonestAnswer,
  });
}

function hintFor(status: number, { addressVariable, documentation }: CountingEndpoint, { keyVariable }: ApiAccess) {
  if (status === 401 || status === 403)
    return `check the key in ${keyVariable}: it must be valid and may use this model`;
  if (status === 404) return `check the model's name, and ${addressVariable} where it is set`;
  if (status === 429) return 'run the command again later, or name fewer files';
  if (status >= 500) return 'run the command again later, or count here, without --via-api';
  if (status < 400) return `redirects are not followed; set ${addressVariable} to the right address`;
  return `what it accepts: ${documentation}`;
}

/** Counting through a provider's API. */

import { ExitCode, TokenhubError } from './tokenhub-error.js';
import { quoted } from './wording.js';

/** `providers`: who has a counting endpoint, with the names of their models, as in `Anthropic (claude...)`. */
export const noCountingEndpoint = (model: string, providers: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'NO_COUNTING_ENDPOINT',
    message: `no provider's counting endpoint serves ${quoted(model)}; those known: ${providers.join(', ')}`,
    hint: `count it here, without --via-api: tokenhub count --model ${quoted(model)}`,
    place: { field: '--via-api' },
  });

export const apiNeedsModel = (providers: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'API_NEEDS_MODEL',
    message: 'no model is named, so there is no provider to ask',
    hint: `name one with --model; providers with a counting endpoint: ${providers.join(', ')}`,
    place: { field: '--via-api' },
  });

export const apiKeyMissing = (provider: string, variables: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'API_KEY_MISSING',
    message: `${provider} counts only for those with a key, and none is in the environment`,
    hint: `set ${variables.join(' or ')}, or count here, without --via-api`,
    place: { field: '--via-api' },
  });

/** Says nothing of the value: it is a secret, even when it is a wrong one. */
export const badApiKey = (variable: string): TokenhubError =>
  new TokenhubError({
    code: 'BAD_API_KEY',
    message: 'holds blanks or characters that no key has',
    hint: `set ${variable} to the key alone, on one line, without quotes`,
    place: { field: variable },
  });

/** Says nothing of the value: an address may hold a password. */
export const badApiAddress = (variable: string): TokenhubError =>
  new TokenhubError({
    code: 'BAD_API_ADDRESS',
    message: 'is no plain http or https address',
    hint: `set ${variable} as in https://gateway.example.org/anthropic, without user, ? or #; or unset it`,
    place: { field: variable },
  });

/** Sizes in MiB. */
export const tooMuchForApi = (limit: number): TokenhubError =>
  new TokenhubError({
    code: 'TOO_MUCH_FOR_API',
    message: `more than ${limit} MiB of text would be sent; nothing was`,
    hint: 'name fewer files, or count here, without --via-api',
    place: { field: '--via-api' },
  });

/** `origin`: scheme and host; `why`: without the key. */
export const apiUnreachable = (origin: string, why: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'API_UNREACHABLE',
    message: `${origin} gave no answer: ${why}`,
    hint: 'check the network (HTTPS_PROXY is not used), or count here, without --via-api',
    exitCode: ExitCode.noHonestAnswer,
    cause,
  });

/** `said`: the provider's words, without the key. `exitCode`: whether it is for the user to change something. */
export const apiRefused = (
  origin: string,
  { status, said, hint, exitCode }: { status: number; said: string; hint: string; exitCode: ExitCode },
): TokenhubError =>
  new TokenhubError({
    code: 'API_REFUSED',
    message: `${origin} refused with status ${status}${said === '' ? '' : `: ${quoted(said)}`}`,
    hint,
    exitCode,
  });

export const apiAnswerUnusable = (origin: string, why: string, hint: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'API_ANSWER_UNUSABLE',
    message: `the answer of ${origin} is no count: ${why}`,
    hint,
    exitCode: ExitCode.noHonestAnswer,
    cause,
  });

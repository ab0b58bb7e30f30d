/** Tokens of files that are sent to a model: messages and tools as JSON. */

import { ExitCode, placeText, TokenhubError } from '../../errors/tokenhub-error.js';
import { countRequest } from '../../files/count-request.js';
import { type MessageImages, messageImages, uncountedParts } from '../../files/message-images.js';
import { parseRequests, type RequestValue } from '../../files/parse-requests.js';
import type { Surroundings } from '../../files/surroundings.js';
import { counted } from '../../render/counted.js';
import { readRequest } from '../../tokenizer/chat/read-request.js';
import type { ChatRequest } from '../../tokenizer/chat/request.js';
import type { BudgetCounter } from './counted-budget.js';
import { sumOf } from './message-tally.js';

interface RequestText {
  readonly path: string;
  readonly utf8: Uint8Array;
  /** Absolute; what paths of images are relative to. */
  readonly folder: string;
}

/** Requests of a file, or why it has none that can be counted. */
export type Requests =
  | { readonly requests: readonly ChatRequest[]; readonly folder: string }
  | { readonly reason: string };

/** Read once, whatever they are counted with. One that cannot be read spoils the file: its tokens would be too few. */
export function readRequests({ path, utf8, folder }: RequestText): Requests {
  const requests: ChatRequest[] = [];
  for (const value of parseRequests(new TextDecoder().decode(utf8)).values) {
    try {
      requests.push(requestOf(value));
    } catch (cause) {
      return { reason: reasonOf(cause, path, value.line) };
    }
  }
  return { requests, folder };
}

function requestOf(value: RequestValue): ChatRequest {
  if ('error' in value) throw value.error;
  return readRequest(value.value);
}

/** What the user can mend in the file; anything else ends the run. */
function reasonOf(cause: unknown, file: string, line: number): string {
  if (!(cause instanceof TokenhubError) || cause.exitCode !== ExitCode.userError) throw cause;
  const { place, message } = cause.at({ file, line });
  return `${placeText(place)}: ${message}`;
}

export type RequestTokens =
  | { readonly tokens: number; readonly doubts: readonly string[] }
  | { readonly reason: string };

/** The sum of all requests of a file, by the chat format of the model; what cannot be counted whole is not counted. */
export function requestTokens(read: Requests, counter: BudgetCounter, surroundings: Surroundings): RequestTokens {
  if ('reason' in read) return read;
  const images = messageImages(read.folder);
  const counts = read.requests.map((request) => countRequest(request, counter, { images, surroundings }));
  const { text, images: ofImages, overhead, uncounted } = sumOf(counts.flatMap(({ rows }) => rows));
  if (uncounted > 0) return { reason: uncountedReason(uncounted, read.requests, images) };
  return { tokens: text + ofImages + overhead, doubts: [...new Set(counts.flatMap(({ doubts }) => doubts))] };
}

function uncountedReason(uncounted: number, requests: readonly ChatRequest[], { reasons }: MessageImages): string {
  const what = new Set([...reasons.keys(), ...requests.flatMap((request) => [...uncountedParts(request).keys()])]);
  const parts = counted(BigInt(uncounted), 'part');
  return `${parts} of its messages cannot be counted: ${[...what].join(', ') || 'what images cost with this model is not known'}`;
}

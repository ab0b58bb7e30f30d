import { resolve } from 'node:path';
import { tooMuchForApi } from '../../errors.js';
import type { CountingEndpoint } from '../../tokenizer/counting-endpoints/endpoint.js';
import type { Io } from '../io.js';
import { type CountOptions, type Skipped, STANDARD_INPUT, type Text, textsOf } from './count.js';

const MIB = 1024 * 1024;
/** Bytes of one text. Anthropic takes requests of 32 MB (its page of errors, 2026-11-25), escapes of JSON included. */
const LARGEST_REQUEST = 20 * MIB;
/** Bytes of all texts: they are held until they are sent, and more than this is sent by mistake only. */
const LARGEST_SUM = 256 * MIB;

/** Texts in the order of the files; an empty one is among them, but is not to be sent. */
export interface TextsToSend {
  readonly texts: readonly Text[];
  readonly skipped: readonly Skipped[];
  readonly notes: readonly { readonly path: string; readonly note: string }[];
}

/**
 * Reads everything before anything is sent, so that what will be sent can be said, and a mistake sends nothing.
 *
 * @throws TOO_MUCH_FOR_API, and as `textsOf`
 */
export async function readTextsToSend(
  io: Io,
  paths: readonly string[],
  options: CountOptions,
  endpoints: readonly CountingEndpoint[],
): Promise<TextsToSend> {
  const texts: Text[] = [];
  const skipped: Skipped[] = [];
  let sum = 0;
  for await (const item of textsOf(io, paths, options)) {
    const reason = 'reason' in item ? null : whyNotSent(item, endpoints);
    if ('reason' in item) skipped.push(item);
    else if (reason !== null) skipped.push({ path: item.path, reason, isNamed: isNamed(io, paths, item.path) });
    else {
      sum += item.utf8.length;
      if (sum > LARGEST_SUM) throw tooMuchForApi(LARGEST_SUM / MIB);
      texts.push(item);
    }
  }
  return { texts, skipped, notes: texts.flatMap(notesOf) };
}

/** `null`: it is sent, or, when it is empty, counted without being sent. */
function whyNotSent({ utf8 }: Text, endpoints: readonly CountingEndpoint[]): string | null {
  if (utf8.length > LARGEST_REQUEST) return 'larger than 20 MiB, too large for one request';
  const refusing = endpoints.find(({ refusesBlank }) => refusesBlank);
  return refusing !== undefined && isBlank(utf8)
    ? `white space alone, which ${refusing.provider}'s ${refusing.name} refuses`
    : null;
}

const isBlank = (utf8: Uint8Array): boolean => utf8.length > 0 && decoder.decode(utf8).trim() === '';
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const isNamed = (io: Io, paths: readonly string[], path: string): boolean =>
  path === STANDARD_INPUT || paths.some((typed) => resolve(io.cwd, typed) === resolve(io.cwd, path));

function notesOf({ path, utf8, note }: Text): { path: string; note: string }[] {
  if (utf8.length === 0) return [{ path, note: 'empty: 0 tokens, not sent' }];
  return note === null ? [] : [{ path, note }];
}

import { tooMuchForApi } from '../../errors/counting-api.js';
import type { CountingEndpoint } from '../../tokenizer/counting-endpoints/endpoint.js';
import { STANDARD_INPUT } from './asked-paths.js';
import type { Inputs, SkippedInput } from './count-inputs.js';
import { type InputText, inputTexts } from './input-texts.js';

const MIB = 1024 * 1024;
/** Bytes of one text. Anthropic takes requests of 32 MB (its page of errors, 2026-11-25), escapes of JSON included. */
const LARGEST_REQUEST = 20 * MIB;
/** Bytes of all texts: they are held until they are sent, and more than this is sent by mistake only. */
const LARGEST_SUM = 256 * MIB;

/** Texts in the order of the files; an empty one is among them, but is not to be sent. */
export interface TextsToSend {
  readonly texts: readonly InputText[];
  readonly skipped: readonly SkippedInput[];
}

/**
 * Reads everything before anything is sent, so that what will be sent can be said, and a mistake sends nothing.
 *
 * @throws TOO_MUCH_FOR_API
 */
export function readTextsToSend(inputs: Inputs, endpoints: readonly CountingEndpoint[]): TextsToSend {
  const named = new Set(inputs.files.flatMap(({ path, explicit }) => (explicit ? [path] : [])));
  const texts: InputText[] = [];
  const skipped: SkippedInput[] = [];
  let sum = 0;
  for (const item of inputTexts(inputs)) {
    const reason = 'reason' in item ? null : whyNotSent(item, endpoints);
    if ('reason' in item) skipped.push(item);
    else if (reason !== null)
      skipped.push({ path: item.path, reason, isNamed: named.has(item.path) || item.path === STANDARD_INPUT });
    else {
      sum += item.utf8.length;
      if (sum > LARGEST_SUM) throw tooMuchForApi(LARGEST_SUM / MIB);
      texts.push(item.utf8.length === 0 ? { ...item, note: 'empty: 0 tokens, not sent' } : item);
    }
  }
  return { texts, skipped };
}

/** `null`: it is sent, or, when it is empty, counted without being sent. */
function whyNotSent({ utf8 }: InputText, endpoints: readonly CountingEndpoint[]): string | null {
  if (utf8.length > LARGEST_REQUEST) return 'larger than 20 MiB, too large for one request';
  const refusing = endpoints.find(({ refusesBlank }) => refusesBlank);
  return refusing !== undefined && isBlank(utf8)
    ? `white space alone, which ${refusing.provider}'s ${refusing.name} refuses`
    : null;
}

const isBlank = (utf8: Uint8Array): boolean => utf8.length > 0 && decoder.decode(utf8).trim() === '';
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

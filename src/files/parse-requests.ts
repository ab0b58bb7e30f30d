/** Files of requests to models: one JSON value, or one to a line. */

import type { TokenhubError } from '../errors/tokenhub-error.js';
import { badRecord } from '../errors/usage-records.js';
import { looksLikeRequest } from '../tokenizer/chat/read-request.js';
import { DEEPEST_JSON, nestsDeeper } from './parse-json-line.js';

/** A JSON value and the line it begins at, or why it is none. */
export type RequestValue = { readonly line: number } & (
  | { readonly value: unknown }
  | { readonly error: TokenhubError }
);

export interface RequestFile {
  /** Whether the file holds many requests, a line or an element of an array each, rather than one. */
  readonly isMany: boolean;
  /** Parsed one by one as they are asked for. */
  readonly values: Iterable<RequestValue>;
}

/**
 * Tells what a text is: lines of JSON when its first line is a JSON object by itself and another follows, or when it is no JSON as a whole
 * but one of its first lines is a request; an array of requests when an element looks like one; else one request, which may be an array
 * of messages.
 *
 * Errors never quote the text, which may be a prompt.
 */
export function parseRequests(text: string): RequestFile {
  const lines = linesOf(text);
  if (lines.length > 1 && isObjectLine(lines[0]!)) return { isMany: true, values: parsedLines(lines) };
  const whole = parsed(text, lines[0]?.line ?? 1);
  if ('error' in whole && lines.slice(0, SAMPLES).some(isRequestLine)) {
    return { isMany: true, values: parsedLines(lines) };
  }
  if ('error' in whole || !Array.isArray(whole.value) || !whole.value.some(looksLikeRequest)) {
    return { isMany: false, values: [whole] };
  }
  return { isMany: true, values: whole.value.map((value: unknown) => ({ line: whole.line, value })) };
}

interface Line {
  readonly line: number;
  readonly text: string;
}

function* parsedLines(lines: readonly Line[]): Generator<RequestValue> {
  for (const { line, text } of lines) yield parsed(text, line);
}

const linesOf = (text: string): Line[] =>
  text.split('\n').flatMap((content, i) => (content.trim() === '' ? [] : [{ line: i + 1, text: content }]));

/** Lines looked at for a request when the first is broken. */
const SAMPLES = 100;

const isObjectLine = ({ text }: Line): boolean => /^\s*\{/.test(text) && 'value' in parsed(text, 1);

function isRequestLine(line: Line): boolean {
  const found = isObjectLine(line) ? parsed(line.text, line.line) : null;
  return found !== null && 'value' in found && looksLikeRequest(found.value);
}

const HINT = 'write the JSON that is sent: a request, an array of messages, or one request per line';

/** @param first  line that the text begins at */
function parsed(text: string, first: number): RequestValue {
  if (text.trim() === '') return { line: first, error: badRecord('is empty', HINT) };
  if (nestsDeeper(text, DEEPEST_JSON)) {
    return { line: first, error: badRecord(`is nested more than ${DEEPEST_JSON} levels deep`, HINT) };
  }
  try {
    return { line: first, value: JSON.parse(text) as unknown };
  } catch (cause) {
    const line = first + lineOf(text, cause instanceof Error ? cause.message : '');
    return { line, error: badRecord('is not valid JSON', HINT) };
  }
}

/** How many lines into the text the parser stopped, by the position in its message. */
function lineOf(text: string, message: string): number {
  const leading = text.length - text.trimStart().length;
  const position = /at position (\d+)/.exec(message)?.[1];
  const end = position === undefined ? text.trimEnd().length : Number(position);
  return text.slice(leading, Math.max(leading, end)).split('\n').length - 1;
}

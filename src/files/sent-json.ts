/** JSON files that are sent to a model: requests, and lists of tools. */

import { readFileSync, statSync } from 'node:fs';
import { isTool, toolListIn } from '../tokenizer/chat/read-tools.js';
import { isRecord } from '../tokenizer/json-record.js';
import { DEEPEST_JSON, nestsDeeper } from './parse-json-line.js';

/** Bytes; what is larger is data rather than a request that somebody wrote. */
const LARGEST = 256 * 1024;

export type SentJson = 'request' | 'tool list';

/** What a file is, told by its keys; `null`: neither, or no JSON. */
export function sentJsonIn(absolute: string): SentJson | null {
  const value = jsonIn(absolute);
  const body = isRecord(value) && isRecord(value.result) ? value.result : value; // the answer of an MCP server
  if (isRecord(body) && isListOf(body.messages, isMessage)) return 'request';
  if (isListOf(body, isMessage)) return 'request';
  const tools = isRecord(value) ? toolListIn(value) : body;
  return isListOf(tools, isTool) ? 'tool list' : null;
}

/** What cannot be read, or is no JSON, is nothing that `init` could set a limit for. */
function jsonIn(absolute: string): unknown {
  try {
    if (statSync(absolute).size > LARGEST) return null;
    const text = readFileSync(absolute, 'utf8');
    return nestsDeeper(text, DEEPEST_JSON) ? null : JSON.parse(text);
  } catch {
    return null; // no JSON, or gone
  }
}

const isListOf = (value: unknown, test: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(test);

const isMessage = (value: unknown): boolean => isRecord(value) && typeof value.role === 'string' && 'content' in value;
